// Names and calls. In: the tables of all files, with the marks of the compiler. Out: the call graph.
//
// A call that no unit sees is one by its name, which a person should look at. A function whose address is taken
// escapes: whoever calls it through a pointer passes what it has always passed.
#include "clang/resolve/resolve.h"

#include "base/path.h"
#include "clang/resolve/family.h"
#include "clang/resolve/member.h"
#include "clang/resolve/names.h"
#include "clang/unit/mark.h"

static const MarkFact *mark_of(const Names *names, ExprId id) {
    const Facts *facts = names->facts;
    FileId file = facts_module_file(facts, facts_expr_module(facts, id));
    return marks_find(facts, file, facts_expr(facts, id)->start);
}

// ---- names -----------------------------------------------------------------------------------------
static bool is_parameter_called(const Names *names, const ExprFact *expr, const MarkFact *mark) {
    const Facts *facts = names->facts;
    return !mark && facts_scope(facts, expr->scope)->kind == SCOPE_FUNCTION &&
           fact_is(facts_symbol_in(facts, expr->scope, expr->name));
}

// The symbol of the function that a name means.
static SymbolId symbol_of_function(const Names *names, ExprId id, const MarkFact *mark) {
    const Facts *facts = names->facts;
    const ExprFact *expr = facts_expr(facts, id);
    if (is_parameter_called(names, expr, mark)) return FACT_NONE(SymbolId);
    FunctionId function = names_function(names, facts_scope(facts, expr->scope)->module, expr->name, mark);
    const FunctionFact *row = facts_function(facts, function);
    return fact_is(function) ? facts_symbol_in(facts, row->scope, row->name) : FACT_NONE(SymbolId);
}

static void resolve_names(const Names *names) {
    Facts *facts = names->facts;
    vec_extend(&facts->expr_symbols, facts->exprs.count);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind != EXPR_NAME) continue;
        ModuleId module = facts_scope(facts, expr->scope)->module;
        const MarkFact *mark = mark_of(names, (ExprId){i});
        SymbolId symbol = names_symbol(names, module, expr->scope, expr->name, mark);
        facts->expr_symbols.items[i] = fact_is(symbol) ? symbol : symbol_of_function(names, (ExprId){i}, mark);
    }
}

// A variable is one thing however often it is declared.
static void resolve_definitions(const Names *names) {
    Facts *facts = names->facts;
    vec_extend(&facts->symbol_definitions, facts->symbols.count);
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        uint32_t meant = i;
        bool outer = facts_scope(facts, symbol->scope)->kind == SCOPE_MODULE;
        if (outer && !(symbol->flags & (SYMBOL_MACRO | SYMBOL_FILE_LOCAL)))
            map_get(&names->variables, map_key(0, symbol->name.index), &meant);
        facts->symbol_definitions.items[i] = (SymbolId){meant};
    }
}

static void resolve_types(const Names *names) {
    Facts *facts = names->facts;
    for (uint32_t i = 1; i < facts->parameters.count; i++) {
        ParameterFact *row = &facts->parameters.items[i];
        uint32_t klass = 0;
        if (row->declared.index && map_get(&names->classes, row->declared.index, &klass))
            row->klass = (ClassId){klass};
    }
    for (uint32_t i = 1; i < facts->classes.count; i++) { // each is its own only ancestor
        facts->classes.items[i].first_ancestor = facts->ancestors.count;
        facts->classes.items[i].ancestor_count = 1;
        vec_add(&facts->ancestors, ((ClassId){i}));
    }
}

// ---- calls -----------------------------------------------------------------------------------------
static bool is_callee(const Facts *facts, ExprId id) {
    const ExprFact *around = facts_expr(facts, facts_expr(facts, id)->parent);
    return around->kind == EXPR_CALL && fact_same(around->base, id);
}

// Where the name of what is called stands: f, p->f, table[i].f, table[i].
static uint32_t called_place(const Facts *facts, ExprId id) {
    while (facts_expr(facts, id)->kind == EXPR_SUBSCRIPT) id = facts_expr(facts, id)->base;
    const ExprFact *expr = facts_expr(facts, id);
    return expr->kind == EXPR_ATTRIBUTE ? expr->name_start : expr->start;
}

static const FlowFact *find_call(const Facts *facts, FileId file, uint32_t offset) {
    uint32_t low = 0, high = facts->flows.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const FlowFact *flow = &facts->flows.items[middle];
        bool before = flow->kind != FLOW_FACT_CALLS || flow->file.index < file.index ||
                      (flow->file.index == file.index && flow->offset < offset);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    const FlowFact *found = low < facts->flows.count ? &facts->flows.items[low] : NULL;
    return found && found->file.index == file.index && found->offset == offset ? found : NULL;
}

// The pointer stands for all that it may point to: they are of its family.
static bool resolve_pointer_call(const Names *names, uint32_t index) {
    Facts *facts = names->facts;
    const CallFact *call = &facts->calls.items[index];
    const FlowFact *flow =
        find_call(facts, facts_module_file(facts, call->module), called_place(facts, call->callee));
    uint32_t pointer = 0;
    if (!flow || !map_get(&names->rows, map_key(flow->to.index, flow->to_offset), &pointer)) return false;
    vec_add(&facts->edges, ((EdgeFact){.kind = EDGE_CALL,
                                       .evidence = EVIDENCE_CLASS,
                                       .call = {index},
                                       .expr = call->expr,
                                       .callee = {pointer}}));
    return true;
}

static void resolve_call(const Names *names, uint32_t index) {
    Facts *facts = names->facts;
    CallFact *call = &facts->calls.items[index];
    const ExprFact *callee = facts_expr(facts, call->callee);
    if (resolve_pointer_call(names, index) || callee->kind != EXPR_NAME) return;
    call->dotted = callee->name;
    const MarkFact *mark = mark_of(names, call->callee);
    FunctionId function = names_function(names, call->module, callee->name, mark);
    if (!fact_is(function)) return;
    bool macro = facts_function(facts, function)->flags & FUNCTION_MACRO; // of which no compiler speaks
    bool sure = mark || (macro && names->seen[facts_module_file(facts, call->module).index]);
    // What a parameter or a macro's own one calls is not what has its name elsewhere.
    if (is_parameter_called(names, callee, mark)) return;
    vec_add(&facts->edges, ((EdgeFact){.kind = EDGE_CALL,
                                       .evidence = sure ? EVIDENCE_IMPORT : EVIDENCE_UNIQUE_NAME,
                                       .call = {index},
                                       .expr = call->expr,
                                       .callee = function}));
}

static bool is_other_thing(const Facts *facts, SymbolId symbol) {
    return fact_is(symbol) &&
           facts_binding(facts, facts_symbol(facts, symbol)->first_binding)->kind != BINDING_FUNCTION;
}

// Of what no unit sees, only what stands in a function is taken for one: a macro may name its own parameter so.
static void resolve_value(const Names *names, uint32_t index) {
    Facts *facts = names->facts;
    const ExprFact *expr = &facts->exprs.items[index];
    if (expr->kind != EXPR_NAME || is_callee(facts, (ExprId){index})) return;
    const MarkFact *mark = mark_of(names, (ExprId){index});
    bool inside = facts_scope(facts, expr->scope)->kind == SCOPE_FUNCTION;
    if (mark && mark->kind != MARK_ESCAPES) return; // where its value goes is known
    if (!mark && (!inside || is_other_thing(facts, facts->expr_symbols.items[index]))) return;
    ModuleId module = facts_scope(facts, expr->scope)->module;
    FunctionId function = names_function(names, module, expr->name, mark);
    // The name of a macro without arguments is no use of it.
    if (!fact_is(function) || (facts_function(facts, function)->flags & FUNCTION_MACRO)) return;
    vec_add(&facts->edges, ((EdgeFact){.kind = EDGE_ESCAPE,
                                       .evidence = mark ? EVIDENCE_IMPORT : EVIDENCE_UNIQUE_NAME,
                                       .expr = {index},
                                       .callee = function}));
}

static int compare_edges(const void *left, const void *right) {
    const EdgeFact *a = left, *b = right;
    if (a->expr.index != b->expr.index) return a->expr.index < b->expr.index ? -1 : 1;
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

static void resolve_edges(const Names *names) {
    Facts *facts = names->facts;
    (void)vec_push(&facts->edges);
    for (uint32_t i = 1; i < facts->calls.count; i++) resolve_call(names, i);
    for (uint32_t i = 1; i < facts->exprs.count; i++) resolve_value(names, i);
    if (facts->edges.count > 2)
        qsort(facts->edges.items + 1, facts->edges.count - 1, sizeof(EdgeFact), compare_edges);
}

// ---- files -----------------------------------------------------------------------------------------
static Str last_part(Str path) {
    ptrdiff_t slash = str_find_last(path, '/');
    return str_slice(path, (size_t)(slash + 1), path.length);
}

// By the last part of its path; the second of that name makes it 0.
static void map_headers(Facts *facts, Map *headers) {
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        if (!facts->modules.items[i].is_stub) continue;
        Str path = source_file(facts->sources, facts->modules.items[i].file)->path;
        uint32_t name = intern(facts->names, last_part(path)).index, other;
        map_put(headers, name, map_get(headers, name, &other) ? 0 : i);
    }
}

// Where else a header may lie the commands say, -Ilib: the only one of that name is meant.
static uint32_t only_header(const Facts *facts, const Map *headers, Str path) {
    uint32_t module = 0;
    Name name = intern_find(facts->names, last_part(path));
    if (!name.index || !map_get(headers, name.index, &module) || module == 0) return 0;
    Str found = source_file(facts->sources, facts->modules.items[module].file)->path;
    bool whole = str_ends_with(found, path) && found.length > path.length && found.data[found.length - path.length - 1] == '/';
    return whole ? module : 0;
}

// #include "a/b.h": beside the file, else from the root, else where only one is.
static void resolve_includes(Facts *facts) {
    Arena arena = {0};
    Map modules = {0}, headers = {0};
    for (uint32_t i = 1; i < facts->modules.count; i++)
        map_put(&modules, facts->modules.items[i].file.index, i);
    map_headers(facts, &headers);
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        ImportFact *row = &facts->imports.items[i];
        row->dotted = row->path;
        Str path = facts_name(facts, row->path);
        Str from = source_file(facts->sources, facts_module_file(facts, row->module))->path;
        FileId file = sources_find(facts->sources,
                                   path_normalize(&arena, path_join(&arena, path_dirname(from), path)));
        if (!file.index) file = sources_find(facts->sources, path);
        if (!file.index) file = sources_find(facts->sources, path_join(&arena, STR("include"), path));
        uint32_t module = 0;
        if (!file.index) module = only_header(facts, &headers, path);
        if (module || (file.index && map_get(&modules, file.index, &module))) row->target = (ModuleId){module};
    }
    map_release(&modules);
    map_release(&headers);
    arena_release(&arena);
}

// Nothing that would be written there can be judged.
static void leave_out_what_does_not_parse(const Names *names) {
    Facts *facts = names->facts;
    for (uint32_t i = 0; i < facts->units.count; i++) {
        const UnitFact *unit = &facts->units.items[i];
        ModuleId module = names->module_of[unit->file.index];
        if (!unit->parses && fact_is(module)) facts_module_row(facts, module)->left_out = true;
    }
}

void clang_resolve(Facts *facts, void (*declare)(void *data), void *data) {
    Names names;
    names_open(&names, facts);
    resolve_includes(facts);
    family_resolve(&names);
    leave_out_what_does_not_parse(&names);
    resolve_definitions(&names);
    if (declare) declare(data);
    resolve_names(&names);
    resolve_types(&names);
    resolve_edges(&names);
    member_resolve(&names);
    names_release(&names);
}
