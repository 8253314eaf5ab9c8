// Needs of sinks. In: a solution. Out: for each sink the decisions of the part that it alone asks for. Which
// of them change text is decided here; the text itself is not looked at.
#include "solve/part/needs.h"

#include "base/bug.h"
#include "solve/solver.h"

typedef struct Finding {
    const Program *program;
    Needs *needs;
    uint32_t sink;
} Finding;

static void need(Finding *finding, DecisionKind kind, uint32_t index, ModuleId module) {
    Needs *needs = finding->needs;
    uint32_t number;
    if (!map_get(&needs->numbers, map_key(kind, index), &number)) {
        number = needs->decisions.count;
        vec_add(&needs->decisions, ((Decision){kind, index}));
        vec_add(&needs->files, program_module_file(finding->program, module).index);
        map_put(&needs->numbers, map_key(kind, index), number);
    }
    vec_add(&needs->of_sink[finding->sink], number);
}

static bool function_changes(const FunctionPlan *plan) {
    bool states =
        plan->needs_value && (plan->supply == SUPPLY_CREATED || plan->supply == SUPPLY_BRIDGED);
    return plan->gains_parameter || plan->accepts_any || plan->lacks_fallback || plan->stores ||
           states;
}

static bool sink_changes(const Sink *sink) {
    return outcome_row(sink->outcome)->rewritten && !sink->keeps_text;
}

static void find_sites(Finding *finding, const Solution *part) {
    const Program *program = finding->program;
    for (uint32_t i = 1; i < part->sinks.count; i++) {
        const Sink *sink = &part->sinks.items[i];
        if (sink_changes(sink) && fact_is(sink->expr))
            need(finding, DECISION_SINK, sink->expr.index,
                 program_expr_module(program, sink->expr));
    }
    for (uint32_t i = 0; i < part->calls.count; i++) {
        CallId call = part->calls.items[i].call;
        need(finding, DECISION_CALL, call.index, program_call(program, call)->module);
    }
    for (uint32_t i = 0; i < part->forwards.count; i++) {
        ExprId expr = part->forwards.items[i].expr;
        need(finding, DECISION_FORWARD, expr.index, program_expr_module(program, expr));
    }
    for (uint32_t i = 1; i < part->accessors.count; i++) {
        SymbolId symbol = part->accessors.items[i].symbol;
        ScopeId scope = program_symbol(program, symbol)->scope;
        need(finding, DECISION_ACCESSOR, symbol.index, program_scope(program, scope)->module);
    }
}

static void find_definitions(Finding *finding, const Solution *part) {
    const Program *program = finding->program;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (function_changes(&part->functions[i]))
            need(finding, DECISION_FUNCTION, i, program_function(program, (FunctionId){i})->module);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        if (part->classes[i].needs_constructor)
            need(finding, DECISION_CLASS, i, program_class(program, (ClassId){i})->module);
}

static void find_users(Needs *needs) {
    needs->users = memory_alloc_zeroed(needs->decisions.count, sizeof *needs->users);
    for (uint32_t sink = 1; sink < needs->sink_count; sink++)
        for (uint32_t i = 0; i < needs->of_sink[sink].count; i++)
            vec_add(&needs->users[needs->of_sink[sink].items[i]], sink);
}

void needs_find(const Solver *found, Needs *needs) {
    const Solution *whole = found->solution;
    *needs = (Needs){.sink_count = whole->sinks.count};
    needs->of_sink = memory_alloc_zeroed(whole->sinks.count, sizeof *needs->of_sink);
    vec_add(&needs->decisions, (Decision){0});
    vec_add(&needs->files, 0);
    Finding finding = {.program = found->program, .needs = needs};
    bool *wanted = memory_alloc_zeroed(whole->sinks.count, sizeof *wanted);
    for (uint32_t i = 1; i < whole->sinks.count; i++) {
        // A sink whose text stays may still make an accessor of what it reads.
        if (!sink_changes(&whole->sinks.items[i]) && whole->sinks.items[i].accessor == 0) continue;
        Solution part;
        wanted[i] = true;
        finding.sink = i;
        solution_part(found, wanted, &part);
        find_sites(&finding, &part);
        find_definitions(&finding, &part);
        wanted[i] = false;
        solution_release(&part);
    }
    free(wanted);
    find_users(needs);
}

void needs_release(Needs *needs) {
    for (uint32_t i = 0; i < needs->sink_count; i++) vec_release(&needs->of_sink[i]);
    for (uint32_t i = 0; i < needs->decisions.count; i++) vec_release(&needs->users[i]);
    free(needs->of_sink);
    free(needs->users);
    vec_release(&needs->decisions);
    vec_release(&needs->files);
    map_release(&needs->numbers);
}

uint32_t needs_number(const Needs *needs, Decision decision) {
    uint32_t number = 0;
    map_get(&needs->numbers, map_key(decision.kind, decision.index), &number);
    return number;
}
