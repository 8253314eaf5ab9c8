// What does not last although it is kept for as long as the process, because each tenant has its own; see places.h.
// Comes in: the accesses and accessors of this attempt. Goes out: nodes of the flow graph at which a search ends.
#include "solve/escape/places.h"

#include "base/bug.h"

// An attribute that has nothing but stand-ins of accessors, each of which asks anew at each use.
static bool has_stand_ins(const Solver *solver, const bool *stands_in, uint32_t attribute) {
    const Program *program = solver->program;
    const FlowLinks *links = &solver->flow.backward;
    bool some = false;
    for (uint32_t i = links->first[attribute]; i < links->first[attribute + 1]; i++) {
        uint32_t from = links->nodes[i];
        bool nothing = from < program_expr_count(program) &&
                       program_expr(program, (ExprId){from})->kind == EXPR_NONE;
        if (!nothing && !(stands_in[from] && links->kinds[i] == FLOW_SAME)) return false;
        some = some || !nothing;
    }
    return some;
}

// self.manager, where `manager` keeps its name in the constructor: whoever reads it has its own manager.
static void block_stand_ins(const Solver *solver, bool *blocked) {
    const Flow *flow = &solver->flow;
    const FlowLinks *links = &flow->forward;
    const Solution *solution = solver->solution;
    uint32_t first =
        flow_instance(solver->program, (ClassId){program_class_count(solver->program)});
    bool *stands_in = memory_alloc_zeroed(flow->count + 1, sizeof *stands_in);
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        stands_in[solution->sinks.items[i].expr.index] = solution->sinks.items[i].keeps_text;
    for (uint32_t n = first; n < flow->count; n++) {
        if (!has_stand_ins(solver, stands_in, n)) continue;
        for (uint32_t i = links->first[n]; i < links->first[n + 1]; i++)
            blocked[links->nodes[i]] = blocked[links->nodes[i]] || links->kinds[i] == FLOW_SAME;
    }
    free(stands_in);
}

// Singletons that become accessors, and accesses that are replaced, give each tenant its own.
static void block_accesses(const Solver *solver, bool *blocked) {
    const Solution *solution = solver->solution;
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        blocked[solution->sinks.items[i].expr.index] = true;
    for (uint32_t i = 1; i < solution->accessors.count; i++) {
        const Accessor *accessor = &solution->accessors.items[i];
        SymbolId symbol =
            accessor->kind == ACCESSOR_GETTER ? accessor->getter_state : accessor->symbol;
        blocked[flow_symbol(solver->program, symbol)] = true;
    }
}

// A context is a value: that a list of all contexts lasts says nothing of what is made with one.
static void block_contexts(const Solver *solver, bool *blocked) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        ParameterId parameter =
            supply_context_parameter(solver, program_function(program, (FunctionId){i}));
        if (fact_is(parameter))
            blocked[flow_symbol(program, program_parameter(program, parameter)->symbol)] = true;
    }
}

void places_block(const Solver *solver, bool *blocked) {
    block_accesses(solver, blocked);
    block_stand_ins(solver, blocked);
    block_contexts(solver, blocked);
    blocked[0] = false;
}
