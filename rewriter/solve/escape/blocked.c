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
        if (flow_is_seen(links->kinds[i])) continue;
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

// A function whose calls are replaced is not given their arguments any more.
static void mark_unfed(const Solver *solver, const Sink *sink, bool *marks) {
    const Program *program = solver->program;
    if (sink->accessor || sink->rule == SINK_FOUND || sink_is_left(sink) || !fact_is(sink->call)) return;
    const SinkRule *rule = &program->rules->sinks.items[sink->rule];
    if (rule->kind != SINK_CALL || rule->replace.length == 0) return;
    for (RowList edges = program_call_edges(program, sink->call); edges.at < edges.end; edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        if (edge->kind != EDGE_CALL) continue;
        const FunctionFact *function = program_function(program, edge->callee);
        for (uint32_t i = 0; i < function->parameter_count; i++) {
            ParameterId parameter = {function->first_parameter + i};
            marks[flow_symbol(program, program_parameter(program, parameter)->symbol)] = true;
        }
    }
}

void places_mark_unfed(const Solver *solver, bool *marks) {
    for (uint32_t i = 1; i < solver->solution->sinks.count; i++)
        mark_unfed(solver, &solver->solution->sinks.items[i], marks);
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

// ---- objects that `replace` gives ------------------------------------------------------------------
// EXPR is what a name is bound to that a symbol rule replaces: the object that the bot had for its one tenant.
static bool *find_replaced_objects(const Solver *solver) {
    const Program *program = solver->program;
    const Solution *solution = solver->solution;
    bool *objects = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *objects);
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        if (sink->accessor || sink->migrated || sink->rule == SINK_FOUND || sink_is_left(sink) ||
            program->rules->sinks.items[sink->rule].kind != SINK_SYMBOL)
            continue;
        SymbolId symbol = program_definition_of(program, program_symbol_of(program, sink->expr));
        if (!fact_is(symbol)) continue;
        const SymbolFact *row = program_symbol(program, symbol);
        ExprId value = program_binding(program, row->first_binding)->value;
        bool once = fact_is(row->first_binding) && fact_same(row->first_binding, row->last_binding);
        if (once && fact_is(value)) objects[value.index] = true;
    }
    objects[0] = false;
    return objects;
}

// All objects of the class are such ones, or made by the runtime for tenants; tests say nothing.
static bool is_replaced_class(const Solver *solver, ClassId klass, const bool *objects) {
    const Program *program = solver->program;
    bool some = false;
    for (RowList lineage = program_lineage(program, klass); lineage.at < lineage.end; lineage.at++)
        for (RowList sites = program_constructions(program, (ClassId){*lineage.at}); sites.at < sites.end;
             sites.at++) {
            ExprId expr = program_edge(program, *sites.at)->expr;
            if (solver_in_runtime(solver, expr) || solver_runs_in_test(solver, expr)) continue;
            if (!objects[expr.index]) return false;
            some = true;
        }
    return some && !solver->class_escapes[klass.index];
}

static void mark_receivers(const Program *program, ClassId klass, bool *marks) {
    for (RowList methods = program_methods(program, klass); methods.at < methods.end; methods.at++) {
        const FunctionFact *method = program_function(program, (FunctionId){*methods.at});
        if ((method->flags & (FUNCTION_STATIC | FUNCTION_CLASS)) || !method->parameter_count) continue;
        SymbolId self = program_parameter(program, (ParameterId){method->first_parameter})->symbol;
        marks[flow_symbol(program, self)] = true;
    }
}

bool *places_own_classes(const Solver *solver) {
    const Program *program = solver->program;
    bool *objects = find_replaced_objects(solver);
    bool *own = memory_alloc_zeroed(program_class_count(program) + 1, sizeof *own);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        own[i] = is_replaced_class(solver, (ClassId){i}, objects);
    free(objects);
    return own;
}

// The class body gives all objects the same one: `words = []`.
static bool is_of_class_body(const Solver *solver, uint32_t attribute) {
    const Program *program = solver->program;
    const FlowLinks *links = &solver->flow.backward;
    uint32_t first = program_expr_count(program), end = first + program_symbol_count(program);
    for (uint32_t i = links->first[attribute]; i < links->first[attribute + 1]; i++) {
        uint32_t from = links->nodes[i];
        if (links->kinds[i] != FLOW_SAME || from < first || from >= end) continue;
        SymbolId symbol = {from - first};
        if (program_scope(program, program_symbol(program, symbol)->scope)->kind == SCOPE_CLASS) return true;
    }
    return false;
}

// What a test puts in the place of something, and all that goes through its hands.
static void mark_tests(const Solver *solver, bool *marks) {
    const Program *program = solver->program;
    bool *tests = memory_alloc_zeroed(program_function_count(program) + 1, sizeof *tests);
    bool some = false;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        tests[i] = solver_is_test(solver, (FunctionId){i});
        some = some || tests[i];
    }
    for (uint32_t n = 1; some && n < solver->flow.count; n++)
        if (tests[flow_owner(program, n).index]) marks[n] = true;
    free(tests);
}

// What such an object has is its tenant's, too. What tests do is nobody's.
void places_mark_own(const Solver *solver, const bool *own, bool *marks) {
    const Program *program = solver->program;
    mark_tests(solver, marks);
    places_mark_unfed(solver, marks);
    const Flow *flow = &solver->flow;
    uint32_t first = flow_instance(program, (ClassId){program_class_count(program)});
    for (uint32_t i = 1; i < program_class_count(program); i++)
        if (own[i]) mark_receivers(program, (ClassId){i}, marks);
    for (uint32_t i = 0; i < flow->attributes.count; i++) {
        ClassId klass = flow->attributes.items[i].klass;
        bool is_test = solver->test_module[program_class(program, klass)->module.index];
        if (is_test || (own[klass.index] && !is_of_class_body(solver, first + i))) marks[first + i] = true;
    }
}

void places_block(const Solver *solver, const bool *own, bool *blocked) {
    block_accesses(solver, blocked);
    places_mark_own(solver, own, blocked);
    block_stand_ins(solver, blocked);
    block_contexts(solver, blocked);
    blocked[0] = false;
}
