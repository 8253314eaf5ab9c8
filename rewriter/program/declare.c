// What rules say of parameters that the source says nothing of.
// Comes in: facts with resolved imports, and the rules. Goes out: ParameterFact.declared. Must never overrule
// an annotation.
#include "program/declare.h"

#include "program/name.h"

Str declare_decorator_text(const Facts *facts, ExprId decorator) {
    const ExprFact *expr = facts_expr(facts, decorator);
    if (expr->kind == EXPR_CALL) expr = facts_expr(facts, expr->base);
    return facts_text(facts, facts_expr_module(facts, decorator), expr->start, expr->end);
}

static bool is_meant(const Program *program, const FunctionFact *function,
                     const ParameterRule *rule) {
    const Facts *facts = program->facts;
    if (!rule->decorated)
        return program_names_match(program, &rule->targets,
                                   facts_name(facts, function->qualified));
    for (ExprId d = function->first_decorator; fact_is(d); d = facts_expr(facts, d)->next_sibling)
        if (program_names_match(program, &rule->targets, declare_decorator_text(facts, d)))
            return true;
    return false;
}

// The class by the name that the facts have for it; a class outside the tree by the rule's.
static Name class_name(const Program *program, Facts *facts, Str named) {
    ClassId klass = program_find_class(program, named);
    return fact_is(klass) ? facts_class(facts, klass)->qualified : intern(facts->names, named);
}

static void declare_by(const Program *program, Facts *facts, const FunctionFact *function,
                       const ParameterRule *rule) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        ParameterFact *parameter = &facts->parameters.items[function->first_parameter + i];
        if (fact_is(parameter->annotation) || parameter->declared.index) continue;
        for (uint32_t k = 0; k < rule->types.count; k++)
            if (str_equal(facts_name(facts, parameter->name), rule->types.items[k].parameter))
                parameter->declared = class_name(program, facts, rule->types.items[k].klass.text);
    }
}

void declare_parameters(const Program *program, Facts *facts) {
    const Rules *rules = program->rules;
    for (uint32_t r = 0; r < rules->parameters.count; r++)
        for (uint32_t i = 1; i < facts->functions.count; i++) {
            const FunctionFact *function = &facts->functions.items[i];
            if (is_meant(program, function, &rules->parameters.items[r]))
                declare_by(program, facts, function, &rules->parameters.items[r]);
        }
}
