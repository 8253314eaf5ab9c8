// In: a call's arguments and a function's parameters. Out: what does not fit, by the rules of the
// language. Assumes nothing of decorators: the caller decides which calls can be judged.
#include "edit/call_fit.h"

static void add_fault(CallFaults *faults, CallFaultKind kind, Str name) {
    vec_add(&faults->list, ((CallFault){kind, name}));
}

// What a call gives, counted.
typedef struct Given {
    const Facts *facts;
    const CallFact *call;
    uint32_t positionals; // with the receiver
    bool rest, keyword_rest;
} Given;

static Given given_by(const Facts *facts, CallId id, uint32_t receivers) {
    Given given = {facts, facts_call(facts, id), receivers, false, false};
    for (uint32_t i = 0; i < given.call->argument_count; i++) {
        switch (facts->arguments.items[given.call->first_argument + i].kind) {
        case ARGUMENT_POSITIONAL: given.positionals++; break;
        case ARGUMENT_KEYWORD: break;
        case ARGUMENT_REST: given.rest = true; break;
        case ARGUMENT_KEYWORD_REST: given.keyword_rest = true; break;
        }
    }
    return given;
}

static uint32_t count_keyword(const Given *given, Str name) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < given->call->argument_count; i++) {
        const ArgumentFact *argument =
            &given->facts->arguments.items[given->call->first_argument + i];
        count += argument->kind == ARGUMENT_KEYWORD &&
                 str_equal(facts_name(given->facts, argument->name), name);
    }
    return count;
}

// ---- parameters ----------------------------------------------------------------------------------
static void judge_parameter(const Given *given, Str name, const ParameterFact *parameter,
                            bool in_place, CallFaults *faults) {
    bool by_name = parameter->kind != PARAMETER_POSITIONAL_ONLY;
    uint32_t values = in_place + (by_name ? count_keyword(given, name) : 0);
    bool may_come = (by_name && given->keyword_rest) ||
                    (parameter->kind != PARAMETER_KEYWORD && given->rest);
    if (values > 1) add_fault(faults, CALL_TWICE, name);
    if (values == 0 && !may_come && !fact_is(parameter->default_value))
        add_fault(faults, CALL_LACKS, name);
}

// Whether the function takes any keyword and any position.
typedef struct Open {
    bool rest, keyword_rest;
    uint32_t positionals;
} Open;

static Open judge_parameters(const Given *given, const Facts *facts, const FunctionFact *function,
                             CallFaults *faults) {
    Open open = {0};
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter = &facts->parameters.items[function->first_parameter + i];
        Str name = facts_name(facts, parameter->name);
        switch (parameter->kind) {
        case PARAMETER_POSITIONAL_ONLY:
        case PARAMETER_POSITIONAL:
            judge_parameter(given, name, parameter, open.positionals < given->positionals, faults);
            open.positionals++;
            break;
        case PARAMETER_KEYWORD: judge_parameter(given, name, parameter, false, faults); break;
        case PARAMETER_REST: open.rest = true; break;
        case PARAMETER_KEYWORD_REST: open.keyword_rest = true; break;
        case PARAMETER_STAR_MARK:
        case PARAMETER_SLASH_MARK: break;
        }
    }
    return open;
}

static bool takes_keyword(const Facts *facts, const FunctionFact *function, Str name) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter = &facts->parameters.items[function->first_parameter + i];
        bool by_name =
            parameter->kind == PARAMETER_POSITIONAL || parameter->kind == PARAMETER_KEYWORD;
        if (by_name && str_equal(facts_name(facts, parameter->name), name)) return true;
    }
    return false;
}

// ---- arguments -----------------------------------------------------------------------------------
static void judge_keywords(const Given *given, const Facts *facts, const FunctionFact *function,
                           CallFaults *faults) {
    for (uint32_t i = 0; i < given->call->argument_count; i++) {
        const ArgumentFact *argument =
            &given->facts->arguments.items[given->call->first_argument + i];
        if (argument->kind != ARGUMENT_KEYWORD) continue;
        Str name = facts_name(given->facts, argument->name);
        if (function == NULL || !takes_keyword(facts, function, name))
            add_fault(faults, CALL_UNKNOWN_KEYWORD, name);
    }
}

void call_find_faults(const Facts *call_facts, CallId call, const Facts *function_facts,
                      FunctionId id, uint32_t receivers, CallFaults *faults) {
    Given given = given_by(call_facts, call, receivers);
    if (!fact_is(id)) {
        judge_keywords(&given, NULL, NULL, faults);
        if (given.positionals > receivers) add_fault(faults, CALL_TOO_MANY, STR_NONE);
        return;
    }
    const FunctionFact *function = &function_facts->functions.items[id.index];
    Open open = judge_parameters(&given, function_facts, function, faults);
    if (!open.keyword_rest) judge_keywords(&given, function_facts, function, faults);
    if (!open.rest && given.positionals > open.positionals)
        add_fault(faults, CALL_TOO_MANY, STR_NONE);
}

void call_faults_release(CallFaults *faults) { vec_release(&faults->list); }

bool call_faults_have(const CallFaults *faults, const CallFault *fault) {
    for (uint32_t i = 0; i < faults->list.count; i++)
        if (faults->list.items[i].kind == fault->kind &&
            str_equal(faults->list.items[i].name, fault->name))
            return true;
    return false;
}

// ---- who is called -------------------------------------------------------------------------------
uint32_t call_receivers(const Facts *facts, const EdgeFact *edge) {
    if (edge->kind == EDGE_CONSTRUCT) return 1;
    const FunctionFact *function = facts_function(facts, edge->callee);
    return fact_is(function->klass) && !(function->flags & FUNCTION_STATIC) &&
           !edge->explicit_receiver;
}

bool call_class_is_plain(const ClassFact *klass) {
    return !(klass->flags &
             (CLASS_DATA | CLASS_ENUM | CLASS_TUPLE | CLASS_TYPED_DICT | CLASS_FOREIGN_BASE |
              CLASS_UNKNOWN_BASE | CLASS_EXCEPTION | CLASS_METACLASS)) &&
           !fact_is(klass->creator);
}

Str call_fault_text(Arena *arena, const CallFault *fault, const char *target) {
    switch (fault->kind) {
    case CALL_LACKS:
        return arena_format(arena, "does not pass '%.*s', which its %s requires",
                            STR_ARG(fault->name), target);
    case CALL_UNKNOWN_KEYWORD:
        return arena_format(arena, "passes '%.*s' to a %s that does not take it",
                            STR_ARG(fault->name), target);
    case CALL_TWICE: return arena_format(arena, "passes '%.*s' twice", STR_ARG(fault->name));
    case CALL_TOO_MANY: break;
    }
    return arena_format(arena, "passes more positional arguments than its %s takes", target);
}
