// A value that does not last: functions that give the ambient context itself another value, and all that may call one. In:
// rules that put the context in the place of a variable. Out: functions that cannot take it as a parameter, since they
// would go on with the old value. Who has the address of the variable may give it one, too, and so may a macro.
//
//     void loop(void) { while (!config->quit) if (asked) reload(); }        void reload(void) { config = next(); }
//     load(&config);        #define FREE(p) (free(p), (p) = NULL)
#include "solve/solver.h"

enum { MACROS_DEEP = 4 }; // that hand on to each other what is written to

typedef Vec(uint32_t) Functions;

static bool writes_to(const Solver *solver, ExprId id, unsigned deep);

static bool parameter_is_written(const Solver *solver, ParameterId parameter, unsigned deep) {
    RowList reads = program_reads(solver->program, program_parameter(solver->program, parameter)->symbol);
    for (; reads.at < reads.end; reads.at++)
        if (writes_to(solver, (ExprId){*reads.at}, deep + 1)) return true;
    return false;
}

// Asked once for each depth: a macro may use its parameter often, and each use lead to such macros.
static bool writes_to_parameter(const Solver *solver, FunctionId id, uint32_t position, unsigned deep) {
    const FunctionFact *macro = program_function(solver->program, id);
    if (!(macro->flags & FUNCTION_MACRO) || position >= macro->parameter_count) return false;
    ParameterId parameter = {macro->first_parameter + position};
    uint8_t *known = &solver->written_by_macro[parameter.index], asked = (uint8_t)(1 << deep);
    if (!(*known & asked))
        *known = (uint8_t)(*known | asked | (parameter_is_written(solver, parameter, deep) ? asked << MACROS_DEEP : 0));
    return *known & asked << MACROS_DEEP;
}

// ID is an argument of a macro that gives it a value.
static bool macro_writes_to(const Solver *solver, ExprId id, unsigned deep) {
    const Program *program = solver->program;
    ExprId around = program_expr(program, id)->parent;
    CallId call = fact_is(around) ? program_expr(program, around)->call : FACT_NONE(CallId);
    if (!fact_is(call) || deep == MACROS_DEEP) return false;
    const CallFact *row = program_call(program, call);
    for (uint32_t i = 0; i < row->argument_count; i++) {
        if (!fact_same(program_argument(program, (ArgumentId){row->first_argument + i})->value, id)) continue;
        for (RowList edges = program_call_edges(program, call); edges.at < edges.end; edges.at++) {
            FunctionId callee = program_edge(program, *edges.at)->callee;
            if (fact_is(callee) && writes_to_parameter(solver, callee, i, deep)) return true;
        }
    }
    return false;
}

static bool writes_to(const Solver *solver, ExprId id, unsigned deep) {
    return (program_expr(solver->program, id)->flags & (EXPR_WRITTEN | EXPR_ADDRESSED)) || macro_writes_to(solver, id, deep);
}

bool solver_may_write_to(const Solver *solver, ExprId id) { return writes_to(solver, id, 0); }

// All that move together with FUNCTION, once.
static void add_family(Solver *solver, FunctionId function, Functions *work) {
    const Program *program = solver->program;
    RowList members = program_members(program, program_function(program, function)->family);
    for (; members.at < members.end; members.at++) {
        if (solver->renews[*members.at]) continue;
        solver->renews[*members.at] = true;
        vec_add(work, *members.at);
    }
}

static void add_writers(Solver *solver, SymbolId symbol, Functions *work) {
    const Program *program = solver->program;
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++) {
        const ExprFact *expr = program_expr(program, (ExprId){*reads.at});
        FunctionId function = program_scope_function(program, expr->scope);
        if (fact_is(function) && solver_may_write_to(solver, (ExprId){*reads.at})) add_family(solver, function, work);
    }
}

void solver_find_renewed(Solver *solver) {
    const Program *program = solver->program;
    Functions work = {0};
    solver->written_by_macro = arena_array(solver->arena, uint8_t, program_parameter_count(program) + 1);
    solver->renews = arena_array(solver->arena, bool, program_function_count(program) + 1);
    for (uint32_t i = 0; i < program->rules->sinks.count; i++) {
        const SinkRule *rule = &program->rules->sinks.items[i];
        if (rule->kind != SINK_SYMBOL || !str_is(rule->replace, "{context}")) continue;
        SymbolId symbol = program_find_symbol(program, rule->target.text);
        if (fact_is(symbol)) add_writers(solver, symbol, &work);
    }
    for (uint32_t i = 0; i < work.count; i++) {
        RowList callers = program_callers(program, (FunctionId){work.items[i]});
        for (; callers.at < callers.end; callers.at++) {
            FunctionId caller = program_edge_caller(program, *callers.at);
            if (fact_is(caller)) add_family(solver, caller, &work);
        }
    }
    vec_release(&work);
}
