// Names: how a module writes a symbol of another one, and names that are still free.
//
// In: dotted names of the rules. Out: text for one module; the import is noted in the module's work
// list. A name that the module uses for something else is never rebound: it is imported under an
// alias.
#include "edit/weave_internal.h"

#include "program/index.h"

#include "program/name.h"

// "src.isolation.Context.from_message" -> module "src.isolation", name "Context", rest
// ".from_message": the first capitalised part is the one to import, else the last; in "pkg.g.var.get" it is
// what the module pkg.g of the tree binds.
typedef struct DottedParts {
    Str module, name, rest;
} DottedParts;

static DottedParts split_by_case(Str dotted) {
    size_t start = 0;
    Str rest = dotted, part;
    DottedParts parts = {STR_NONE, dotted, STR_NONE};
    while (str_split_next(&rest, '.', &part)) {
        size_t end = start + part.length;
        parts.module = start > 0 ? str_slice(dotted, 0, start - 1) : STR_NONE;
        parts.name = part;
        parts.rest = str_slice(dotted, end, dotted.length);
        if (start > 0 && part.length > 0 && part.data[0] >= 'A' && part.data[0] <= 'Z') break;
        start = end + 1;
    }
    return parts;
}

static DottedParts split_at(Str dotted, size_t dot) {
    Str rest = str_slice(dotted, dot + 1, dotted.length);
    ptrdiff_t next = str_find(rest, '.');
    size_t end = next < 0 ? dotted.length : dot + 1 + (size_t)next;
    return (DottedParts){str_slice(dotted, 0, dot), str_slice(dotted, dot + 1, end),
                         str_slice(dotted, end, dotted.length)};
}

// A module that is called DOTTED, by its path or below an import root, binds the name.
static bool is_bound_in(const Program *program, Str dotted, Str name) {
    Name interned = intern_find(program->facts->names, name);
    ModuleId module = program_find_module(program, dotted);
    return interned.index && fact_is(module) &&
           fact_is(program_symbol_in(program, program_module(program, module)->scope, interned));
}

static DottedParts split_dotted(const Program *program, Str dotted) {
    DottedParts parts = split_by_case(dotted);
    ptrdiff_t dot = str_find_last(parts.module, '.');
    if (parts.rest.length > 0 || dot < 0) return parts;
    DottedParts shorter = split_at(dotted, (size_t)dot);
    return is_bound_in(program, shorter.module, shorter.name) ? shorter : parts;
}

// The symbol that NAME is in SCOPE, found before the module's own; a class body is seen from itself only.
static SymbolId find_around(const Program *program, ScopeId scope, Name name) {
    bool in_function = false;
    for (; fact_is(scope); scope = program_scope(program, scope)->parent) {
        ScopeKind kind = program_scope(program, scope)->kind;
        if (kind == SCOPE_MODULE) break;
        if (kind == SCOPE_CLASS && in_function) continue;
        if (kind == SCOPE_FUNCTION) in_function = true;
        SymbolId symbol = program_symbol_in(program, scope, name);
        if (fact_is(symbol)) return symbol;
    }
    return FACT_NONE(SymbolId);
}

// A function around SCOPE has NAME for something of its own, or will have.
static bool is_shadowed(const Weaving *weaving, ScopeId scope, Str name) {
    const Program *program = weaving->program;
    if (weave_has_local_around(weaving, scope, name)) return true;
    Name interned = intern_find(program->facts->names, name);
    return interned.index != 0 && fact_is(find_around(program, scope, interned));
}

bool weave_clashes(const Weaving *weaving, ScopeId scope, Str name) {
    const Program *program = weaving->program;
    Name interned = intern_find(program->facts->names, name);
    if (interned.index == 0) return false;
    SymbolId symbol = find_around(program, scope, interned);
    if (!fact_is(symbol))
        symbol = weave_module_symbol(program, program_scope(program, scope)->module, name);
    BindingId id = program_symbol(program, symbol)->first_binding;
    while (fact_is(id) && program_binding(program, id)->kind == BINDING_IMPORT) {
        id = program_binding(program, id)->next_of_symbol;
    }
    return fact_is(id);
}

// ---- how a name is written ---------------------------------------------------------------------------
Str weave_name(Weaving *weaving, Site site, Str dotted) {
    const Program *program = weaving->program;
    ModuleId module = program_scope(program, site.scope)->module;
    const Language *language = program_module(program, module)->language;
    if (language->traits.one_namespace) return dotted;
    DottedParts parts = split_dotted(program, dotted);
    Str own = program_name(program, program_module(program, module)->name);
    bool builtin = str_equal(parts.module, language->builtin_module) && !is_shadowed(weaving, site.scope, parts.name) &&
                   !weave_clashes(weaving, site.scope, parts.name);
    if (builtin || parts.module.length == 0 || program_is_named(program, parts.module, own)) {
        return str_slice(dotted, parts.module.length ? parts.module.length + 1 : 0, dotted.length);
    }
    Meaning meaning = weave_meaning(weaving, module, parts.module, parts.name);
    if (is_shadowed(weaving, site.scope, parts.name)) meaning = MEANING_OTHER;
    ImportNeed need = {.module = parts.module,
                       .home = program_find_module(program, parts.module),
                       .name = parts.name,
                       .before = site.at_import};
    Str text = parts.name;
    if (meaning == MEANING_OTHER) {
        text = arena_format(&weaving->arena, "weft_%.*s", STR_ARG(parts.name));
        need.alias = text;
    }
    if (meaning != MEANING_SAME) vec_add(&weaving->modules[module.index].needs, need);
    return arena_format(&weaving->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(parts.rest));
}

static Str bound_by(Weaving *weaving, uint32_t import, Str text) {
    weaving->binds[import] = true;
    return text;
}

Str weave_binder(Weaving *weaving, Site site) {
    const Program *program = weaving->program;
    ModuleId module = program_scope(program, site.scope)->module;
    const ModuleWork *work = &weaving->modules[module.index];
    const LanguageWriter *writer = weave_writer(weaving, module);
    ptrdiff_t dot = str_find_last(writer->binder, '.');
    Str home = str_slice(writer->binder, 0, dot < 0 ? 0 : (size_t)dot);
    Str name = str_slice(writer->binder, (size_t)(dot + 1), writer->binder.length);
    for (uint32_t i = work->rows.imports.first; i < work->rows.imports.end; i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        if (!import->at_top || import->type_checking) continue;
        if (site.at_import && import->statement_start > site.at_import) continue; // bound too late
        Str dotted = program_name(program, import->dotted),
            bound = program_name(program, import->bound);
        if (is_shadowed(weaving, site.scope, bound)) continue;
        if (import->kind == IMPORT_NAME && str_equal(dotted, writer->binder))
            return bound_by(weaving, i, bound);
        if (import->kind == IMPORT_MODULE && str_equal(dotted, home))
            return bound_by(weaving, i, writer->member_text(&weaving->arena, bound, name));
    }
    return weave_name(weaving, site, writer->binder);
}

static Str visible_type(Weaving *weaving, ModuleId module, Str type) {
    ModuleWork *work = &weaving->modules[module.index];
    const LanguageWriter *writer = weave_writer(weaving, module);
    if (writer->visible_type == NULL) return type;
    if (work->type.length == 0) work->type = writer->visible_type(&weaving->arena, weaving->program->facts, module, type);
    return work->type;
}

ContextText weave_context_text(Weaving *weaving, Site site, bool with_ambient) {
    const ContextRule *rule = &weaving->program->rules->context;
    ContextText text = {.parameter = rule->parameter};
    ModuleId module = program_scope(weaving->program, site.scope)->module;
    const LanguageTraits *traits = &program_module(weaving->program, module)->language->traits;
    if (traits->one_namespace) { // the writer sees to it that the type is known
        text.type = visible_type(weaving, module, rule->type);
        vec_add(&weaving->modules[module.index].needs, ((ImportNeed){.name = text.type}));
    } else if (traits->typed_parameters) {
        text.type = weave_name(weaving, site, rule->type);
    }
    if (with_ambient) text.ambient = weave_name(weaving, site, rule->ambient);
    return text;
}

// Of a declaration, among those that change with it.
static FunctionId definition_of(const Program *program, FunctionId id) {
    const FunctionFact *function = program_function(program, id);
    if (!(function->flags & FUNCTION_STUB)) return id;
    RowList members = program_members(program, function->family);
    for (; members.at < members.end; members.at++) {
        const FunctionFact *member = program_function(program, (FunctionId){*members.at});
        if (!(member->flags & FUNCTION_STUB) && name_equal(member->qualified, function->qualified))
            return (FunctionId){*members.at};
    }
    return id;
}

// A name that nothing in the function has; where callers name the parameter it can have no other.
Str weave_parameter_name(Weaving *weaving, FunctionId id) {
    const Program *program = weaving->program;
    const FunctionFact *function = program_function(program, id);
    const FunctionPlan *plan = &weaving->solution->functions[id.index];
    Str wanted = program->rules->context.parameter;
    if (program_module(program, function->module)->language->traits.named_arguments) return wanted;
    if (fact_is(plan->parameter)) {
        Name own = program_parameter(program, plan->parameter)->name;
        return own.index ? program_name(program, own) : wanted;
    }
    Str name = wanted;
    if (!(function->flags & FUNCTION_MACRO)) id = definition_of(program, id); // what a declaration calls it means nothing, and shall be the same
    for (unsigned i = 1; weave_is_used(weaving, id, name); i++)
        name = i == 1 ? arena_format(&weaving->arena, "%.*s_arg", STR_ARG(wanted))
                      : arena_format(&weaving->arena, "%.*s_arg_%u", STR_ARG(wanted), i);
    return name;
}

Str weave_free_name(Weaving *weaving, FunctionId function, Str wanted) {
    if (!weave_is_taken(weaving, function, wanted)) return wanted;
    Str isolated = arena_format(&weaving->arena, "isolated_%.*s", STR_ARG(wanted));
    Str name = isolated;
    for (unsigned i = 2; weave_is_taken(weaving, function, name); i++) {
        name = arena_format(&weaving->arena, "%.*s_%u", STR_ARG(isolated), i);
    }
    return name;
}
