// What rules say of parameters that the source says nothing of.
// Comes in: extracted facts and the rules. Goes out: ParameterFact.declared. Must never overrule an
// annotation.
#include "solve/declare.h"

#include "solve/solver.h"

Str declare_decorator_text(const Facts *facts, ExprId decorator) {
    const ExprFact *expr = facts_expr(facts, decorator);
    if (expr->kind == EXPR_CALL) expr = facts_expr(facts, expr->base);
    return facts_text(facts, facts_expr_module(facts, decorator), expr->start, expr->end);
}

static bool is_meant(const Facts *facts, const FunctionFact *function, const ParameterRule *rule) {
    if (!rule->decorated)
        return rule_names_match(&rule->targets, facts_name(facts, function->qualified));
    for (ExprId d = function->first_decorator; fact_is(d);
         d = facts_expr(facts, d)->next_sibling)
        if (rule_names_match(&rule->targets, declare_decorator_text(facts, d))) return true;
    return false;
}

static void declare_by(Facts *facts, const FunctionFact *function, const ParameterRule *rule) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        ParameterFact *parameter = &facts->parameters.items[function->first_parameter + i];
        if (fact_is(parameter->annotation) || parameter->declared.index) continue;
        for (uint32_t k = 0; k < rule->types.count; k++)
            if (str_equal(facts_name(facts, parameter->name), rule->types.items[k].parameter))
                parameter->declared = intern(facts->names, rule->types.items[k].klass.text);
    }
}

void declare_parameters(Facts *facts, const Rules *rules) {
    for (uint32_t r = 0; r < rules->parameters.count; r++)
        for (uint32_t i = 1; i < facts->functions.count; i++) {
            const FunctionFact *function = &facts->functions.items[i];
            if (is_meant(facts, function, &rules->parameters.items[r]))
                declare_by(facts, function, &rules->parameters.items[r]);
        }
}
