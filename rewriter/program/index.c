// In: resolved facts. Out: rows grouped by what they are about. Decides nothing.
#include "program/index.h"

#include "base/bug.h"
#include "program/forward.h"
#include "program/index_table.h"
#include "program/rows.h"

typedef struct Pair {
    uint32_t key, item;
} Pair;
typedef Vec(Pair) Pairs;

// Counting sort: items keep their order within a key. Empties PAIRS.
static RowGroups group(Arena *arena, Pairs *pairs, uint32_t key_count) {
    uint32_t *first = arena_array(arena, uint32_t, key_count + 2);
    uint32_t *items = arena_array(arena, uint32_t, pairs->count + 1);
    for (uint32_t i = 0; i < pairs->count; i++) first[pairs->items[i].key + 1]++;
    for (uint32_t k = 0; k <= key_count; k++) first[k + 1] += first[k];
    uint32_t *next = memory_alloc_zeroed(key_count + 1, sizeof *next);
    for (uint32_t i = 0; i < pairs->count; i++) {
        uint32_t key = pairs->items[i].key;
        items[first[key] + next[key]++] = pairs->items[i].item;
    }
    free(next);
    vec_release(pairs);
    return (RowGroups){first, items};
}

static RowList rows_of(const RowGroups *groups, uint32_t key) {
    return (RowList){groups->items + groups->first[key], groups->items + groups->first[key + 1]};
}

// ---- making --------------------------------------------------------------------------------------
static void index_edges(Program *program) {
    Pairs callers = {0}, calls = {0}, from = {0};
    uint32_t functions = program_function_count(program);
    program->edge_caller =
        arena_array(&program->arena, FunctionId, program_edge_count(program) + 1);
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        FunctionId caller =
            program_scope_function(program, program_expr(program, edge->expr)->scope);
        program->edge_caller[i] = caller;
        if (program_is_inside_forwarder(program, edge)) continue;
        if (fact_is(caller)) vec_add(&from, ((Pair){caller.index, i}));
        if (fact_is(edge->callee)) vec_add(&callers, ((Pair){edge->callee.index, i}));
        if (fact_is(edge->call) && edge->kind != EDGE_ESCAPE)
            vec_add(&calls, ((Pair){edge->call.index, i}));
    }
    program->callers = group(&program->arena, &callers, functions);
    program->edges_from = group(&program->arena, &from, functions);
    program->call_edges = group(&program->arena, &calls, program_call_count(program));
}

static void index_functions(Program *program) {
    Pairs members = {0}, methods = {0}, inner = {0};
    uint32_t functions = program_function_count(program);
    for (uint32_t i = 1; i < functions; i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        vec_add(&members, ((Pair){function->family, i}));
        if (fact_is(function->klass)) vec_add(&methods, ((Pair){function->klass.index, i}));
        if (fact_is(function->enclosing)) vec_add(&inner, ((Pair){function->enclosing.index, i}));
    }
    program->members = group(&program->arena, &members, functions);
    program->methods = group(&program->arena, &methods, program_class_count(program));
    program->inner_functions = group(&program->arena, &inner, functions);
}

// The class itself is the first of its list, whatever its number.
static void index_lineages(Program *program) {
    Pairs pairs = {0};
    uint32_t classes = program_class_count(program);
    for (uint32_t i = 0; i < classes; i++) vec_add(&pairs, ((Pair){i, i}));
    for (uint32_t i = 1; i < classes; i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        for (uint32_t k = 1; k < klass->ancestor_count; k++) {
            uint32_t ancestor = program_ancestor(program, klass->first_ancestor + k)->index;
            vec_add(&pairs, ((Pair){ancestor, i}));
        }
    }
    program->lineages = group(&program->arena, &pairs, classes);
}

static void index_constructions(Program *program) {
    Pairs pairs = {0};
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind != EDGE_CONSTRUCT) continue;
        for (RowList made = program_made_classes(program, edge); made.at < made.end; made.at++)
            vec_add(&pairs, ((Pair){*made.at, i}));
    }
    program->constructions = group(&program->arena, &pairs, program_class_count(program));
}

static void index_reads(Program *program) {
    const uint32_t elsewhere = EXPR_STORED | EXPR_DELETED | EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    Pairs reads = {0};
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        SymbolId symbol = program_symbol_of(program, (ExprId){i});
        if ((expr->flags & elsewhere) || !fact_is(symbol)) continue;
        if (expr->kind != EXPR_NAME && expr->kind != EXPR_ATTRIBUTE) continue;
        symbol = program_definition_of(program, symbol);
        if (fact_is(symbol)) vec_add(&reads, ((Pair){symbol.index, i}));
    }
    program->reads = group(&program->arena, &reads, program_symbol_count(program));
}

void index_fill(Program *program) {
    index_edges(program);
    index_functions(program);
    index_lineages(program);
    index_constructions(program);
    index_reads(program);
}

// ---- several lists ---------------------------------------------------------------------------------
void row_numbers_add(RowNumbers *rows, RowList more) {
    for (; more.at < more.end; more.at++) vec_add(rows, *more.at);
}

static int compare_rows(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

void row_numbers_settle(RowNumbers *rows) {
    uint32_t kept = 0;
    if (rows->count > 1) qsort(rows->items, rows->count, sizeof *rows->items, compare_rows);
    for (uint32_t i = 0; i < rows->count; i++)
        if (kept == 0 || rows->items[i] != rows->items[kept - 1])
            rows->items[kept++] = rows->items[i];
    rows->count = kept;
}

// ---- asking --------------------------------------------------------------------------------------
RowList program_callers(const Program *program, FunctionId function) {
    return rows_of(&program->callers, function.index);
}

RowList program_edges_from(const Program *program, FunctionId function) {
    return rows_of(&program->edges_from, function.index);
}

RowList program_call_edges(const Program *program, CallId call) {
    return rows_of(&program->call_edges, call.index);
}

RowList program_constructions(const Program *program, ClassId klass) {
    return rows_of(&program->constructions, klass.index);
}

void program_add_constructions(const Program *program, ClassId klass, RowNumbers *rows) {
    for (RowList classes = program_lineage(program, klass); classes.at < classes.end; classes.at++)
        row_numbers_add(rows, program_constructions(program, (ClassId){*classes.at}));
}

RowList program_members(const Program *program, uint32_t family) {
    return rows_of(&program->members, family);
}

RowList program_methods(const Program *program, ClassId klass) {
    return rows_of(&program->methods, klass.index);
}

RowList program_inner_functions(const Program *program, FunctionId function) {
    return rows_of(&program->inner_functions, function.index);
}

RowList program_lineage(const Program *program, ClassId klass) {
    return rows_of(&program->lineages, klass.index);
}

RowList program_descendants(const Program *program, ClassId klass) {
    RowList rows = program_lineage(program, klass);
    return (RowList){rows.at + 1, rows.end};
}

RowList program_made_classes(const Program *program, const EdgeFact *edge) {
    RowList rows = program_lineage(program, edge->klass);
    return edge->through_class_value ? rows : (RowList){rows.at, rows.at + 1};
}

RowList program_reads(const Program *program, SymbolId symbol) {
    return rows_of(&program->reads, symbol.index);
}

FunctionId program_edge_caller(const Program *program, uint32_t edge) {
    return program->edge_caller[edge];
}
