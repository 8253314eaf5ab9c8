// Loops in which time passes: a value that each round reads may be another one in the next.
// Comes in: statements and calls. Goes out: StatementFact.waits. Must rather say too often that a loop waits.
#include "python/resolve/resolver.h"

static bool is_loop(const StatementFact *statement) {
    return statement->kind == STATEMENT_LOOP || statement->kind == STATEMENT_WHILE;
}

// Marks the loops around STATEMENT, itself included.
static void mark_around(Facts *facts, StatementId statement) {
    while (fact_is(statement)) {
        StatementFact *row = &facts->statements.items[statement.index];
        if (row->kind == STATEMENT_FUNCTION || row->kind == STATEMENT_CLASS) return;
        if (is_loop(row)) row->waits = true;
        statement = row->parent;
    }
}

// Calls that return when something has happened elsewhere.
static bool blocks(Str name) {
    static const char *const BLOCKING[] = {"sleep", "wait", "wait_for", "recv", "accept", "poll",
                                           "select", "acquire", "input", "readline",
                                           "communicate", "run_until_complete"};
    for (size_t i = 0; i < sizeof BLOCKING / sizeof *BLOCKING; i++)
        if (str_is(name, BLOCKING[i])) return true;
    return false;
}

void resolve_waits(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        bool waits = expr->kind == EXPR_AWAIT || expr->kind == EXPR_YIELD;
        if (expr->kind == EXPR_CALL)
            waits = blocks(facts_name(facts, facts_expr(facts, expr->base)->name));
        if (waits) mark_around(facts, expr->statement);
    }
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        if (binding->kind == BINDING_ITERATE_ASYNC || binding->kind == BINDING_ENTER_ASYNC)
            mark_around(facts, binding->statement);
    }
    for (uint32_t i = 1; i < facts->statements.count; i++) { // while True: until something breaks it off
        StatementFact *statement = &facts->statements.items[i];
        uint8_t kind = facts_expr(facts, statement->value)->kind;
        if (statement->kind == STATEMENT_WHILE && (kind == EXPR_TRUTH || kind == EXPR_NUMBER))
            statement->waits = true;
    }
}
