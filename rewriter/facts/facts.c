// The tables themselves: start, release, merge, and the small questions that everybody asks. In:
// tables of one file. Out: tables of all files with ids moved behind those that were there. Must
// never depend on the order in which files were extracted: the caller merges in path order.
#include "facts/facts.h"

#include "base/bug.h"

void facts_init(Facts *facts, const Sources *sources) {
    *facts = (Facts){.names = interner_new(), .sources = sources};
#define FACT_TABLE(table, Row, Id, row) vec_extend(&facts->table, 1);
#define RESOLUTION_TABLE(table, Row, row)
#include "facts/facts_tables.def"
}

void facts_release(Facts *facts) {
    for (uint32_t i = 0; i < facts->modules.count; i++)
        vec_release(&facts->modules.items[i].exports);
    if (facts->shared) {
        vec_release(&facts->modules);
        arena_release(&facts->arena);
        *facts = (Facts){0};
        return;
    }
#define FACT_TABLE(table, Row, Id, row) vec_release(&facts->table);
#define RESOLUTION_TABLE(table, Row, row) vec_release(&facts->table);
#include "facts/facts_tables.def"
    vec_release(&facts->stops);
    vec_release(&facts->units);
    vec_release(&facts->unit_files);
    vec_release(&facts->marks);
    vec_release(&facts->flows);
    map_release(&facts->symbols_by_name);
    interner_free(facts->names);
    arena_release(&facts->arena);
    *facts = (Facts){0};
}

// ---- merge --------------------------------------------------------------------------------------
// How far the ids of one file move, by table, and what its names become.
typedef struct Move {
#define FACT_TABLE(table, Row, Id, row) uint32_t table;
#define RESOLUTION_TABLE(table, Row, row)
#include "facts/facts_tables.def"
    uint32_t ancestors;
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
    shift(&row->target.index, move->modules);
    shift(&row->definition.index, move->symbols);
    rename_to(&row->dotted, move);
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
    row->first_ancestor += move->ancestors;
    shift(&row->constructor.index, move->functions);
    shift(&row->creator.index, move->functions);
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
    shift(&row->family, move->functions);
}

static void move_parameter(ParameterFact *row, const Move *move) {
    rename_to(&row->name, move);
    shift(&row->function.index, move->functions);
    shift(&row->symbol.index, move->symbols);
    shift(&row->annotation.index, move->exprs);
    shift(&row->default_value.index, move->exprs);
    rename_to(&row->declared, move);
    rename_to(&row->mark, move);
    shift(&row->klass.index, move->classes);
}

static void move_call(CallFact *row, const Move *move) {
    shift(&row->expr.index, move->exprs);
    shift(&row->callee.index, move->exprs);
    shift(&row->module.index, move->modules);
    shift(&row->first_argument, move->arguments);
    rename_to(&row->dotted, move);
}

static void move_argument(ArgumentFact *row, const Move *move) {
    rename_to(&row->name, move);
    rename_to(&row->member, move);
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

// ---- rows of resolution --------------------------------------------------------------------------
static void move_ancestors(ClassId *row, const Move *move) { shift(&row->index, move->classes); }

static void move_expr_symbols(SymbolId *row, const Move *move) {
    shift(&row->index, move->symbols);
}

static void move_symbol_definitions(SymbolId *row, const Move *move) {
    shift(&row->index, move->symbols);
}

static void move_edges(EdgeFact *row, const Move *move) {
    shift(&row->call.index, move->calls);
    shift(&row->expr.index, move->exprs);
    shift(&row->callee.index, move->functions);
    shift(&row->klass.index, move->classes);
}

static void move_unresolved(UnresolvedCall *row, const Move *move) {
    shift(&row->call.index, move->calls);
    rename_to(&row->name, move);
}

static void move_declared_calls(DeclaredCall *row, const Move *move) {
    shift(&row->call.index, move->calls);
    shift(&row->parameters.index, move->exprs);
}

static void move_hops(Hop *row, const Move *move) {
    shift(&row->call.index, move->calls);
    shift(&row->expr.index, move->exprs);
    shift(&row->function.index, move->functions);
}

static void move_replacements(Replacement *row, const Move *move) {
    shift(&row->call.index, move->calls);
    shift(&row->symbol.index, move->symbols);
    shift(&row->function.index, move->functions);
    shift(&row->klass.index, move->classes);
    rename_to(&row->name, move);
}

static void move_getters(LazyGetter *row, const Move *move) {
    shift(&row->function.index, move->functions);
    shift(&row->binding.index, move->bindings);
    shift(&row->state.index, move->symbols);
    shift(&row->construction.index, move->exprs);
}

static void move_class_references(ClassReference *row, const Move *move) {
    shift(&row->expr.index, move->exprs);
    shift(&row->klass.index, move->classes);
    rename_to(&row->asked, move);
}

static void move_special_arguments(SpecialArgument *row, const Move *move) {
    shift(&row->value.index, move->exprs);
    shift(&row->same.index, move->parameters);
    shift(&row->function.index, move->functions);
    shift(&row->raised.index, move->functions);
    shift(&row->instance.index, move->classes);
    shift(&row->parameter.index, move->parameters);
    shift(&row->result.index, move->exprs);
}

static void move_base_names(BaseName *row, const Move *move) {
    shift(&row->klass.index, move->classes);
    rename_to(&row->dotted, move);
}

static void move_passed_names(PassedName *row, const Move *move) {
    shift(&row->expr.index, move->exprs);
    shift(&row->symbol.index, move->symbols);
}

static void move_capture_classes(CaptureClass *row, const Move *move) {
    shift(&row->capture, move->captures);
    shift(&row->klass.index, move->classes);
}

// Appends the rows of FROM's table but for the first SKIPPED, and moves each.
#define MERGE_TABLE(table, move_row, skipped)                                                      \
    do {                                                                                           \
        uint32_t rows = from->table.count - (skipped);                                             \
        uint32_t first = vec_extend(&into->table, rows);                                           \
        if (rows)                                                                                  \
            memcpy(into->table.items + first, from->table.items + (skipped),                       \
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

static void merge_units(Facts *into, const Facts *from) {
    uint32_t first = into->unit_files.count;
    for (uint32_t i = 0; i < from->units.count; i++) {
        vec_add(&into->units, from->units.items[i]);
        vec_last(&into->units)->first_file += first;
    }
    for (uint32_t i = 0; i < from->unit_files.count; i++)
        vec_add(&into->unit_files, from->unit_files.items[i]);
    for (uint32_t i = 0; i < from->marks.count; i++) vec_add(&into->marks, from->marks.items[i]);
    for (uint32_t i = 0; i < from->flows.count; i++) vec_add(&into->flows, from->flows.items[i]);
}

void facts_merge(Facts *into, Facts *from) {
    Move move = {.names = merge_names(into->names, from->names),
                 .ancestors = into->ancestors.count};
#define FACT_TABLE(table, Row, Id, row) move.table = into->table.count - 1;
#define RESOLUTION_TABLE(table, Row, row)
#include "facts/facts_tables.def"
    // Edges, and the tables by expression and by symbol, have a row 0 as well once they are filled.
    uint32_t first_edge = from->edges.count > 0 && into->edges.count > 0;
    uint32_t first_expr = from->expr_symbols.count > 0 && into->expr_symbols.count > 0;
    uint32_t first_symbol = from->symbol_definitions.count > 0 && into->symbol_definitions.count > 0;
#define FACT_TABLE(table, Row, Id, row) MERGE_TABLE(table, move_##row, 1);
#define RESOLUTION_TABLE(table, Row, row) MERGE_TABLE(table, move_##table, SKIPPED_##table);
#define SKIPPED_expr_symbols first_expr
#define SKIPPED_symbol_definitions first_symbol
#define SKIPPED_ancestors 0
#define SKIPPED_edges first_edge
#define SKIPPED_unresolved 0
#define SKIPPED_declared_calls 0
#define SKIPPED_hops 0
#define SKIPPED_replacements 0
#define SKIPPED_getters 0
#define SKIPPED_class_references 0
#define SKIPPED_special_arguments 0
#define SKIPPED_base_names 0
#define SKIPPED_passed_names 0
#define SKIPPED_capture_classes 0
#include "facts/facts_tables.def"
    for (uint32_t i = move.symbols + 1; i < into->symbols.count; i++)
        facts_symbol_index(into, (SymbolId){i});
    for (uint32_t i = 0; i < from->stops.count; i++) vec_add(&into->stops, from->stops.items[i]);
    merge_units(into, from);
    free(move.names);
    from->modules.count = 0; // the lists of exports went over with the rows
    facts_release(from);
}

// ---- small questions ----------------------------------------------------------------------------
static const ScopeFact *outside_blocks(const Facts *facts, ScopeId scope) {
    const ScopeFact *row = facts_scope(facts, scope);
    while (row->kind == SCOPE_BLOCK) row = facts_scope(facts, row->parent);
    return row;
}

FunctionId facts_scope_function(const Facts *facts, ScopeId scope) {
    const ScopeFact *row = outside_blocks(facts, scope);
    return row->kind == SCOPE_FUNCTION ? row->function : FACT_NONE(FunctionId);
}

bool facts_scope_in_class_body(const Facts *facts, ScopeId scope) {
    return outside_blocks(facts, scope)->kind == SCOPE_CLASS;
}

void facts_symbol_index(Facts *facts, SymbolId symbol) {
    const SymbolFact *row = facts_symbol(facts, symbol);
    map_put(&facts->symbols_by_name, map_key(row->scope.index, row->name.index), symbol.index);
}

SymbolId facts_symbol_in(const Facts *facts, ScopeId scope, Name name) {
    uint32_t index = 0;
    map_get(&facts->symbols_by_name, map_key(scope.index, name.index), &index);
    return (SymbolId){index};
}

int32_t facts_statement_depth(const Facts *facts, StatementId statement, StatementId outer) {
    int32_t depth = 0;
    for (; fact_is(statement) && !fact_same(statement, outer);
         statement = facts_statement(facts, statement)->parent)
        depth++;
    return depth;
}

Span facts_expr_span(const Facts *facts, ExprId expr) {
    const ExprFact *row = facts_expr(facts, expr);
    FileId file = facts_module_file(facts, facts_expr_module(facts, expr));
    return (Span){file, row->start, row->end};
}

FileId facts_module_file(const Facts *facts, ModuleId module) {
    return facts_module(facts, module)->file;
}

Str facts_text(const Facts *facts, ModuleId module, uint32_t start, uint32_t end) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    return str_slice(file->text, start, end);
}

Str facts_name(const Facts *facts, Name name) { return intern_str(facts->names, name); }

ModuleId facts_expr_module(const Facts *facts, ExprId expr) {
    return facts_scope(facts, facts_expr(facts, expr)->scope)->module;
}

bool facts_is_subclass(const Facts *facts, ClassId child, ClassId klass) {
    if (!fact_is(child) || !fact_is(klass)) return false;
    if (fact_same(child, klass)) return true;
    const ClassFact *row = facts_class(facts, child);
    for (uint32_t i = 0; i < row->ancestor_count; i++)
        if (fact_same(facts->ancestors.items[row->first_ancestor + i], klass)) return true;
    return false;
}
