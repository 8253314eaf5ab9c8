// What strings and settings name, for somebody outside the tree to call or read. Comes in: dotted names in strings of the
// code and in files of settings. Goes out: Solver.named and what it marks: such a function takes the context
// optionally, as do the methods of such a class and whoever makes it; a singleton keeps its old name, an import stays.
//
//     MIDDLEWARE = ["shop.web.Tenant"]        [project.scripts]
//     {"task": "shop.tasks.send"}             shop = "shop.cli:main"
#include "base/bug.h"
#include "program/name.h"
#include "solve/solver.h"

static void name_function(Solver *solver, FunctionId id, Span span) {
    const FunctionFact *function = program_function(solver->program, id);
    vec_add(&solver->named, ((NamedPlace){id, span}));
    solver->named_function[id.index] = true;
    SymbolId symbol = program_symbol_in(solver->program, function->scope, function->name);
    if (fact_is(symbol)) solver->kept_name[symbol.index] = true;
}

// Whoever makes an instance calls its methods, too.
static void name_class(Solver *solver, ClassId id, Span span) {
    const Program *program = solver->program;
    const ClassFact *klass = program_class(program, id);
    solver->named_class[id.index] = true;
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(program, klass->first_ancestor + i);
        for (RowList methods = program_methods(program, ancestor); methods.at < methods.end;
             methods.at++) {
            FunctionId method = {*methods.at};
            const FunctionFact *row = program_function(program, method);
            Str name = program_name(program, row->name);
            if ((row->flags & FUNCTION_CONSTRUCTOR) || !str_starts_with(name, STR("_")))
                name_function(solver, method, span);
        }
    }
}

static void name_symbol(Solver *solver, SymbolId symbol) {
    if (!fact_is(symbol)) return;
    solver->kept_name[symbol.index] = true;
    solver->solution->named_symbols[symbol.index] = true;
}

// "desk.store", where desk imports it: that import is what is read.
static void name_import(Solver *solver, Str module, Str name) {
    const Program *program = solver->program;
    ModuleId id = program_find_module(program, module);
    Name known = intern_find(program->facts->names, name);
    if (!fact_is(id) || !known.index) return;
    name_symbol(solver, program_symbol_in(program, program_module(program, id)->scope, known));
}

static bool find_named(Solver *solver, Str dotted, Span span) {
    const Program *program = solver->program;
    FunctionId function = program_find_function(program, dotted);
    ClassId klass = program_find_class(program, dotted);
    SymbolId symbol = program_find_symbol(program, dotted);
    if (fact_is(function))
        name_function(solver, function, span);
    else if (fact_is(klass))
        name_class(solver, klass, span);
    name_symbol(solver, symbol);
    ptrdiff_t dot = str_find_last(dotted, '.');
    if (fact_is(symbol))
        name_import(solver, str_slice(dotted, 0, (size_t)dot),
                    str_slice(dotted, (size_t)dot + 1, dotted.length));
    return fact_is(function) || fact_is(klass) || fact_is(symbol);
}

// "shop.actions" names a whole module, whose contents somebody asks for that imports it by this name.
static void name_module(Solver *solver, Str dotted, Span span, bool *modules) {
    const Program *program = solver->program;
    ModuleId module = program_find_module(program, dotted);
    if (!fact_is(module) || modules[module.index]) return;
    modules[module.index] = true;
    for (SymbolId id = program_scope(program, program_module(program, module)->scope)->first_symbol; fact_is(id);
         id = program_symbol(program, id)->next_in_scope) {
        const BindingFact *binding = program_binding(program, program_symbol(program, id)->first_binding);
        if (binding->kind == BINDING_IMPORT) continue;
        if (binding->kind == BINDING_FUNCTION) name_function(solver, binding->function, span);
        if (binding->kind == BINDING_CLASS) solver->class_escapes[binding->klass.index] = true;
        name_symbol(solver, id);
    }
}

// TEXT is "shop.cli.main" or "shop.cli:main"; "shop.store.rows" names shop.store.
static void read_name(Solver *solver, Str text, Span span) {
    enum { LONGEST = 256 };
    char buffer[LONGEST];
    while (text.length && (text.data[text.length - 1] == '.' || text.data[text.length - 1] == ':'))
        text = str_slice(text, 0, text.length - 1);
    if (text.length >= LONGEST) return;
    for (size_t i = 0; i < text.length; i++) buffer[i] = text.data[i] == ':' ? '.' : text.data[i];
    Str dotted = {buffer, text.length};
    for (ptrdiff_t dot; (dot = str_find_last(dotted, '.')) > 0;) {
        if (find_named(solver, dotted, span)) return;
        dotted = str_slice(dotted, 0, (size_t)dot);
    }
}

static bool is_name_byte(char c) { return str_is_word_byte(c) || c == '.' || c == ':'; }

// Its first and its last word are words of the tree: most texts end here.
static bool may_be_name(const Solver *solver, Str text) {
    size_t end = 0, last = text.length;
    while (end < text.length && str_is_word_byte(text.data[end])) end++;
    while (last > 0 && str_is_word_byte(text.data[last - 1])) last--;
    const Interner *names = solver->program->facts->names;
    return end > 0 && end < text.length && (text.data[0] < '0' || text.data[0] > '9') &&
           intern_find(names, str_slice(text, last, text.length)).index != 0;
}

// ---- settings ------------------------------------------------------------------------------------
// Rules name the tree for weft, and what weft itself has written is no caller.
static bool is_of_weft(const SourceFile *file) {
    Str head = str_slice(file->text, 0, file->text.length < 400 ? file->text.length : 400);
    return str_find_str(file->path, STR("weft")) >= 0 || str_find_str(head, STR("\"weft")) >= 0 ||
           str_starts_with(file->text, STR("pack:")) ||
           str_find_str(file->text, STR("\npack:")) >= 0 ||
           str_find_str(file->text, STR("\nsinks:")) >= 0 ||
           str_find_str(file->text, STR("\nboundaries:")) >= 0;
}

static void read_settings(Solver *solver, uint32_t index) {
    const SourceFile *file = &solver->program->facts->sources->files.items[index];
    if (file->kind != SOURCE_NAMES || file->state != SOURCE_READ || is_of_weft(file)) return;
    Str text = file->text;
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        while (end < text.length && is_name_byte(text.data[end])) end++;
        Str word = str_slice(text, at, end);
        if (may_be_name(solver, word))
            read_name(solver, word, (Span){{index}, (uint32_t)at, (uint32_t)end});
        at = end > at ? end : at + 1;
    }
}

// ---- strings -------------------------------------------------------------------------------------
// Who asks for the name is known, and what it does with it is followed elsewhere: a worker of a queue, a mock.
static bool *find_followed(const Program *program) {
    bool *followed = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *followed);
    for (uint32_t i = 0; i < program_hop_count(program); i++)
        followed[program_hop(program, i)->expr.index] = true;
    for (uint32_t i = 0; i < program_replacement_count(program); i++)
        followed[program_call(program, program_replacement(program, i)->call)->expr.index] = true;
    followed[0] = false;
    return followed;
}

// getattr(shop, "store.rows"), and the names of loggers and modules, which are none of functions.
static bool is_asked_otherwise(const Program *program, const ExprFact *expr) {
    const ExprFact *parent = program_expr(program, expr->parent);
    return parent->kind == EXPR_CALL && (program_name_flags(program, parent->base) & NAME_NAMES_OTHERS);
}

// A function says its own name: @app.task(name="shop.tasks.send"), and weft's own count of old callers.
static bool is_own_name(const Program *program, const ExprFact *expr, Str text) {
    FunctionId function = program_scope_function(program, expr->scope);
    Name own = program_function(program, function)->qualified;
    return (expr->flags & EXPR_IN_DECORATOR) ||
           (fact_is(function) && program_is_named(program, text, program_name(program, own)));
}

// What weft tells a stand-in under an old name, `legacy_instance("app.mood.moods", ...)`: nobody asks for it by that.
static bool is_told_to_stand_in(const Program *program, const ExprFact *expr) {
    const ExprFact *parent = program_expr(program, expr->parent);
    Str instance = program->rules->api.instance;
    return instance.length > 0 && parent->kind == EXPR_CALL &&
           program_is_named(program, instance,
                            program_name(program, program_call(program, parent->call)->dotted));
}

// "desk = app.cli:main [colour]", "ext://app.store.store", "app.web:make()": the name in it.
static Str bare_name(Str text) {
    text = str_trim(text);
    if (str_starts_with(text, STR("ext://"))) text = str_slice(text, 6, text.length);
    ptrdiff_t equal = str_find(text, '='), extra = str_find(text, '[');
    if (extra > 0) text = str_trim(str_slice(text, 0, (size_t)extra));
    if (equal > 0 && (size_t)equal < text.length)
        text = str_trim(str_slice(text, (size_t)equal + 1, text.length));
    if (str_ends_with(text, STR("()"))) text = str_slice(text, 0, text.length - 2);
    return text;
}

// Some module of the tree is imported by a name that is not written out at the place.
static bool imports_by_computed_name(const Program *program) {
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        if (!call->argument_count || !(program_callee_flags(program, (CallId){i}) & NAME_LOADS)) continue;
        const ExprFact *name = program_expr(program, program_argument(program, (ArgumentId){call->first_argument})->value);
        if (name->kind != EXPR_STRING || !name->name.index) return true;
    }
    return false;
}

// MODULES, by module: its name is known to stand somewhere; NULL where nobody imports by such names.
static void read_string(Solver *solver, const bool *followed, bool *modules, uint32_t index) {
    const Program *program = solver->program;
    const ExprFact *expr = program_expr(program, (ExprId){index});
    Str text = bare_name(program_name(program, expr->name));
    size_t end = 0;
    while (end < text.length && is_name_byte(text.data[end])) end++;
    if (end < text.length || !may_be_name(solver, text) || followed[index] ||
        followed[expr->parent.index] || is_asked_otherwise(program, expr) ||
        is_own_name(program, expr, text) || is_told_to_stand_in(program, expr) ||
        solver_in_runtime(solver, (ExprId){index}))
        return;
    Span span = program_expr_span(program, (ExprId){index});
    read_name(solver, text, span);
    Name own = program_module(program, program_expr_module(program, (ExprId){index}))->name;
    if (modules != NULL && !str_equal(text, program_name(program, own))) name_module(solver, text, span, modules);
}

static void read_strings(Solver *solver) {
    const Program *program = solver->program;
    bool *followed = find_followed(program), *modules = NULL;
    if (imports_by_computed_name(program)) modules = memory_alloc_zeroed(program_module_count(program) + 1, sizeof *modules);
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind == EXPR_STRING && expr->name.index) read_string(solver, followed, modules, i);
    }
    free(followed);
    free(modules);
}

void solver_find_named(Solver *solver) {
    const Program *program = solver->program;
    solver->named_function = arena_array(solver->arena, bool, program_function_count(program) + 1);
    solver->named_class = arena_array(solver->arena, bool, program_class_count(program) + 1);
    solver->solution->named_symbols =
        arena_array(solver->arena, bool, program_symbol_count(program) + 1);
    read_strings(solver);
    for (uint32_t i = 1; i < program->facts->sources->files.count; i++) read_settings(solver, i);
}
