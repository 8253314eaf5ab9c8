// A function explained: what changes, and why. In: its plan and the facts behind it. Out: one subject.
// Every phrase continues "the function ..."; reasons are whole clauses.
#include "explain/explainer.h"

#include "base/message.h"

static const char *function_noun(const FunctionFact *function) {
    if (function->flags & FUNCTION_LAMBDA) return "lambda";
    if (function->flags & FUNCTION_CONSTRUCTOR) return "constructor";
    if (function->flags & FUNCTION_PROPERTY) return "property";
    if (fact_is(function->klass)) return "method";
    return fact_is(function->enclosing) ? "nested function" : "function";
}

static const char *function_decision(const Explainer *explainer, FunctionId function) {
    const FunctionPlan *plan = &explainer->solution->functions[function.index];
    if (explainer->function_accessor[function.index]) return "accessor";
    switch (plan->supply) {
    case SUPPLY_PARAMETER: return "parameter";
    case SUPPLY_CARRIER: return "carried";
    case SUPPLY_HELD: return "held";
    case SUPPLY_CLOSURE: return "closure";
    case SUPPLY_CREATED: return "created";
    case SUPPLY_BRIDGED: return "bridged";
    case SUPPLY_NONE: break;
    }
    if (plan->reads_ambient) return "bridged";
    return plan->gains_parameter || plan->has_parameter ? "parameter" : "unchanged";
}

// ---- what changes --------------------------------------------------------------------------------
static void add_supply(Explainer *explainer, Subject *subject, FunctionId id) {
    const FunctionPlan *plan = &explainer->solution->functions[id.index];
    const FunctionFact *function = program_function(explainer->program, id);
    const BoundaryRule *boundary =
        plan->boundary ? &explainer->program->rules->boundaries.items[plan->boundary - 1] : NULL;
    switch (plan->supply) {
    case SUPPLY_NONE:
    case SUPPLY_PARAMETER: break;
    case SUPPLY_CARRIER:
        subject_change(
            explainer, subject, "takes the context from its parameter '%.*s'",
            STR_ARG(program_name(explainer->program,
                                 program_parameter(explainer->program, plan->carrier)->name)));
        break;
    case SUPPLY_HELD:
        subject_change(explainer, subject, "uses the context that its object holds");
        break;
    case SUPPLY_CLOSURE:
        subject_change(explainer, subject, "uses the context of the function around it, %.*s",
                       STR_ARG(explain_function_name(explainer, function->enclosing)));
        break;
    case SUPPLY_CREATED:
        subject_change(explainer, subject, "makes the context in its first statement");
        subject_reason(explainer, subject, "it is a boundary: rule '%.*s' of %.*s, origin %s", STR_ARG(boundary->id),
                       STR_ARG(rules_pack_at(explainer->program->rules, boundary->span)),
                       message_text(origin_name(boundary->origin)));
        break;
    case SUPPLY_BRIDGED:
        subject_change(explainer, subject, "reads the ambient context in its first statement");
        break;
    }
}

static void add_changes(Explainer *explainer, Subject *subject, FunctionId id) {
    const FunctionPlan *plan = &explainer->solution->functions[id.index];
    Str parameter = explainer->program->rules->context.parameter;
    uint32_t accessor = explainer->function_accessor[id.index];
    if (accessor)
        subject_change(explainer, subject, "becomes the accessor %.*s",
                       STR_ARG(explainer->solution->accessors.items[accessor].name));
    if (plan->gains_parameter)
        subject_change(explainer, subject, "gains the %s parameter '%.*s'",
                       message_text(plan->optional ? "optional" : "required"), STR_ARG(parameter));
    if (plan->becomes_required)
        subject_change(explainer, subject, "requires the parameter '%.*s', which was optional",
                       STR_ARG(parameter));
    else if (plan->has_parameter)
        subject_change(explainer, subject, "has the parameter '%.*s' already", STR_ARG(parameter));
    add_supply(explainer, subject, id);
    if (plan->stores) subject_change(explainer, subject, "keeps the context in the object");
    if (plan->reads_ambient)
        subject_change(explainer, subject, "reads the ambient context at each place that needs it");
    if (!subject->changes.count) subject_change(explainer, subject, "is not changed");
}

// ---- why -----------------------------------------------------------------------------------------
// Where a member of the family, or a class that runs this constructor, is handed on as a value.
static ExprId find_escape(const Explainer *explainer, FunctionId id) {
    const Program *program = explainer->program;
    uint32_t family = program_function(program, id)->family;
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind != EDGE_ESCAPE || explainer->forwarded[edge->expr.index]) continue;
        bool member =
            fact_is(edge->callee) && program_function(program, edge->callee)->family == family;
        FunctionId made = program_class(program, edge->klass)->constructor;
        if (member || (fact_is(edge->klass) && fact_same(made, id))) return edge->expr;
    }
    return FACT_NONE(ExprId);
}

static ExprId find_refused_call(const Explainer *explainer, FunctionId id) {
    const Program *program = explainer->program;
    uint32_t first = UINT32_MAX;
    RowList members = program_members(program, program_function(program, id)->family);
    for (; members.at < members.end; members.at++) {
        RowList callers = program_callers(program, (FunctionId){*members.at});
        for (; callers.at < callers.end && *callers.at < first; callers.at++) {
            const EdgeFact *edge = program_edge(program, *callers.at);
            uint32_t plan = edge->kind == EDGE_ESCAPE ? 0 : explainer->call_plan[edge->call.index];
            if (plan && explainer->solution->calls.items[plan - 1].supply == CALL_REFUSED)
                first = *callers.at;
        }
    }
    return first == UINT32_MAX ? FACT_NONE(ExprId) : program_edge(program, first)->expr;
}

static bool family_has(const Explainer *explainer, uint32_t family, uint32_t flag) {
    RowList rows = program_members(explainer->program, family);
    for (; rows.at < rows.end; rows.at++)
        if (flag ? (program_function(explainer->program, (FunctionId){*rows.at})->flags & flag) != 0
                 : explainer->solution->public_functions[*rows.at])
            return true;
    return false;
}

static uint32_t find_doubt(const Explainer *explainer, uint32_t family) {
    RowList rows = program_members(explainer->program, family);
    for (; rows.at < rows.end; rows.at++)
        if (explainer->solution->functions[*rows.at].doubt)
            return explainer->solution->functions[*rows.at].doubt;
    return 0;
}

static void add_doubt(Explainer *explainer, Subject *subject, uint32_t doubt) {
    CallId call = program_unresolved(explainer->program, doubt - 1)->call;
    Place at = explain_expr_place(explainer, program_call(explainer->program, call)->expr);
    subject_reason(explainer, subject,
                   "optional: the call at %.*s:%u has its name, and what it runs is not known",
                   STR_ARG(at.path), at.at.line);
}

static void add_optional_reason(Explainer *explainer, Subject *subject, FunctionId id) {
    uint32_t family = program_function(explainer->program, id)->family;
    ExprId escape = find_escape(explainer, id), refused = find_refused_call(explainer, id);
    ExprId why = fact_is(escape) ? escape : refused;
    uint32_t doubt = find_doubt(explainer, family);
    Place at = fact_is(why) ? explain_expr_place(explainer, why) : (Place){0};
    if (explainer->program->rules->context.mode == MODE_OPTIONAL)
        subject_reason(explainer, subject, "optional: the rules ask for it (mode: optional)");
    else if (fact_is(escape))
        subject_reason(explainer, subject,
                       "optional: it is handed on as a value at %.*s:%u, and who calls it then may "
                       "have no context",
                       STR_ARG(at.path), at.at.line);
    else if (fact_is(refused))
        subject_reason(explainer, subject,
                       "optional: the call at %.*s:%u may reach something that does not take it",
                       STR_ARG(at.path), at.at.line);
    else if (family_has(explainer, family, FUNCTION_OVERRIDES_FOREIGN))
        subject_reason(explainer, subject,
                       "optional: it may override something outside the tree, and be called there");
    else if (explainer->program->rules->context.mode == MODE_REQUIRED)
        subject_reason(explainer, subject,
                       "optional: its decorator hands it on, and nothing in the tree calls it");
    else if (family_has(explainer, family, 0))
        subject_reason(explainer, subject, "optional: it is public API");
    else if (doubt)
        add_doubt(explainer, subject, doubt);
    else
        subject_reason(explainer, subject, "optional: nobody in the tree calls it");
}

static const char *fixed_signature(const FunctionFact *function) {
    if (function->flags & FUNCTION_PROPERTY)
        return "a property is read, not called: nothing can be passed to it";
    if (function->flags & (FUNCTION_SPECIAL | FUNCTION_CREATOR))
        return "the language itself calls such a function, with arguments of its own";
    if (function->flags & FUNCTION_LAMBDA) return "a lambda is called with arguments of its own";
    if (function->flags & FUNCTION_OVERRIDES_FOREIGN)
        return "the function overrides something outside the tree, which calls it";
    if (fact_is(function->enclosing))
        return "a decorator makes the function, which runs later than the one around it";
    return "nobody can pass the context to the function";
}

void explain_bridge(Explainer *explainer, Subject *subject, FunctionId id) {
    const FunctionPlan *plan = &explainer->solution->functions[id.index];
    const FunctionFact *function = program_function(explainer->program, id);
    bool long_lived = fact_is(function->klass) &&
                      explainer->solution->classes[function->klass.index].process_lifetime;
    Str name = explain_function_name(explainer, id);
    const char *who = str_equal(subject->name, name) ? "it" : "the function";
    if (plan->boundary) {
        const BoundaryRule *rule = &explainer->program->rules->boundaries.items[plan->boundary - 1];
        subject_reason(explainer, subject,
                       "%s is a boundary (rule '%.*s', origin %s), and the rule makes no context",
                       who, STR_ARG(rule->id), message_text(origin_name(rule->origin)));
    } else if (plan->code == DIAGNOSTIC_W206) {
        subject_reason(explainer, subject, "%s uses the name '%.*s' for something else", who,
                       STR_ARG(explainer->program->rules->context.parameter));
    } else if ((function->flags & FUNCTION_CONSTRUCTOR) && long_lived) {
        subject_reason(explainer, subject, "the object that it builds %.*s",
                       STR_ARG(explain_hold_reason(explainer, function->klass)));
    } else {
        subject_reason(explainer, subject, "%s", fixed_signature(function));
    }
    explain_set_code(explainer, subject, plan->code ? plan->code : DIAGNOSTIC_W301);
}

static void add_reasons(Explainer *explainer, Subject *subject, FunctionId id) {
    const FunctionPlan *plan = &explainer->solution->functions[id.index];
    const FunctionFact *function = program_function(explainer->program, id);
    if (!explain_decided(explainer, id)) {
        subject_reason(explainer, subject, "nothing that it runs needs the context from it");
        return;
    }
    if (plan->gains_parameter && !plan->needs_value)
        subject_reason(explainer, subject, "functions of its override family need it: all take it");
    if (plan->supply == SUPPLY_BRIDGED || plan->reads_ambient)
        explain_bridge(explainer, subject, id);
    const uint32_t no_object = FUNCTION_STATIC | FUNCTION_CLASS | FUNCTION_CONSTRUCTOR;
    if (plan->supply == SUPPLY_PARAMETER && fact_is(function->klass) &&
        !(function->flags & no_object) && plan->needs_value) {
        Str reason = explain_hold_reason(explainer, function->klass);
        if (reason.length)
            subject_reason(explainer, subject, "its object cannot hold the context: it %.*s",
                           STR_ARG(reason));
    }
    if (plan->optional) add_optional_reason(explainer, subject, id);
    if (plan->code == DIAGNOSTIC_W302 || plan->code == DIAGNOSTIC_W309)
        explain_set_code(explainer, subject, plan->code);
}

static void add_need(Explainer *explainer, Subject *subject, const ExplainChain *down) {
    const ExplainStep *access = vec_last(&down->steps);
    if (down->steps.count == 2)
        subject_reason(explainer, subject, "it %s%.*s", step_verb(access), STR_ARG(access->name));
    else
        subject_reason(explainer, subject, "what it runs %s%.*s, %u steps down", step_verb(access),
                       STR_ARG(access->name), down->steps.count - 1);
}

void explain_function(Explainer *explainer, FunctionId id, bool list) {
    const FunctionFact *function = program_function(explainer->program, id);
    const FunctionPlan *plan = &explainer->solution->functions[id.index];
    Subject *subject =
        explain_add(explainer, SUBJECT_FUNCTION, function_noun(function),
                    explain_function_name(explainer, id), explain_function_place(explainer, id));
    subject->decision = function_decision(explainer, id);
    if (list) return;
    subject->origins = plan->origins;
    add_changes(explainer, subject, id);
    bool decided = explain_decided(explainer, id);
    ExplainChain down;
    if (decided && explain_chain_down(explainer, id, FACT_NONE(ClassId), &down)) {
        add_need(explainer, subject, &down);
        vec_add(&subject->chains, down);
    }
    add_reasons(explainer, subject, id);
    bool is_origin = plan->supply == SUPPLY_CREATED || plan->supply == SUPPLY_BRIDGED;
    if (decided && !is_origin)
        explain_chains_up(explainer, id, FACT_NONE(ClassId), plan->origins, subject);
}
