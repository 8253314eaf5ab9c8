// Calls and signatures. In: the call graph of the old text, and both texts' calls and functions. Out:
// E506 for a call that would miss the context, give it twice, or give it to a function that takes
// none. Only calls whose target is known are judged, and only what a kept call or function says.
#include "edit/check_internal.h"

// A function or call of the new tree: in a new text, or in one that does not change.
typedef struct Place {
    const Facts *facts;  // NULL when its text is gone
    const NewFile *file; // NULL when it does not change
    uint32_t row;
    Name parameter; // the context's name in FACTS
} Place;

static Place place_of(const Check *check, ModuleId module, uint32_t old_row, uint32_t new_row) {
    const NewFile *file = check_file_of(check, module);
    if (file == NULL) return (Place){check->before, NULL, old_row, check->parameter};
    if (new_row == 0) return (Place){0};
    return (Place){&file->facts, file, new_row, file->parameter};
}

static Place new_call(const Check *check, CallId id) {
    ModuleId module = check->before->calls.items[id.index].module;
    return place_of(check, module, id.index, check->calls[id.index].index);
}

static Place new_function(const Check *check, FunctionId id) {
    ModuleId module = check->before->functions.items[id.index].module;
    return place_of(check, module, id.index, check->functions[id.index].index);
}

// ---- what a function takes, what a call gives ------------------------------------------------------
typedef struct Takes {
    bool named, keyword_rest, optional;
    uint32_t position; // among the positional parameters; UINT32_MAX: by keyword only
} Takes;

static Takes takes_of(const Facts *facts, uint32_t row, Name name) {
    const FunctionFact *function = &facts->functions.items[row];
    Takes takes = {.position = UINT32_MAX};
    uint32_t position = 0;
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter = &facts->parameters.items[function->first_parameter + i];
        bool positional =
            parameter->kind == PARAMETER_POSITIONAL || parameter->kind == PARAMETER_POSITIONAL_ONLY;
        takes.keyword_rest |= parameter->kind == PARAMETER_KEYWORD_REST;
        if (name.index != 0 && name_equal(parameter->name, name)) {
            takes.named = true;
            takes.optional = fact_is(parameter->default_value);
            if (positional) takes.position = position;
        }
        position += positional;
    }
    return takes;
}

typedef struct Gives {
    uint32_t keywords, positionals;
    bool rest, keyword_rest;
} Gives;

static Gives gives_of(const Facts *facts, uint32_t row, Name name) {
    const CallFact *call = &facts->calls.items[row];
    Gives gives = {0};
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        switch (argument->kind) {
        case ARGUMENT_POSITIONAL: gives.positionals++; break;
        case ARGUMENT_KEYWORD:
            gives.keywords += name.index != 0 && name_equal(argument->name, name);
            break;
        case ARGUMENT_REST: gives.rest = true; break;
        case ARGUMENT_KEYWORD_REST: gives.keyword_rest = true; break;
        }
    }
    return gives;
}

static uint32_t receivers(const Facts *facts, const EdgeFact *edge) {
    const FunctionFact *function = &facts->functions.items[edge->callee.index];
    if (edge->kind == EDGE_CONSTRUCT) return 1;
    return fact_is(function->klass) && !(function->flags & FUNCTION_STATIC) &&
           !edge->explicit_receiver;
}

// The context is among the positional arguments.
static bool gives_in_place(const Facts *facts, const EdgeFact *edge, Takes takes, Gives gives) {
    if (takes.position == UINT32_MAX) return false;
    return takes.position < gives.positionals + receivers(facts, edge);
}

// ---- reports -------------------------------------------------------------------------------------
static Str callee_text(const Facts *facts, uint32_t call) {
    const CallFact *fact = &facts->calls.items[call];
    const ExprFact *callee = &facts->exprs.items[fact->callee.index];
    return facts_text(facts, fact->module, callee->start, callee->end);
}

static void report(Check *check, Place call, const char *what) {
    const CallFact *fact = &call.facts->calls.items[call.row];
    Str callee = callee_text(call.facts, call.row);
    if (call.file == NULL) {
        FileId file = facts_module_file(call.facts, fact->module);
        check_report_old(check, DIAGNOSTIC_E506, (Span){file, fact->open, fact->close + 1},
                         "the call of '%.*s' %s", STR_ARG(callee), what);
    } else {
        check_report(check, DIAGNOSTIC_E506, call.file, fact->open, "the new call of '%.*s' %s",
                     STR_ARG(callee), what);
    }
}

// ---- by edge -------------------------------------------------------------------------------------
// The constructor that making an instance runs; row 0 when the tree has none.
static Place constructor_of(const Check *check, ClassId klass) {
    const ClassFact *fact = &check->before->classes.items[klass.index];
    for (uint32_t i = 0; i < fact->ancestor_count; i++) {
        ClassId ancestor = check->before->ancestors.items[fact->first_ancestor + i];
        FunctionId found = check->constructors[ancestor.index];
        ModuleId module = check->before->classes.items[ancestor.index].module;
        if (fact_is(found)) return place_of(check, module, found.index, found.index);
    }
    return (Place){0};
}

// Nothing but the tree's own classes says how it is made.
static bool is_plain(const ClassFact *klass) {
    return !(klass->flags &
             (CLASS_DATA | CLASS_ENUM | CLASS_TUPLE | CLASS_TYPED_DICT | CLASS_FOREIGN_BASE |
              CLASS_UNKNOWN_BASE | CLASS_EXCEPTION | CLASS_METACLASS)) &&
           !fact_is(klass->creator);
}

static bool lacked_it_before(const Check *check, const EdgeFact *edge, Gives before) {
    if (!fact_is(edge->callee)) return false;
    Takes takes = takes_of(check->before, edge->callee.index, check->parameter);
    return takes.named && !takes.optional && before.keywords == 0 && !before.keyword_rest;
}

static const char *judge(const Check *check, const EdgeFact *edge, Place call, Place callee) {
    Gives before = gives_of(check->before, edge->call.index, check->parameter);
    Gives gives = gives_of(call.facts, call.row, call.parameter);
    bool gained = gives.keywords > before.keywords;
    if (callee.facts == NULL) {
        bool refuses = edge->kind == EDGE_CONSTRUCT && gained &&
                       is_plain(&check->before->classes.items[edge->klass.index]);
        return refuses ? "passes the context to a class that does not take it" : NULL;
    }
    Takes takes = takes_of(callee.facts, callee.row, callee.parameter);
    bool in_place = gives_in_place(check->before, edge, takes, gives);
    if (gained && !takes.named && !takes.keyword_rest)
        return "passes the context to a function that does not take it";
    if (gained && in_place) return "passes the context by position and by keyword";
    bool given = gives.keywords > 0 || gives.keyword_rest || in_place ||
                 (gives.rest && takes.position != UINT32_MAX);
    if (takes.named && !takes.optional && !given && !lacked_it_before(check, edge, before))
        return "does not pass the context that its function requires";
    return NULL;
}

static void check_edge(Check *check, const EdgeFact *edge) {
    bool calls = edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT;
    if (!calls || edge->mixed || edge->evidence == EVIDENCE_UNIQUE_NAME) return;
    Place call = new_call(check, edge->call);
    if (call.facts == NULL) return;
    Place callee = {0};
    if (edge->kind == EDGE_CONSTRUCT)
        callee = constructor_of(check, edge->klass);
    else if (fact_is(edge->callee))
        callee = new_function(check, edge->callee);
    const char *fault = judge(check, edge, call, callee);
    if (fault) report(check, call, fault);
}

// ---- by decision and by text -----------------------------------------------------------------------
// What the solution wants passed is passed.
static void check_decided(Check *check) {
    const Solution *solution = check->input->solution;
    for (uint32_t i = 0; i < solution->calls.count; i++) {
        const CallPlan *plan = &solution->calls.items[i];
        if (plan->supply != CALL_PASSES) continue;
        Place call = new_call(check, plan->call);
        if (call.facts == NULL) continue;
        if (gives_of(call.facts, call.row, call.parameter).keywords == 0)
            report(check, call, "does not pass the context as it was decided");
    }
}

// Some call has the function at OFFSET among its arguments and binds the context to it.
static bool binds_at(const NewFile *file, uint32_t offset) {
    const Facts *facts = &file->facts;
    for (uint32_t i = 1; i < facts->arguments.count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[i];
        if (!fact_is(argument->value) || facts->exprs.items[argument->value.index].start != offset)
            continue;
        if (gives_of(facts, argument->call.index, file->parameter).keywords > 0) return true;
    }
    return false;
}

static void check_forwards(Check *check) {
    const Solution *solution = check->input->solution;
    for (uint32_t i = 0; i < solution->forwards.count; i++) {
        ExprId expr = solution->forwards.items[i].expr;
        const ExprFact *fact = &check->before->exprs.items[expr.index];
        ModuleId module = facts_expr_module(check->before, expr);
        const NewFile *file = check_file_of(check, module);
        uint32_t offset = fact->start;
        if (file == NULL || !check_new_offset(check, file, fact->start, &offset)) continue;
        if (binds_at(file, offset)) continue;
        Str text = facts_text(check->before, module, fact->start, fact->end);
        check_report(check, DIAGNOSTIC_E506, file, offset,
                     "the context is not bound to '%.*s', which is handed over", STR_ARG(text));
    }
}

// No call of a new text gives the context twice; one that did so never ran.
static void check_repeated(Check *check, const NewFile *file) {
    const Facts *facts = &file->facts;
    for (uint32_t i = 1; file->parameter.index != 0 && i < facts->calls.count; i++)
        if (gives_of(facts, i, file->parameter).keywords > 1)
            report(check, (Place){facts, file, i, file->parameter}, "passes the context twice");
}

void check_arity(Check *check) {
    for (uint32_t i = 1; i < check->before->edges.count; i++)
        check_edge(check, &check->before->edges.items[i]);
    check_decided(check);
    check_forwards(check);
    for (uint32_t i = 0; i < check->files.count; i++) check_repeated(check, &check->files.items[i]);
}
