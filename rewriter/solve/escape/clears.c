// Places that are emptied when a function ends, so that nothing stays for the next tenant:
//
//     CURRENT["user"] = user
//     try: work()
//     finally: CURRENT.pop("user")
//
// Comes in: statements of finally blocks. Goes out: Flow.clears. A place is compared as it is written.
#include "solve/escape/flow.h"

bool flow_in_finally(const Program *program, StatementId statement) {
    for (; fact_is(statement); statement = program_statement(program, statement)->parent) {
        StatementId parent = program_statement(program, statement)->parent;
        if (fact_is(parent) && program_statement(program, parent)->kind == STATEMENT_TRY &&
            program_statement(program, statement)->branch == 3)
            return true;
    }
    return false;
}

static Str text_of(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    return program_text(program, program_expr_module(program, expr), row->start, row->end);
}

static ExprId receiver_of(const Program *program, ExprId call) {
    const CallFact *row = program_call(program, program_expr(program, call)->call);
    const ExprFact *callee = program_expr(program, row->callee);
    return callee->kind == EXPR_ATTRIBUTE ? callee->base : FACT_NONE(ExprId);
}

static Str place_of(const Program *program, ExprId at) {
    const ExprFact *row = program_expr(program, at);
    if (row->kind == EXPR_SUBSCRIPT) at = row->base;
    if (row->kind == EXPR_CALL) at = receiver_of(program, at);
    return fact_is(at) ? text_of(program, at) : STR_NONE;
}

static void add(Flow *flow, FunctionId function, Str place) {
    uint32_t next = 0;
    if (!fact_is(function) || !place.length) return;
    map_get(&flow->first_clear, function.index, &next);
    map_put(&flow->first_clear, function.index, flow->clears.count);
    vec_add(&flow->clears, ((FlowClear){function, place, next}));
}

static void add_bindings(const Program *program, Flow *flow) {
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *row = program_binding(program, (BindingId){i});
        bool nothing = fact_is(row->value) && program_expr(program, row->value)->kind == EXPR_NONE;
        if (!nothing || !flow_in_finally(program, row->statement)) continue;
        Str place = fact_is(row->symbol) ? program_name(program, program_symbol(program, row->symbol)->name)
                                         : place_of(program, row->target);
        add(flow, program_scope_function(program, row->scope), place);
    }
}

static void add_deletions(const Program *program, Flow *flow) {
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        bool empties = row->kind == EXPR_CALL && (program_call(program, row->call)->flags & CALL_EMPTIES);
        if ((empties || (row->flags & EXPR_DELETED)) && flow_in_finally(program, row->statement))
            add(flow, program_scope_function(program, row->scope), place_of(program, (ExprId){i}));
    }
}

void flow_find_clears(const Program *program, Flow *flow) {
    *vec_push(&flow->clears) = (FlowClear){0};
    add_bindings(program, flow);
    add_deletions(program, flow);
}

bool flow_is_cleared(const Flow *flow, const Program *program, const FlowStore *store) {
    StatementId statement = fact_is(store->at) ? program_expr(program, store->at)->statement
                                               : program_binding(program, store->binding)->statement;
    uint32_t row = 0;
    if (!map_get(&flow->first_clear, store->function.index, &row) || flow_in_finally(program, statement))
        return false;
    Str place = fact_is(store->at) ? place_of(program, store->at)
                                   : program_name(program, program_symbol(program, store->symbol)->name);
    for (; row; row = flow->clears.items[row].next)
        if (str_equal(flow->clears.items[row].place, place)) return true;
    return false;
}
