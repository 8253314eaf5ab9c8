// Which rows belong to which statement of an old text. In: the merged tables. Out: for each statement of one module the
// rows that the walk added while it was at it. Those of a run of statements stand together in each table.
#include "base/bug.h"
#include "python/extract/kept.h"

static void note(Kept *kept, KeptTable table, StatementId statement, uint32_t row) {
    if (statement.index < kept->statements.first || statement.index >= kept->statements.end) return;
    Stretch *rows = &kept->rows[table][statement.index - kept->statements.first];
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

static void index_exprs(Kept *kept, const Facts *facts, Stretch stretch) {
    for (uint32_t i = stretch.first; i < stretch.end; i++) {
        const ExprFact *row = &facts->exprs.items[i];
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

static void index_bindings(Kept *kept, const Facts *facts, Stretch stretch) {
    for (uint32_t i = stretch.first; i < stretch.end; i++) {
        const BindingFact *row = &facts->bindings.items[i];
        note(kept, KEPT_BINDINGS, row->statement, i);
        note_scope(kept, row->statement, row->scope);
    }
}

static void index_functions(Kept *kept, const Facts *facts, Stretch stretch) {
    for (uint32_t i = stretch.first; i < stretch.end; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (!fact_is(row->statement)) continue;
        note(kept, KEPT_FUNCTIONS, row->statement, i);
        note(kept, KEPT_SCOPES, row->statement, row->body.index);
        for (uint32_t k = 0; k < row->parameter_count; k++)
            note(kept, KEPT_PARAMETERS, row->statement, row->first_parameter + k);
    }
}

static void index_calls(Kept *kept, const Facts *facts, Stretch stretch) {
    for (uint32_t i = stretch.first; i < stretch.end; i++) {
        const CallFact *row = &facts->calls.items[i];
        StatementId statement = statement_of_call(facts, (CallId){i});
        note(kept, KEPT_CALLS, statement, i);
        for (uint32_t k = 0; k < row->argument_count; k++)
            note(kept, KEPT_ARGUMENTS, statement, row->first_argument + k);
    }
}

static void index_imports(Kept *kept, const Facts *facts, Stretch stretch) {
    for (uint32_t i = stretch.first; i < stretch.end; i++) {
        const ImportFact *row = &facts->imports.items[i];
        note(kept, KEPT_IMPORTS, row->statement, i);
    }
}

void kept_open(Kept *kept, const OldText *old) {
    *kept = (Kept){.old = old,
                   .statements = facts_statements_of(old->facts, old->module),
                   .directives = facts_directives_of(old->facts, old->module)};
}

void kept_index(Kept *kept) {
    const Facts *facts = kept->old->facts;
    ModuleId module = kept->old->module;
    uint32_t count = kept->statements.end - kept->statements.first;
    for (uint32_t i = 0; i < KEPT_TABLE_COUNT; i++) kept->rows[i] = memory_alloc_zeroed(count, sizeof *kept->rows[i]);
    index_exprs(kept, facts, facts_exprs_of(facts, module));
    index_bindings(kept, facts, facts_bindings_of(facts, module));
    index_functions(kept, facts, facts_functions_of(facts, module));
    index_calls(kept, facts, facts_calls_of(facts, module));
    index_imports(kept, facts, facts_imports_of(facts, module));
}
