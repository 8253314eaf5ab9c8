// The tables themselves: start, release, merge, and the small questions that everybody asks. In:
// tables of one file. Out: tables of all files with ids moved behind those that were there. Must
// never depend on the order in which files were extracted: the caller merges in path order.
#include "facts/facts.h"

#include "base/bug.h"

void facts_init(Facts *facts, const Sources *sources) {
    *facts = (Facts){.names = interner_new(), .sources = sources};
    vec_extend(&facts->modules, 1);
    vec_extend(&facts->scopes, 1);
    vec_extend(&facts->symbols, 1);
    vec_extend(&facts->bindings, 1);
    vec_extend(&facts->exprs, 1);
    vec_extend(&facts->statements, 1);
    vec_extend(&facts->imports, 1);
    vec_extend(&facts->classes, 1);
    vec_extend(&facts->functions, 1);
    vec_extend(&facts->parameters, 1);
    vec_extend(&facts->calls, 1);
    vec_extend(&facts->arguments, 1);
    vec_extend(&facts->matches, 1);
    vec_extend(&facts->captures, 1);
    vec_extend(&facts->directives, 1);
}

void facts_release(Facts *facts) {
    for (uint32_t i = 0; i < facts->modules.count; i++)
        vec_release(&facts->modules.items[i].exports);
    vec_release(&facts->modules);
    vec_release(&facts->scopes);
    vec_release(&facts->symbols);
    vec_release(&facts->bindings);
    vec_release(&facts->exprs);
    vec_release(&facts->statements);
    vec_release(&facts->imports);
    vec_release(&facts->classes);
    vec_release(&facts->functions);
    vec_release(&facts->parameters);
    vec_release(&facts->calls);
    vec_release(&facts->arguments);
    vec_release(&facts->matches);
    vec_release(&facts->captures);
    vec_release(&facts->stops);
    vec_release(&facts->directives);
    vec_release(&facts->ancestors);
    vec_release(&facts->expr_symbols);
    vec_release(&facts->symbol_definitions);
    vec_release(&facts->edges);
    vec_release(&facts->unresolved);
    vec_release(&facts->declared_calls);
    vec_release(&facts->getters);
    vec_release(&facts->class_references);
    vec_release(&facts->base_names);
    vec_release(&facts->capture_classes);
    interner_free(facts->names);
    arena_release(&facts->arena);
    *facts = (Facts){0};
}

// ---- merge --------------------------------------------------------------------------------------
// How far the ids of one file move, by table, and what its names become.
typedef struct Move {
    uint32_t modules, scopes, symbols, bindings, exprs, statements, imports, classes, functions,
        parameters, calls, arguments, captures;
    Name *names;
} Move;

// 0 is "none" and stays.
static void shift(uint32_t *index, uint32_t by) {
    if (*index) *index += by;
}

static void rename_to(Name *name, const Move *move) { *name = move->names[name->index]; }

static void move_module(ModuleFact *row, const Move *move) {
    rename_to(&row->name, move);
    shift(&row->scope.index, move->scopes);
    for (uint32_t i = 0; i < row->exports.count; i++) rename_to(&row->exports.items[i], move);
}

static void move_scope(ScopeFact *row, const Move *move) {
    shift(&row->parent.index, move->scopes);
    shift(&row->module.index, move->modules);
    shift(&row->function.index, move->functions);
    shift(&row->klass.index, move->classes);
    shift(&row->first_symbol.index, move->symbols);
}

static void move_symbol(SymbolFact *row, const Move *move) {
    rename_to(&row->name, move);
    shift(&row->scope.index, move->scopes);
    shift(&row->next_in_scope.index, move->symbols);
    shift(&row->first_binding.index, move->bindings);
    shift(&row->last_binding.index, move->bindings);
}

static void move_binding(BindingFact *row, const Move *move) {
    shift(&row->symbol.index, move->symbols);
    shift(&row->target.index, move->exprs);
    shift(&row->value.index, move->exprs);
    shift(&row->annotation.index, move->exprs);
    shift(&row->scope.index, move->scopes);
    shift(&row->statement.index, move->statements);
    shift(&row->import_.index, move->imports);
    shift(&row->function.index, move->functions);
    shift(&row->klass.index, move->classes);
    shift(&row->parameter.index, move->parameters);
    shift(&row->next_of_symbol.index, move->bindings);
}

static void move_expr(ExprFact *row, const Move *move) {
    rename_to(&row->name, move);
    shift(&row->base.index, move->exprs);
    shift(&row->first_child.index, move->exprs);
    shift(&row->next_sibling.index, move->exprs);
    shift(&row->parent.index, move->exprs);
    shift(&row->scope.index, move->scopes);
    shift(&row->statement.index, move->statements);
    shift(&row->call.index, move->calls);
    shift(&row->function.index, move->functions);
}

static void move_statement(StatementFact *row, const Move *move) {
    shift(&row->scope.index, move->scopes);
    shift(&row->parent.index, move->statements);
    shift(&row->value.index, move->exprs);
}

static void move_import(ImportFact *row, const Move *move) {
    shift(&row->module.index, move->modules);
    rename_to(&row->path, move);
    rename_to(&row->name, move);
    rename_to(&row->bound, move);
    shift(&row->symbol.index, move->symbols);
    shift(&row->scope.index, move->scopes);
    shift(&row->statement.index, move->statements);
}

static void move_class(ClassFact *row, const Move *move) {
    rename_to(&row->name, move);
    rename_to(&row->qualified, move);
    shift(&row->module.index, move->modules);
    shift(&row->scope.index, move->scopes);
    shift(&row->body.index, move->scopes);
    shift(&row->statement.index, move->statements);
    shift(&row->first_base.index, move->exprs);
    shift(&row->first_keyword.index, move->exprs);
    shift(&row->first_decorator.index, move->exprs);
}

static void move_function(FunctionFact *row, const Move *move) {
    rename_to(&row->name, move);
    rename_to(&row->qualified, move);
    shift(&row->module.index, move->modules);
    shift(&row->scope.index, move->scopes);
    shift(&row->body.index, move->scopes);
    shift(&row->statement.index, move->statements);
    shift(&row->klass.index, move->classes);
    shift(&row->enclosing.index, move->functions);
    shift(&row->first_parameter, move->parameters);
    shift(&row->first_decorator.index, move->exprs);
    shift(&row->returns.index, move->exprs);
}

static void move_parameter(ParameterFact *row, const Move *move) {
    rename_to(&row->name, move);
    shift(&row->function.index, move->functions);
    shift(&row->symbol.index, move->symbols);
    shift(&row->annotation.index, move->exprs);
    shift(&row->default_value.index, move->exprs);
}

static void move_call(CallFact *row, const Move *move) {
    shift(&row->expr.index, move->exprs);
    shift(&row->callee.index, move->exprs);
    shift(&row->module.index, move->modules);
    shift(&row->first_argument, move->arguments);
}

static void move_argument(ArgumentFact *row, const Move *move) {
    rename_to(&row->name, move);
    shift(&row->value.index, move->exprs);
    shift(&row->call.index, move->calls);
}

static void move_match(MatchFact *row, const Move *move) {
    shift(&row->module.index, move->modules);
    shift(&row->expr.index, move->exprs);
    shift(&row->replaced_head.index, move->exprs);
    shift(&row->first_capture, move->captures);
}

static void move_capture(CaptureFact *row, const Move *move) {
    shift(&row->expr.index, move->exprs);
    rename_to(&row->dotted, move);
}

static void move_directive(DirectiveFact *row, const Move *move) {
    shift(&row->module.index, move->modules);
}

// Appends the rows of FROM's table but for row 0, and moves each.
#define MERGE_TABLE(table, move_row)                                                               \
    do {                                                                                           \
        uint32_t rows = from->table.count - 1;                                                     \
        uint32_t first = vec_extend(&into->table, rows);                                           \
        if (rows)                                                                                  \
            memcpy(into->table.items + first, from->table.items + 1,                               \
                   rows * sizeof *from->table.items);                                              \
        for (uint32_t row = first; row < first + rows; row++)                                      \
            move_row(&into->table.items[row], &move);                                              \
    } while (0)

// One name of FROM after the other: the ids in INTO depend on nothing but the order of merging.
static Name *merge_names(Interner *into, Interner *from) {
    uint32_t count = intern_count(from);
    Name *names = memory_alloc_zeroed(count, sizeof *names);
    for (uint32_t i = 1; i < count; i++) names[i] = intern(into, intern_str(from, (Name){i}));
    return names;
}

void facts_merge(Facts *into, Facts *from) {
    Move move = {
        .modules = into->modules.count - 1,
        .scopes = into->scopes.count - 1,
        .symbols = into->symbols.count - 1,
        .bindings = into->bindings.count - 1,
        .exprs = into->exprs.count - 1,
        .statements = into->statements.count - 1,
        .imports = into->imports.count - 1,
        .classes = into->classes.count - 1,
        .functions = into->functions.count - 1,
        .parameters = into->parameters.count - 1,
        .calls = into->calls.count - 1,
        .arguments = into->arguments.count - 1,
        .captures = into->captures.count - 1,
        .names = merge_names(into->names, from->names),
    };
    MERGE_TABLE(modules, move_module);
    MERGE_TABLE(scopes, move_scope);
    MERGE_TABLE(symbols, move_symbol);
    MERGE_TABLE(bindings, move_binding);
    MERGE_TABLE(exprs, move_expr);
    MERGE_TABLE(statements, move_statement);
    MERGE_TABLE(imports, move_import);
    MERGE_TABLE(classes, move_class);
    MERGE_TABLE(functions, move_function);
    MERGE_TABLE(parameters, move_parameter);
    MERGE_TABLE(calls, move_call);
    MERGE_TABLE(arguments, move_argument);
    MERGE_TABLE(matches, move_match);
    MERGE_TABLE(captures, move_capture);
    for (uint32_t i = 0; i < from->stops.count; i++) vec_add(&into->stops, from->stops.items[i]);
    MERGE_TABLE(directives, move_directive);
    free(move.names);
    from->modules.count = 0; // the lists of exports went over with the rows
    facts_release(from);
}

// ---- small questions ----------------------------------------------------------------------------
static const ScopeFact *outside_blocks(const Facts *facts, ScopeId scope) {
    const ScopeFact *row = &facts->scopes.items[scope.index];
    while (row->kind == SCOPE_BLOCK) row = &facts->scopes.items[row->parent.index];
    return row;
}

FunctionId facts_scope_function(const Facts *facts, ScopeId scope) {
    const ScopeFact *row = outside_blocks(facts, scope);
    return row->kind == SCOPE_FUNCTION ? row->function : FACT_NONE(FunctionId);
}

bool facts_scope_in_class_body(const Facts *facts, ScopeId scope) {
    return outside_blocks(facts, scope)->kind == SCOPE_CLASS;
}

SymbolId facts_symbol_in(const Facts *facts, ScopeId scope, Name name) {
    SymbolId id = facts->scopes.items[scope.index].first_symbol;
    while (fact_is(id) && !name_equal(facts->symbols.items[id.index].name, name))
        id = facts->symbols.items[id.index].next_in_scope;
    return id;
}

int32_t facts_statement_depth(const Facts *facts, StatementId statement, StatementId outer) {
    int32_t depth = 0;
    for (; fact_is(statement) && !fact_same(statement, outer);
         statement = facts->statements.items[statement.index].parent)
        depth++;
    return depth;
}

Span facts_expr_span(const Facts *facts, ExprId expr) {
    const ExprFact *row = &facts->exprs.items[expr.index];
    FileId file = facts_module_file(facts, facts_expr_module(facts, expr));
    return (Span){file, row->start, row->end};
}

FileId facts_module_file(const Facts *facts, ModuleId module) {
    return facts->modules.items[module.index].file;
}

Str facts_text(const Facts *facts, ModuleId module, uint32_t start, uint32_t end) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    return str_slice(file->text, start, end);
}

Str facts_name(const Facts *facts, Name name) { return intern_str(facts->names, name); }

ModuleId facts_expr_module(const Facts *facts, ExprId expr) {
    return facts->scopes.items[facts->exprs.items[expr.index].scope.index].module;
}

bool facts_is_subclass(const Facts *facts, ClassId child, ClassId klass) {
    if (!fact_is(child) || !fact_is(klass)) return false;
    if (fact_same(child, klass)) return true;
    const ClassFact *row = &facts->classes.items[child.index];
    for (uint32_t i = 0; i < row->ancestor_count; i++)
        if (fact_same(facts->ancestors.items[row->first_ancestor + i], klass)) return true;
    return false;
}
