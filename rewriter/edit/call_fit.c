// In: a call's arguments and a function's parameters. Out: what does not fit, by the rules of the
// language. Assumes nothing of decorators: the caller decides which calls can be judged.
#include "edit/call_fit.h"

#include "base/message.h"
#include "base/bug.h"

static void add_fault(CallFaults *faults, CallFaultKind kind, Str name) {
    vec_add(&faults->list, ((CallFault){kind, name}));
}

// An argument that says which parameter it is for.
typedef struct Keyword {
    Str name;
    uint32_t position; // among the arguments
} Keyword;

// What a call gives, counted.
typedef struct Given {
    Vec(Keyword) keywords; // by name, then by position: calls may have thousands
    bool *taken;           // by position: a parameter has this name
    uint32_t positionals;  // with the receiver
    bool rest, keyword_rest;
} Given;

static int compare_keywords(const void *left, const void *right) {
    const Keyword *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    return order != 0 ? order : a->position < b->position ? -1 : a->position > b->position;
}

static Given given_by(const Facts *facts, CallId id, uint32_t receivers) {
    const CallFact *call = facts_call(facts, id);
    Given given = {.positionals = receivers};
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        switch (argument->kind) {
        case ARGUMENT_POSITIONAL: given.positionals++; break;
        case ARGUMENT_KEYWORD:
            vec_add(&given.keywords, ((Keyword){facts_name(facts, argument->name), i}));
            break;
        case ARGUMENT_REST: given.rest = true; break;
        case ARGUMENT_KEYWORD_REST: given.keyword_rest = true; break;
        }
    }
    if (given.keywords.count == 0) return given;
    qsort(given.keywords.items, given.keywords.count, sizeof(Keyword), compare_keywords);
    given.taken = memory_alloc_zeroed(call->argument_count, sizeof *given.taken);
    return given;
}

static void given_release(Given *given) {
    vec_release(&given->keywords);
    free(given->taken);
}

// How often the call gives NAME, which a parameter has.
static uint32_t take_keyword(const Given *given, Str name) {
    uint32_t low = 0, high = given->keywords.count, count = 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare(given->keywords.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < given->keywords.count && str_equal(given->keywords.items[low].name, name); low++) {
        given->taken[given->keywords.items[low].position] = true;
        count++;
    }
    return count;
}

// ---- parameters ----------------------------------------------------------------------------------
static void judge_parameter(const Given *given, Str name, const ParameterFact *parameter,
                            bool in_place, CallFaults *faults) {
    bool by_name = parameter->kind != PARAMETER_POSITIONAL_ONLY;
    uint32_t values = in_place + (by_name ? take_keyword(given, name) : 0);
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

// ---- arguments -----------------------------------------------------------------------------------
// In the order of the text.
static void judge_keywords(const Given *given, const Facts *facts, const CallFact *call,
                           CallFaults *faults) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        if (argument->kind == ARGUMENT_KEYWORD && !given->taken[i])
            add_fault(faults, CALL_UNKNOWN_KEYWORD, facts_name(facts, argument->name));
    }
}

void call_find_faults(const Facts *call_facts, CallId id, const Facts *function_facts,
                      FunctionId function, uint32_t receivers, CallFaults *faults) {
    const CallFact *call = facts_call(call_facts, id);
    Given given = given_by(call_facts, id, receivers);
    Open open = {.positionals = receivers};
    if (fact_is(function))
        open = judge_parameters(&given, function_facts,
                                &function_facts->functions.items[function.index], faults);
    if (!open.keyword_rest) judge_keywords(&given, call_facts, call, faults);
    if (!open.rest && given.positionals > open.positionals)
        add_fault(faults, CALL_TOO_MANY, STR_NONE);
    given_release(&given);
}

// ---- faults of one call and of another -------------------------------------------------------------
void call_faults_release(CallFaults *faults) { vec_release(&faults->list); }

static int compare_faults(const void *left, const void *right) {
    const CallFault *a = left, *b = right;
    return a->kind != b->kind ? (int)a->kind - (int)b->kind : str_compare(a->name, b->name);
}

void call_faults_sort(CallFaults *faults) {
    if (faults->list.count > 1)
        qsort(faults->list.items, faults->list.count, sizeof(CallFault), compare_faults);
}

bool call_faults_have(const CallFaults *sorted, const CallFault *fault) {
    return sorted->list.count > 0 && bsearch(fault, sorted->list.items, sorted->list.count,
                                             sizeof(CallFault), compare_faults) != NULL;
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
        return message_format(arena, "does not pass '%.*s', which its %s requires",
                            STR_ARG(fault->name), target);
    case CALL_UNKNOWN_KEYWORD:
        return message_format(arena, "passes '%.*s' to a %s that does not take it",
                            STR_ARG(fault->name), target);
    case CALL_TWICE: return message_format(arena, "passes '%.*s' twice", STR_ARG(fault->name));
    case CALL_TOO_MANY: break;
    }
    return message_format(arena, "passes more positional arguments than its %s takes", target);
}
