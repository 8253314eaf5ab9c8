// Start-up and background work for every tenant: `for_each` of a boundary. Comes in: boundaries, statements. Goes
// out: which statements may be run again for another tenant, and, once outcomes are known, which are to be.
//
//     def start():                                  def start():
//         get_manager().load()              ->          each(lambda context: get_manager(context).load())
//
// What runs again must mean the same whenever that is: the value of the statement is dropped, or awaited for no
// value; it stands in no loop; names that it reads of the function are bound once.
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

// ---- which may be run again --------------------------------------------------------------------------------
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

// An expression that a function inside the statement could not have, or that another round would read anew.
static bool hinders(const Solver *solver, ExprId expr, FunctionId function) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    SymbolId symbol = program_symbol_of(program, expr);
    switch ((ExprKind)row->kind) {
    case EXPR_YIELD:
    case EXPR_WALRUS:
    case EXPR_LAMBDA: return true;
    case EXPR_AWAIT: return fact_is(row->parent); // await x() as a whole stays outside
    case EXPR_NAME:
        return str_is(program_name(program, row->name), "super") ||
               (fact_is(symbol) && !is_bound_once(program, symbol, function));
    case EXPR_ATTRIBUTE:
    case EXPR_SUBSCRIPT:
    case EXPR_CALL:
    case EXPR_TUPLE:
    case EXPR_LIST:
    case EXPR_SET:
    case EXPR_DICT:
    case EXPR_CHOICE:
    case EXPR_LIST_COMPREHENSION:
    case EXPR_SET_COMPREHENSION:
    case EXPR_DICT_COMPREHENSION:
    case EXPR_GENERATOR:
    case EXPR_STRING:
    case EXPR_OTHER:
    case EXPR_UNION:
    case EXPR_STAR:
    case EXPR_NUMBER:
    case EXPR_NONE:
    case EXPR_TRUTH:
    case EXPR_ELLIPSIS: break;
    }
    return false;
}

static FunctionId looping_function(const Solver *solver, StatementId statement) {
    FunctionId function = program_scope_function(
        solver->program, program_statement(solver->program, statement)->scope);
    const BoundaryRule *rule = rule_of(solver, function);
    return rule && rule->each_call.length ? function : FACT_NONE(FunctionId);
}

void solver_find_each(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        const StatementFact *row = program_statement(program, (StatementId){i});
        if (row->kind == STATEMENT_EXPRESSION &&
            fact_is(looping_function(solver, (StatementId){i})))
            solver->each_statement[i] = !is_in_loop(program, (StatementId){i});
    }
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        if (solver->each_statement[row->statement.index] &&
            hinders(solver, (ExprId){i}, looping_function(solver, row->statement)))
            solver->each_statement[row->statement.index] = false;
        if (row->kind != EXPR_LAMBDA) continue;
        const ExprFact *around = program_expr(program, row->parent);
        if (around->kind == EXPR_CALL && // written by an earlier run
            is_each_rule(solver, program_name(program, program_call(program, around->call)->dotted),
                         false))
            solver->each_function[row->function.index] = true;
    }
}

// ---- which are -------------------------------------------------------------------------------------------------
// Something in the statement of EXPR is given the context that FUNCTION makes.
static void use(Solver *solver, ExprId expr, FunctionId function, bool *used) {
    const Program *program = solver->program;
    StatementId statement = program_expr(program, expr)->statement;
    bool own =
        fact_same(program_scope_function(program, program_expr(program, expr)->scope), function);
    if (own && solver->each_statement[statement.index])
        used[statement.index] = true;
    else
        solver->solution->functions[function.index].needs_created = true;
}

static void find_uses(Solver *solver, bool *used) {
    const Program *program = solver->program;
    Solution *solution = solver->solution;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        solution->functions[i].needs_created = false;
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        if (fact_is(sink->expr) && fact_is(sink->function) &&
            outcome_row(sink->outcome)->rewritten && !sink->migrated && !sink->inside_accessor &&
            !sink->ambient)
            use(solver, sink->expr, sink->function, used);
    }
    for (uint32_t i = 0; i < solution->calls.count; i++) {
        const CallPlan *plan = &solution->calls.items[i];
        ExprId expr = program_call(program, plan->call)->expr;
        FunctionId function = program_scope_function(program, program_expr(program, expr)->scope);
        if (plan->supply == CALL_PASSES && !plan->ambient && !plan->inside_accessor &&
            fact_is(function))
            use(solver, expr, function, used);
    }
    for (uint32_t i = 0; i < solution->forwards.count; i++) {
        const ForwardPlan *plan = &solution->forwards.items[i];
        FunctionId function =
            program_scope_function(program, program_expr(program, plan->expr)->scope);
        if (!plan->ambient && !plan->inside_accessor && fact_is(function))
            use(solver, plan->expr, function, used);
    }
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (solution->functions[i].supply == SUPPLY_CLOSURE)
            solution->functions[program_function(program, (FunctionId){i})->enclosing.index]
                .needs_created = true;
}

void solver_settle_each(Solver *solver) {
    const Program *program = solver->program;
    bool *used = arena_array(solver->arena, bool, program_statement_count(program) + 1);
    find_uses(solver, used);
    solver->each_statement = used;
    solver->solution->each_statement = used;
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        if (!used[i]) continue;
        const StatementFact *row = program_statement(program, (StatementId){i});
        const ExprFact *value = program_expr(program, row->value);
        ExprId expr = value->kind == EXPR_AWAIT ? value->base : row->value;
        FunctionId function = program_scope_function(program, row->scope);
        vec_add(&solver->solution->loops,
                ((EachCall){.expr = expr,
                            .function = function,
                            .runner = rule_of(solver, function)->each_call}));
    }
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const BoundaryRule *rule = rule_of(solver, (FunctionId){i});
        solver->solution->functions[i].runs_for_each = solver->each_function[i];
        if (!rule || !rule->each_body.length) continue;
        FunctionPlan *plan = &solver->solution->functions[i];
        bool gains = plan->supply == SUPPLY_CREATED && !solver->frozen_function[i];
        plan->each_body = each_is_decorated(solver, (FunctionId){i}) ? EACH_ALREADY
                          : gains                                    ? EACH_GAINS
                                                                     : EACH_NOT;
    }
}

// ---- questions ---------------------------------------------------------------------------------------------------
bool each_is_decorated(const Solver *solver, FunctionId function) {
    const Program *program = solver->program;
    ExprId decorator = program_function(program, function)->first_decorator;
    for (; fact_is(decorator); decorator = program_expr(program, decorator)->next_sibling)
        if (is_each_rule(solver, meaning_of(solver, decorator), true)) return true;
    return false;
}

bool each_runs_at(const Solver *solver, ExprId expr) {
    return solver->each_statement[program_expr(solver->program, expr)->statement.index];
}

uint32_t each_origin(const Solver *solver, FunctionId function) {
    const FunctionPlan *plan = &solver->solution->functions[function.index];
    if (plan->each_body != EACH_NOT) return ORIGIN_EACH_TENANT;
    return (uint32_t)solver->program->rules->boundaries.items[plan->boundary - 1].origin;
}
