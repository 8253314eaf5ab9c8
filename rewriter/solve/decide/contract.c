// The second of two stages: parameters that the first one added as optional become required.
// Comes in: a tree that `--stage expand` (or mode hybrid or optional) has rewritten. Goes out: needs, so
// that every caller is asked as it would be in mode required; outcome.c then decides which of the
// parameters stay optional. Must recognise a parameter by its form alone: an earlier run leaves no other
// trace.
#include "solve/solver.h"

// Keyword-only, `T | None = None`, with the name of the context.
static bool has_optional_form(const Facts *facts, const ParameterFact *parameter) {
    const ExprFact *annotation = facts_expr(facts, parameter->annotation);
    if (parameter->kind != PARAMETER_KEYWORD || annotation->kind != EXPR_UNION) return false;
    ExprId first = annotation->first_child;
    ExprId last = facts_expr(facts, first)->next_sibling;
    bool two = fact_is(last) && !fact_is(facts_expr(facts, last)->next_sibling);
    return two && facts_expr(facts, last)->kind == EXPR_NONE &&
           facts_expr(facts, parameter->default_value)->kind == EXPR_NONE;
}

static bool is_read(const Solver *solver, SymbolId symbol) {
    return solver->reads.first[symbol.index] != solver->reads.first[symbol.index + 1];
}

// What treats None in any other way than we do is a person's, and stays.
static bool is_added_as_optional(const Solver *solver, FunctionId id, Span *fallback) {
    const Facts *facts = solver->facts;
    const FunctionFact *function = facts_function(facts, id);
    const ContextRule *rule = &solver->rules->context;
    ParameterId parameter = supply_context_parameter(solver, function);
    *fallback = (Span){0};
    if (!fact_is(parameter) || solver->taken[id.index]) return false;
    const ParameterFact *row = facts_parameter(facts, parameter);
    return has_optional_form(facts, row) &&
           (!is_read(solver, row->symbol) ||
            solver->options->contract->find_fallback(facts, id, rule->parameter, rule->ambient,
                                                     fallback));
}

bool solver_lacks_fallback(const Solver *solver, FunctionId id) {
    const Facts *facts = solver->facts;
    ParameterId parameter = supply_context_parameter(solver, facts_function(facts, id));
    if (!fact_is(parameter) || solver->taken[id.index]) return false;
    const ParameterFact *row = facts_parameter(facts, parameter);
    return has_optional_form(facts, row) && !is_read(solver, row->symbol);
}

bool solver_is_contracted(const Solver *solver, FunctionId id, Span *fallback) {
    return solver->options->contract && solver->solution->functions[id.index].has_parameter &&
           is_added_as_optional(solver, id, fallback);
}

void solver_ask_for_contracted(Solver *solver) {
    const Facts *facts = solver->facts;
    for (uint32_t i = 1; solver->parameter.index && i < facts->functions.count; i++) {
        Span fallback;
        if (solver->runtime_module[facts->functions.items[i].module.index]) continue;
        if (is_added_as_optional(solver, (FunctionId){i}, &fallback))
            need_parameter(solver, (FunctionId){i});
    }
}
