// Start-up and background work for every tenant: `for_each` of a boundary. Comes in: boundaries, expressions. Goes
// out: which calls may be made again for another tenant.
//
//     def start():                                  def start():
//         get_manager().load()              ->          each(lambda context: get_manager(context).load())
//
// What is done again must mean the same whenever that is: what the call gives is dropped, or awaited for no value, and
// names that it reads of the function are bound once, and in no loop.
#include "base/bug.h"
#include "solve/solver.h"

static const BoundaryRule *rule_of(const Solver *solver, FunctionId function) {
    uint32_t boundary =
        fact_is(function) ? solver->solution->functions[function.index].boundary : 0;
    return boundary ? &solver->program->rules->boundaries.items[boundary - 1] : NULL;
}

static bool is_each_rule(const Solver *solver, Str dotted, bool body) {
    const Rules *rules = solver->program->rules;
    for (uint32_t i = 0; i < rules->boundaries.count; i++) {
        Str wanted =
            body ? rules->boundaries.items[i].each_body : rules->boundaries.items[i].each_call;
        if (wanted.length && program_is_named(solver->program, wanted, dotted)) return true;
    }
    return false;
}

// What a chain of names means through imports; empty when it is none.
static Str meaning_of(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_ATTRIBUTE) {
        Str base = meaning_of(solver, row->base);
        return base.length ? arena_format(solver->arena, "%.*s.%.*s", STR_ARG(base),
                                          STR_ARG(program_name(program, row->name)))
                           : STR_NONE;
    }
    SymbolId symbol = program_symbol_of(program, expr);
    if (row->kind != EXPR_NAME || !fact_is(symbol)) return STR_NONE;
    const BindingFact *binding =
        program_binding(program, program_symbol(program, symbol)->first_binding);
    return binding->kind == BINDING_IMPORT
               ? program_name(program, program_import(program, binding->import_)->dotted)
               : STR_NONE;
}

// ---- which may be made again ---------------------------------------------------------------------------------
static bool is_in_loop(const Program *program, StatementId statement) {
    for (; fact_is(statement); statement = program_statement(program, statement)->parent) {
        StatementKind kind = program_statement(program, statement)->kind;
        if (kind == STATEMENT_FUNCTION) return false;
        if (kind == STATEMENT_LOOP || kind == STATEMENT_WHILE) return true;
    }
    return false;
}

static bool is_bound_once(const Program *program, SymbolId symbol, FunctionId function) {
    const SymbolFact *row = program_symbol(program, symbol);
    if (!fact_same(program_scope_function(program, row->scope), function))
        return true; // not its own
    const BindingFact *binding = program_binding(program, row->first_binding);
    return fact_same(row->first_binding, row->last_binding) && binding->kind != BINDING_ITERATE &&
           binding->kind != BINDING_ITERATE_ASYNC && !is_in_loop(program, binding->statement);
}

// An expression that a function inside the call could not have, or that another time would read anew.
static bool hinders(const Solver *solver, ExprId expr, FunctionId function) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    SymbolId symbol = program_symbol_of(program, expr);
    if (row->kind == EXPR_NAME)
        return (program_name_flags(program, expr) & NAME_NEEDS_PLACE) ||
               (fact_is(symbol) && !is_bound_once(program, symbol, function));
    return row->kind == EXPR_AWAIT || row->kind == EXPR_YIELD || row->kind == EXPR_WALRUS ||
           row->kind == EXPR_LAMBDA;
}

static bool gathers(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    return row->kind == EXPR_CALL && (program_callee_flags(program, row->call) & NAME_GATHERS);
}

// gather(*EXPR)
static bool is_spread_to_gather(const Program *program, ExprId expr) {
    ExprId around = program_expr(program, expr)->parent;
    if (!fact_is(around) || !gathers(program, around)) return false;
    const CallFact *call = program_call(program, program_expr(program, around)->call);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *row = program_argument(program, (ArgumentId){call->first_argument + i});
        if (fact_same(row->value, expr)) return row->kind == ARGUMENT_REST;
    }
    return false;
}

// All that the call may run are coroutine functions, so that it gives what gather() awaits.
static bool gives_coroutine(const Program *program, ExprId expr) {
    RowList edges = program_call_edges(program, program_expr(program, expr)->call);
    bool some = false;
    for (; edges.at < edges.end; edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        if (edge->kind != EDGE_CALL || !fact_is(edge->callee)) return false;
        uint32_t flags = program_function(program, edge->callee)->flags;
        if (!(flags & FUNCTION_ASYNC) || (flags & FUNCTION_GENERATOR)) return false;
        some = true;
    }
    return some;
}

// The name TASKS when EXPR is tasks.append(...) or tasks.extend(...); none for others.
static ExprId grown_list(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr), *callee = program_expr(program, row->base);
    if (row->kind != EXPR_CALL || callee->kind != EXPR_ATTRIBUTE) return FACT_NONE(ExprId);
    return program_name_flags(program, row->base) & NAME_GROWS ? callee->base : FACT_NONE(ExprId);
}

static bool is_grown(const Program *program, ExprId name) {
    ExprId method = program_expr(program, name)->parent;
    return fact_is(method) &&
           fact_same(grown_list(program, program_expr(program, method)->parent), name);
}

// What is gathered: lists that nothing reads but gather(*tasks) and what adds to them.
typedef struct Gathered {
    bool *symbols;    // by symbol
    bool *statements; // by statement: it makes such a list
} Gathered;

static Gathered find_gathered(const Program *program) {
    uint32_t count = program_symbol_count(program) + 1;
    Gathered gathered = {memory_alloc_zeroed(count, sizeof(bool)),
                         memory_alloc_zeroed(program_statement_count(program) + 1, sizeof(bool))};
    bool *otherwise = memory_alloc_zeroed(count, sizeof *otherwise);
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        SymbolId symbol = program_symbol_of(program, (ExprId){i});
        if (row->kind != EXPR_NAME || !fact_is(symbol) || (row->flags & EXPR_STORED)) continue;
        bool spread = is_spread_to_gather(program, (ExprId){i});
        if (spread || !is_grown(program, (ExprId){i}))
            *(spread ? &gathered.symbols[symbol.index] : &otherwise[symbol.index]) = true;
    }
    for (uint32_t i = 0; i < count; i++) gathered.symbols[i] = gathered.symbols[i] && !otherwise[i];
    free(otherwise);
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        if (!fact_is(binding->symbol) || !gathered.symbols[binding->symbol.index]) continue;
        const SymbolFact *symbol = program_symbol(program, binding->symbol);
        if (fact_same(symbol->first_binding, symbol->last_binding))
            gathered.statements[binding->statement.index] = true;
    }
    return gathered;
}

// EXPR adds to a list that is gathered.
static bool adds_to_gathered(const Program *program, const Gathered *gathered, ExprId expr) {
    SymbolId symbol = program_symbol_of(program, grown_list(program, expr));
    return fact_is(symbol) && gathered->symbols[symbol.index];
}

// tasks = [x.run(), y.run()]; tasks.append(z.run()); tasks.extend([z.run()]); await gather(*tasks)
static bool is_gathered_list(const Program *program, const Gathered *gathered, ExprId display) {
    if (adds_to_gathered(program, gathered, display)) return true;
    const ExprFact *row = program_expr(program, display);
    if (row->kind != EXPR_LIST && row->kind != EXPR_TUPLE) return false;
    if (fact_is(row->parent)) return adds_to_gathered(program, gathered, row->parent);
    const StatementFact *statement = program_statement(program, row->statement);
    return statement->kind == STATEMENT_ASSIGN && fact_same(statement->value, display) &&
           gathered->statements[row->statement.index];
}

static bool is_candidate(const Solver *solver, const Gathered *gathered, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->kind != EXPR_CALL) return false;
    const BoundaryRule *rule = rule_of(solver, program_scope_function(program, row->scope));
    if (!rule || !rule->each_call.length) return false;
    const StatementFact *statement = program_statement(program, row->statement);
    ExprId value = statement->value;
    if (fact_is(value) && program_expr(program, value)->kind == EXPR_AWAIT)
        value = program_expr(program, value)->base;
    if (statement->kind == STATEMENT_EXPRESSION && fact_same(value, expr))
        return !gathers(program, expr) && !fact_is(grown_list(program, expr));
    bool among = gathers(program, row->parent)
                     ? !fact_same(program_expr(program, row->parent)->base, expr)
                     : is_gathered_list(program, gathered, row->parent);
    return among && gives_coroutine(program, expr);
}

// For each expression the candidate that it is part of, the innermost; 0: none. Each step up is made once, and none in
// statements without a candidate: ASKED, by statement.
static void spread(const Program *program, const bool *candidates, const bool *asked, uint32_t *around) {
    static const uint32_t UNKNOWN = UINT32_MAX;
    uint32_t count = program_expr_count(program);
    Vec(uint32_t) path = {0};
    for (uint32_t i = 1; i < count; i++)
        around[i] = asked[program_expr(program, (ExprId){i})->statement.index] ? UNKNOWN : 0;
    for (uint32_t i = 1; i < count; i++) {
        uint32_t at = i;
        for (; at && around[at] == UNKNOWN && !candidates[at];
             at = program_expr(program, (ExprId){at})->parent.index)
            vec_add(&path, at);
        uint32_t found = !at ? 0 : candidates[at] ? at : around[at];
        if (at) around[at] = found;
        while (path.count) around[path.items[--path.count]] = found;
    }
    vec_release(&path);
}

static void strike_hindered(const Solver *solver, bool *candidates) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        ExprId around = {solver->each_call[i]};
        if (fact_is(around) &&
            hinders(solver, (ExprId){i},
                    program_scope_function(program, program_expr(program, around)->scope)))
            candidates[around.index] = false;
    }
}

// The parts of an expression stand in its statement.
static void settle_candidates(Solver *solver, const Gathered *gathered) {
    const Program *program = solver->program;
    bool *candidates = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *candidates);
    bool *asked = memory_alloc_zeroed(program_statement_count(program) + 1, sizeof *asked);
    bool some = false;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        candidates[i] = is_candidate(solver, gathered, (ExprId){i});
        if (!candidates[i]) continue;
        some = asked[program_expr(program, (ExprId){i})->statement.index] = true;
    }
    if (some) {
        spread(program, candidates, asked, solver->each_call);
        strike_hindered(solver, candidates);
        spread(program, candidates, asked, solver->each_call);
    }
    free(candidates);
    free(asked);
}

// Lambdas that an earlier run gave to what runs them for each.
static void find_written(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        const ExprFact *outer = program_expr(program, row->parent);
        if (row->kind == EXPR_LAMBDA && outer->kind == EXPR_CALL &&
            is_each_rule(solver, program_name(program, program_call(program, outer->call)->dotted),
                         false))
            solver->each_function[row->function.index] = true;
    }
}

// Asks for boundaries and the call graph, which no attempt changes.
void solver_find_each(Solver *solver) {
    const Program *program = solver->program;
    if (solver->each_call) return;
    solver->each_call = arena_array(solver->arena, uint32_t, program_expr_count(program) + 1);
    solver->each_function = arena_array(solver->arena, bool, program_function_count(program) + 1);
    const Rules *rules = program->rules;
    bool some = false;
    for (uint32_t i = 0; i < rules->boundaries.count; i++)
        some = some || rules->boundaries.items[i].each_call.length > 0;
    if (!some) return;
    Gathered gathered = find_gathered(program);
    settle_candidates(solver, &gathered);
    find_written(solver);
    free(gathered.symbols);
    free(gathered.statements);
}

bool each_is_decorated(const Solver *solver, FunctionId function) {
    const Program *program = solver->program;
    ExprId decorator = program_function(program, function)->first_decorator;
    for (; fact_is(decorator); decorator = program_expr(program, decorator)->next_sibling)
        if (is_each_rule(solver, meaning_of(solver, decorator), true)) return true;
    return false;
}

bool each_runs_at(const Solver *solver, ExprId expr) { return solver->each_call[expr.index] != 0; }
