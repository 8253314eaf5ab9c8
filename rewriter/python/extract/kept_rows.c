// Which rows belong to which statement of an old text. In: the merged tables. Out: for each statement of one module the
// rows that the walk added while it was at it. Those of a run of statements stand together in each table.
#include "base/bug.h"
#include "python/extract/kept.h"

static void note(Kept *kept, KeptTable table, StatementId statement, uint32_t row) {
    if (statement.index < kept->statements.first || statement.index >= kept->statements.end) return;
    KeptRows *rows = &kept->rows[table][statement.index - kept->statements.first];
    if (rows->end == 0 || row < rows->first) rows->first = row;
    if (rows->end <= row) rows->end = row + 1;
}

// A scope that the statement opened: a comprehension, type parameters.
static void note_scope(Kept *kept, StatementId statement, ScopeId scope) {
    if (fact_is(statement) && !fact_same(facts_statement(kept->old->facts, statement)->scope, scope))
        note(kept, KEPT_SCOPES, statement, scope.index);
}

static StatementId statement_of_call(const Facts *facts, CallId call) {
    return facts_expr(facts, facts_call(facts, call)->expr)->statement;
}

// The first row of TABLE that BEFORE is false of; true rows come first.
#define FIRST_ROW(found, table, before)                                                            \
    uint32_t found = 1;                                                                            \
    for (uint32_t high = facts->table.count, row; found < high;) {                                 \
        row = found + (high - found) / 2;                                                          \
        if (before)                                                                                \
            found = row + 1;                                                                       \
        else                                                                                       \
            high = row;                                                                            \
    }

static uint32_t module_of_scope(const Facts *facts, ScopeId scope) {
    return facts_scope(facts, scope)->module.index;
}

static void index_exprs(Kept *kept, const Facts *facts, uint32_t module) {
    FIRST_ROW(first, exprs, module_of_scope(facts, facts->exprs.items[row].scope) < module)
    for (uint32_t i = first; i < facts->exprs.count; i++) {
        const ExprFact *row = &facts->exprs.items[i];
        if (module_of_scope(facts, row->scope) != module) break;
        note(kept, KEPT_EXPRS, row->statement, i);
        note_scope(kept, row->statement, row->scope);
        if (!fact_is(row->function)) continue;
        const FunctionFact *function = facts_function(facts, row->function);
        note(kept, KEPT_FUNCTIONS, row->statement, row->function.index);
        note(kept, KEPT_SCOPES, row->statement, function->body.index);
        for (uint32_t k = 0; k < function->parameter_count; k++)
            note(kept, KEPT_PARAMETERS, row->statement, function->first_parameter + k);
    }
}

static void index_bindings(Kept *kept, const Facts *facts, uint32_t module) {
    FIRST_ROW(first, bindings, module_of_scope(facts, facts->bindings.items[row].scope) < module)
    for (uint32_t i = first; i < facts->bindings.count; i++) {
        const BindingFact *row = &facts->bindings.items[i];
        if (module_of_scope(facts, row->scope) != module) break;
        note(kept, KEPT_BINDINGS, row->statement, i);
        note_scope(kept, row->statement, row->scope);
    }
}

static void index_functions(Kept *kept, const Facts *facts, uint32_t module) {
    FIRST_ROW(first, functions, facts->functions.items[row].module.index < module)
    for (uint32_t i = first; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (row->module.index != module) break;
        if (!fact_is(row->statement)) continue;
        note(kept, KEPT_FUNCTIONS, row->statement, i);
        note(kept, KEPT_SCOPES, row->statement, row->body.index);
        for (uint32_t k = 0; k < row->parameter_count; k++)
            note(kept, KEPT_PARAMETERS, row->statement, row->first_parameter + k);
    }
}

static void index_calls(Kept *kept, const Facts *facts, uint32_t module) {
    FIRST_ROW(first, calls, facts->calls.items[row].module.index < module)
    for (uint32_t i = first; i < facts->calls.count; i++) {
        const CallFact *row = &facts->calls.items[i];
        if (row->module.index != module) break;
        StatementId statement = statement_of_call(facts, (CallId){i});
        note(kept, KEPT_CALLS, statement, i);
        for (uint32_t k = 0; k < row->argument_count; k++)
            note(kept, KEPT_ARGUMENTS, statement, row->first_argument + k);
    }
}

static void index_imports(Kept *kept, const Facts *facts, uint32_t module) {
    FIRST_ROW(first, imports, facts->imports.items[row].module.index < module)
    for (uint32_t i = first; i < facts->imports.count; i++) {
        const ImportFact *row = &facts->imports.items[i];
        if (row->module.index != module) break;
        note(kept, KEPT_IMPORTS, row->statement, i);
    }
}

void kept_open(Kept *kept, const OldText *old) {
    const Facts *facts = old->facts;
    uint32_t module = old->module.index;
    FIRST_ROW(first, statements, module_of_scope(facts, facts->statements.items[row].scope) < module)
    FIRST_ROW(end, statements, module_of_scope(facts, facts->statements.items[row].scope) <= module)
    FIRST_ROW(first_directive, directives, facts->directives.items[row].module.index < module)
    FIRST_ROW(directives_end, directives, facts->directives.items[row].module.index <= module)
    *kept = (Kept){.old = old, .statements = {first, end}, .directives = {first_directive, directives_end}};
}

void kept_index(Kept *kept) {
    const Facts *facts = kept->old->facts;
    uint32_t module = kept->old->module.index, count = kept->statements.end - kept->statements.first;
    for (uint32_t i = 0; i < KEPT_TABLE_COUNT; i++) kept->rows[i] = memory_alloc_zeroed(count, sizeof *kept->rows[i]);
    index_exprs(kept, facts, module);
    index_bindings(kept, facts, module);
    index_functions(kept, facts, module);
    index_calls(kept, facts, module);
    index_imports(kept, facts, module);
}
