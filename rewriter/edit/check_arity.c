// Calls and signatures. In: the call graph of the old text, and both texts' calls and functions. Out:
// E506 for a call that would no longer fit its function, above all: miss the context. Only calls whose
// target is known are judged, and only what a kept call or function says.
#include <stdlib.h>

#include "base/bug.h"
#include "edit/call_fit.h"
#include "edit/check_internal.h"
#include "facts/language.h"

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
    ModuleId module = facts_call(check->before, id)->module;
    return place_of(check, module, id.index, check->calls[id.index].index);
}

static Place new_function(const Check *check, FunctionId id) {
    ModuleId module = facts_function(check->before, id)->module;
    return place_of(check, module, id.index, check->functions[id.index].index);
}

// How often a call gives the keyword NAME.
static uint32_t count_keyword(const Facts *facts, uint32_t row, Name name) {
    const CallFact *call = &facts->calls.items[row];
    uint32_t count = 0;
    for (uint32_t i = 0; name.index != 0 && i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        count += argument->kind == ARGUMENT_KEYWORD && name_equal(argument->name, name);
    }
    return count;
}

// ---- reports -------------------------------------------------------------------------------------
static Str callee_text(const Facts *facts, uint32_t call) {
    const CallFact *fact = &facts->calls.items[call];
    const ExprFact *callee = facts_expr(facts, fact->callee);
    return facts_text(facts, fact->module, callee->start, callee->end);
}

// The argument, or where there is none of ours, that what is called takes one.
static Blame blame_call(CallId call, Decision callee) {
    return (Blame){.cause = {DECISION_CALL, call.index}, .other = callee};
}

static Decision decision_of_callee(const EdgeFact *edge) {
    if (fact_is(edge->callee)) return (Decision){DECISION_FUNCTION, edge->callee.index};
    return (Decision){DECISION_CLASS, edge->klass.index};
}

static void report(Check *check, Place call, Blame blame, const char *what) {
    const CallFact *fact = &call.facts->calls.items[call.row];
    Str callee = callee_text(call.facts, call.row);
    if (call.file == NULL) {
        FileId file = facts_module_file(call.facts, fact->module);
        check_report_old(check, DIAGNOSTIC_E506, blame, (Span){file, fact->open, fact->close + 1},
                         "the call of '%.*s' %s", STR_ARG(callee), what);
    } else {
        check_report(check, DIAGNOSTIC_E506, blame, call.file, fact->open,
                     "the new call of '%.*s' %s", STR_ARG(callee), what);
    }
}

// ---- by edge -------------------------------------------------------------------------------------
// The constructor that making an instance runs; row 0 when the tree has none.
static Place constructor_of(const Check *check, ClassId klass) {
    const ClassFact *fact = facts_class(check->before, klass);
    for (uint32_t i = 0; i < fact->ancestor_count; i++) {
        ClassId ancestor = check->before->ancestors.items[fact->first_ancestor + i];
        FunctionId found = check->constructors[ancestor.index];
        ModuleId module = facts_class(check->before, ancestor)->module;
        if (fact_is(found)) return place_of(check, module, found.index, found.index);
    }
    return (Place){0};
}

static void find_old_faults(const Check *check, const EdgeFact *edge, uint32_t receivers,
                            CallFaults *faults) {
    FunctionId callee = edge->callee;
    if (edge->kind == EDGE_CONSTRUCT)
        callee = facts_class(check->before, edge->klass)->constructor;
    call_find_faults(check->before, edge->call, check->before, callee, receivers, faults);
    call_faults_sort(faults);
}

static bool repeats(Place call) {
    return count_keyword(call.facts, call.row, call.parameter) > 1;
}

// A call that fits, or misfits as it did before, is good.
static void judge(Check *check, const EdgeFact *edge, Place call, Place callee) {
    CallFaults faults = {0}, old = {0};
    uint32_t receivers = call_receivers(check->before, edge);
    const char *target = edge->kind == EDGE_CONSTRUCT && callee.facts == NULL ? "class" : "function";
    call_find_faults(call.facts, (CallId){call.row}, callee.facts, (FunctionId){callee.row},
                     receivers, &faults);
    if (faults.list.count > 0) find_old_faults(check, edge, receivers, &old);
    Arena arena = {0};
    for (uint32_t i = 0; i < faults.list.count; i++) {
        const CallFault *fault = &faults.list.items[i];
        bool by_keywords = fault->kind == CALL_TWICE && repeats(call); // check_repeated says it
        if (by_keywords || call_faults_have(&old, fault)) continue;
        report(check, call, blame_call(edge->call, decision_of_callee(edge)),
               call_fault_text(&arena, fault, target).data);
        break; // the first says enough
    }
    arena_release(&arena);
    call_faults_release(&faults);
    call_faults_release(&old);
}

static void check_edge(Check *check, const EdgeFact *edge) {
    bool calls = edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT;
    if (!calls || edge->mixed || edge->bound || edge->evidence == EVIDENCE_UNIQUE_NAME) return;
    const bool *fixed = check->input->solution->fixed_calls;
    // The rules decide whom it calls now.
    if ((fixed != NULL && fixed[edge->call.index]) || check->replaced[edge->call.index]) return;
    Place call = new_call(check, edge->call);
    if (call.facts == NULL) return;
    Place callee = {0};
    if (edge->kind == EDGE_CONSTRUCT)
        callee = constructor_of(check, edge->klass);
    else if (fact_is(edge->callee))
        callee = new_function(check, edge->callee);
    bool made_by_itself = edge->kind == EDGE_CONSTRUCT &&
                          call_class_is_plain(facts_class(check->before, edge->klass));
    if (callee.facts != NULL || made_by_itself) judge(check, edge, call, callee);
}

// ---- by decision and by text -----------------------------------------------------------------------
// By name, or by one argument more than before.
static bool passes_context(const Check *check, CallId old, Place call) {
    const CallFact *before = facts_call(check->before, old);
    const Language *language = facts_module(check->before, before->module)->language;
    if (language->traits.named_arguments)
        return count_keyword(call.facts, call.row, call.parameter) > 0;
    return call.facts->calls.items[call.row].argument_count > before->argument_count;
}

// What the solution wants passed is passed.
static void check_decided(Check *check) {
    const Solution *solution = check->input->solution;
    for (uint32_t i = 0; i < solution->calls.count; i++) {
        const CallPlan *plan = &solution->calls.items[i];
        if (plan->supply != CALL_PASSES) continue;
        Place call = new_call(check, plan->call);
        if (call.facts == NULL) continue;
        if (!passes_context(check, plan->call, call))
            report(check, call, blame_call(plan->call, (Decision){0}),
                   "does not pass the context as it was decided");
    }
}

// Some call has the function at OFFSET among its arguments and binds the context to it.
static bool binds_at(const NewFile *file, uint32_t offset) {
    const Facts *facts = &file->facts;
    for (uint32_t i = 1; i < facts->arguments.count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[i];
        if (!fact_is(argument->value) || facts_expr(facts, argument->value)->start != offset)
            continue;
        if (count_keyword(facts, argument->call.index, file->parameter) > 0) return true;
    }
    return false;
}

static void check_forwards(Check *check) {
    const Solution *solution = check->input->solution;
    for (uint32_t i = 0; i < solution->forwards.count; i++) {
        ExprId expr = solution->forwards.items[i].expr;
        const ExprFact *fact = facts_expr(check->before, expr);
        ModuleId module = facts_expr_module(check->before, expr);
        const NewFile *file = check_file_of(check, module);
        uint32_t offset = fact->start;
        if (file == NULL || !check_new_offset(check, file, fact->start, &offset)) continue;
        if (binds_at(file, offset)) continue;
        Str text = facts_text(check->before, module, fact->start, fact->end);
        Blame blame = {.cause = {DECISION_FORWARD, expr.index}};
        check_report(check, DIAGNOSTIC_E506, blame, file, offset,
                     "the context is not bound to '%.*s', which is handed over", STR_ARG(text));
    }
}

// The call that ROW of a new text was; none for a call that is new.
static CallId old_call(const Check *check, const NewFile *file, uint32_t row) {
    Rows calls = check->rows[file->before.index].calls;
    for (uint32_t i = calls.first; i < calls.end; i++)
        if (check->calls[i].index == row) return (CallId){i};
    return FACT_NONE(CallId);
}

// No call of a new text gives the context twice; one that did so never ran.
static void check_repeated(Check *check, const NewFile *file) {
    const Facts *facts = &file->facts;
    for (uint32_t i = 1; file->parameter.index != 0 && i < facts->calls.count; i++) {
        if (!repeats((Place){facts, file, i, file->parameter})) continue;
        CallId old = old_call(check, file, i);
        report(check, (Place){facts, file, i, file->parameter},
               fact_is(old) ? blame_call(old, (Decision){0}) : BLAME_NEAREST,
               "passes the context twice");
    }
}

// get(a) -> get_for(context, a): the call is there, and is another one.
static bool *find_replaced(const Check *check) {
    const Solution *solution = check->input->solution;
    bool *replaced = memory_alloc_zeroed(check->before->calls.count + 1, sizeof *replaced);
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        bool written = outcome_row(sink->outcome)->rewritten && !sink->keeps_text && !sink->migrated && !sink->accessor;
        if (written && fact_is(sink->call)) replaced[sink->call.index] = true;
    }
    return replaced;
}

void check_arity(Check *check) {
    check->replaced = find_replaced(check);
    for (uint32_t i = 1; i < check->before->edges.count; i++)
        check_edge(check, &check->before->edges.items[i]);
    check_decided(check);
    check_forwards(check);
    for (uint32_t i = 0; i < check->files.count; i++) check_repeated(check, &check->files.items[i]);
    free(check->replaced);
}
