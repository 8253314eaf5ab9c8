// Places that are emptied when a function ends, so that nothing stays for the next tenant:
//
//     CURRENT["user"] = user
//     try: work()
//     finally: CURRENT.pop("user")
//
// Comes in: statements of finally blocks. Goes out: Flow.clears. A place is compared as it is written.
#include "solve/escape/flow.h"

static bool in_finally(const Facts *facts, StatementId statement) {
    for (; fact_is(statement); statement = facts_statement(facts, statement)->parent) {
        StatementId parent = facts_statement(facts, statement)->parent;
        if (fact_is(parent) && facts_statement(facts, parent)->kind == STATEMENT_TRY &&
            facts_statement(facts, statement)->branch == 3)
            return true;
    }
    return false;
}

static Str text_of(const Facts *facts, ExprId expr) {
    const ExprFact *row = facts_expr(facts, expr);
    return facts_text(facts, facts_expr_module(facts, expr), row->start, row->end);
}

static ExprId receiver_of(const Facts *facts, ExprId call) {
    const CallFact *row = facts_call(facts, facts_expr(facts, call)->call);
    const ExprFact *callee = facts_expr(facts, row->callee);
    return callee->kind == EXPR_ATTRIBUTE ? callee->base : FACT_NONE(ExprId);
}

static Str place_of(const Facts *facts, ExprId at) {
    const ExprFact *row = facts_expr(facts, at);
    if (row->kind == EXPR_SUBSCRIPT) at = row->base;
    if (row->kind == EXPR_CALL) at = receiver_of(facts, at);
    return fact_is(at) ? text_of(facts, at) : STR_NONE;
}

static void add(Flow *flow, FunctionId function, Str place) {
    uint32_t next = 0;
    if (!fact_is(function) || !place.length) return;
    map_get(&flow->first_clear, function.index, &next);
    map_put(&flow->first_clear, function.index, flow->clears.count);
    vec_add(&flow->clears, ((FlowClear){function, place, next}));
}

static void add_bindings(const Facts *facts, Flow *flow) {
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *row = &facts->bindings.items[i];
        bool nothing = fact_is(row->value) && facts_expr(facts, row->value)->kind == EXPR_NONE;
        if (!nothing || !in_finally(facts, row->statement)) continue;
        Str place = fact_is(row->symbol) ? facts_name(facts, facts_symbol(facts, row->symbol)->name)
                                         : place_of(facts, row->target);
        add(flow, facts_scope_function(facts, row->scope), place);
    }
}

static void add_deletions(const Facts *facts, Flow *flow) {
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *row = &facts->exprs.items[i];
        bool empties = row->kind == EXPR_CALL && (facts_call(facts, row->call)->flags & CALL_EMPTIES);
        if ((empties || (row->flags & EXPR_DELETED)) && in_finally(facts, row->statement))
            add(flow, facts_scope_function(facts, row->scope), place_of(facts, (ExprId){i}));
    }
}

void flow_find_clears(const Facts *facts, Flow *flow) {
    *vec_push(&flow->clears) = (FlowClear){0};
    add_bindings(facts, flow);
    add_deletions(facts, flow);
}

bool flow_is_cleared(const Flow *flow, const Facts *facts, const FlowStore *store) {
    StatementId statement = fact_is(store->at) ? facts_expr(facts, store->at)->statement
                                               : facts_binding(facts, store->binding)->statement;
    uint32_t row = 0;
    if (!map_get(&flow->first_clear, store->function.index, &row) || in_finally(facts, statement))
        return false;
    Str place = fact_is(store->at) ? place_of(facts, store->at)
                                   : facts_name(facts, facts_symbol(facts, store->symbol)->name);
    for (; row; row = flow->clears.items[row].next)
        if (str_equal(flow->clears.items[row].place, place)) return true;
    return false;
}
