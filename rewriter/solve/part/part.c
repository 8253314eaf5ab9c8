// Parts of a solution. In: how a settled solution was found, and the sinks that are
// wanted. Out: the rows that these sinks need. The needs are spread by the same code as in a full run
// (need.c), with one difference: how a function comes by its context is looked up, not chosen, so that no
// part contradicts the whole. Must not report, and must not change the whole.
#include "solve/part/part.h"

#include "base/bug.h"
#include "solve/solver.h"

typedef struct Parting {
    Solver solver; // of the whole, working on `rows`
    const Solution *whole;
    Solution rows;      // what the needs ask for; sinks and accessors with the indexes of the whole
    bool *sinks;        // by sink: in the part
    bool *accessors;    // by accessor: in the part
    Vec(uint32_t) work; // sinks that came in and were not asked yet
} Parting;

// ---- what is asked ---------------------------------------------------------------------------------

static void include_sink(Parting *parting, uint32_t sink) {
    if (parting->sinks[sink]) return;
    parting->sinks[sink] = true;
    vec_add(&parting->work, sink);
}

// Its readers change with it.
static void include_accessor(Parting *parting, uint32_t accessor) {
    if (accessor == 0 || parting->accessors[accessor]) return;
    parting->accessors[accessor] = true;
    for (uint32_t i = 1; i < parting->whole->sinks.count; i++)
        if (parting->whole->sinks.items[i].accessor == accessor) include_sink(parting, i);
}

// What a sink asked for before its outcome was known.
static void ask_sink(Parting *parting, uint32_t index) {
    const Sink *sink = &parting->whole->sinks.items[index];
    include_accessor(parting, sink->accessor);
    if (!outcome_row(sink->outcome)->rewritten || sink->keeps_text) return;
    include_accessor(parting, sink->inside_accessor);
    parting->rows.sinks.items[index].outcome = OUTCOME_COUNT;
    need_for_sink(&parting->solver, index);
}

// Accessors whose construction passes the context now.
static void ask_constructions(Parting *parting, uint32_t first_call, uint32_t first_forward) {
    const Solution *rows = &parting->rows;
    for (uint32_t i = first_call; i < rows->calls.count; i++) {
        CallId call = rows->calls.items[i].call;
        if (rows->calls.items[i].supply != CALL_PASSES) continue;
        ExprId expr = program_call(parting->solver.program, call)->expr;
        include_accessor(parting, solver_inside_accessor(&parting->solver, expr));
    }
    for (uint32_t i = first_forward; i < rows->forwards.count; i++) {
        ExprId expr = rows->forwards.items[i].expr;
        include_accessor(parting, solver_inside_accessor(&parting->solver, expr));
    }
}

// A subclass that holds by the constructor written for its ancestor needs that one.
static void ask_ancestors(Parting *parting) {
    const Program *program = parting->solver.program;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        if (!parting->rows.classes[i].needs_constructor ||
            parting->whole->classes[i].needs_constructor)
            continue;
        const ClassFact *row = program_class(program, (ClassId){i});
        for (uint32_t k = 1; k < row->ancestor_count; k++) {
            ClassId ancestor = *program_ancestor(program, row->first_ancestor + k);
            if (parting->whole->classes[ancestor.index].needs_constructor)
                need_holder(&parting->solver, ancestor);
        }
    }
}

static bool gains_callee(const Parting *parting, CallId call) {
    const Program *program = parting->solver.program;
    for (RowList edges = program_call_edges(program, call); edges.at < edges.end; edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        if (parting->rows.functions[edge->callee.index].gains_parameter) return true;
    }
    return false;
}

// A call that is replaced passes nothing: with it left as it is, its function could not take the parameter.
static void ask_replaced_calls(Parting *parting) {
    for (uint32_t i = 1; i < parting->whole->sinks.count; i++) {
        const Sink *sink = &parting->whole->sinks.items[i];
        if (parting->sinks[i] || !fact_is(sink->call) || sink->keeps_text) continue;
        if (outcome_row(sink->outcome)->rewritten && gains_callee(parting, sink->call))
            include_sink(parting, i);
    }
}

static bool is_settled(const Parting *parting) {
    return parting->work.count == 0 && parting->solver.work.count == 0;
}

static void spread(Parting *parting) {
    do {
        uint32_t calls = parting->rows.calls.count, forwards = parting->rows.forwards.count;
        while (parting->work.count > 0) {
            uint32_t sink = *vec_last(&parting->work);
            parting->work.count--;
            ask_sink(parting, sink);
        }
        solver_work_off(&parting->solver);
        ask_ancestors(parting);
        solver_work_off(&parting->solver);
        ask_constructions(parting, calls, forwards);
        ask_replaced_calls(parting);
    } while (!is_settled(parting));
}

// ---- the rows of the part --------------------------------------------------------------------------

static uint32_t *number(Arena *arena, const bool *kept, uint32_t count) {
    uint32_t *numbers = arena_array(arena, uint32_t, count + 1), next = 1;
    for (uint32_t i = 1; i < count; i++)
        if (kept[i]) numbers[i] = next++;
    return numbers;
}

static void copy_sinks(const Parting *parting, const uint32_t *sinks, const uint32_t *accessors,
                       Solution *part) {
    *vec_push(&part->sinks) = (Sink){0};
    for (uint32_t i = 1; i < parting->whole->sinks.count; i++) {
        if (sinks[i] == 0) continue;
        Sink sink = parting->whole->sinks.items[i];
        sink.accessor = accessors[sink.accessor];
        sink.inside_accessor = accessors[sink.inside_accessor];
        vec_add(&part->sinks, sink);
        part->outcome_counts[sink.outcome]++;
        part->isolated_count += sink_is_isolated(&sink);
    }
    *vec_push(&part->accessors) = (Accessor){0};
    for (uint32_t i = 1; i < parting->whole->accessors.count; i++)
        if (accessors[i]) vec_add(&part->accessors, parting->whole->accessors.items[i]);
}

static bool is_passed(const Parting *parting, CallId call) {
    uint32_t plan = parting->solver.call_plan[call.index];
    return plan > 0 && parting->rows.calls.items[plan - 1].supply == CALL_PASSES;
}

static bool is_forwarded(const Parting *parting, ExprId expr) {
    for (uint32_t i = 0; i < parting->rows.forwards.count; i++)
        if (fact_same(parting->rows.forwards.items[i].expr, expr)) return true;
    return false;
}

static void copy_calls(const Parting *parting, const uint32_t *accessors, Solution *part) {
    for (uint32_t i = 0; i < parting->whole->calls.count; i++) {
        CallPlan plan = parting->whole->calls.items[i];
        if (plan.supply != CALL_PASSES || !is_passed(parting, plan.call)) continue;
        plan.inside_accessor = accessors[plan.inside_accessor];
        vec_add(&part->calls, plan);
        part->calls_changed++;
    }
    for (uint32_t i = 0; i < parting->whole->forwards.count; i++) {
        ForwardPlan plan = parting->whole->forwards.items[i];
        if (!is_forwarded(parting, plan.expr)) continue;
        plan.inside_accessor = accessors[plan.inside_accessor];
        vec_add(&part->forwards, plan);
        part->calls_changed++;
    }
}

// A default becomes lazy when a sink in it is wanted.
static void copy_defaults(const Parting *parting, Solution *part) {
    const Program *program = parting->solver.program;
    for (uint32_t i = 0; i < parting->whole->defaults.count; i++) {
        const LazyDefault *lazy = &parting->whole->defaults.items[i];
        Span span =
            program_expr_span(program, program_parameter(program, lazy->parameter)->default_value);
        bool found = false;
        for (uint32_t k = 1; k < part->sinks.count && !found; k++) {
            Span own = sink_span(program, &part->sinks.items[k]);
            found =
                own.file.index == span.file.index && span.start <= own.start && own.end <= span.end;
        }
        if (found) vec_add(&part->defaults, *lazy);
    }
}

static void copy_functions(const Parting *parting, const uint32_t *sinks, Solution *part) {
    const Program *program = parting->solver.program;
    part->functions = arena_array(&part->arena, FunctionPlan, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionPlan plan = parting->rows.functions[i];
        plan.first_sink = sinks[plan.first_sink];
        plan.lacks_fallback = plan.lacks_fallback && (plan.needs_value || plan.stores);
        part->functions[i] = plan;
        part->functions_changed += function_plan_changes(&plan);
    }
    part->classes = arena_array(&part->arena, ClassPlan, program_class_count(program) + 1);
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        ClassPlan plan = parting->whole->classes[i];
        bool constructs = parting->rows.classes[i].needs_constructor;
        plan.holds = parting->rows.classes[i].holds;
        plan.needs_constructor = plan.needs_constructor && constructs;
        plan.inherits_holding = plan.inherits_holding && constructs;
        part->classes[i] = plan;
    }
}

// ---- the run ---------------------------------------------------------------------------------------

static void open_parting(Parting *parting, const Solver *found, Solution *part) {
    const Program *program = found->program;
    const Solution *whole = found->solution;
    *parting = (Parting){.solver = *found, .whole = whole};
    Arena *arena = &part->arena;
    Solution *rows = &parting->rows;
    rows->functions = arena_array(arena, FunctionPlan, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionPlan *plan = &rows->functions[i];
        *plan = whole->functions[i];
        plan->supply = SUPPLY_NONE;
        plan->has_parameter = plan->gains_parameter = plan->accepts_any = false;
        plan->needs_value = plan->stores = false;
        plan->evidence = plan->first_sink = 0;
    }
    rows->classes = arena_array(arena, ClassPlan, program_class_count(program) + 1);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        rows->classes[i].process_lifetime = whole->classes[i].process_lifetime;
    for (uint32_t i = 0; i < whole->sinks.count; i++) vec_add(&rows->sinks, whole->sinks.items[i]);
    for (uint32_t i = 0; i < whole->accessors.count; i++)
        vec_add(&rows->accessors, whole->accessors.items[i]);
    parting->sinks = arena_array(arena, bool, whole->sinks.count + 1);
    parting->accessors = arena_array(arena, bool, whole->accessors.count + 1);
    parting->solver.solution = rows;
    parting->solver.whole = whole;
    parting->solver.arena = arena;
    parting->solver.call_plan = arena_array(arena, uint32_t, program_call_count(program) + 1);
    parting->solver.work.items = NULL;
    parting->solver.work.count = parting->solver.work.capacity = 0;
}

static void close_parting(Parting *parting) {
    vec_release(&parting->solver.work);
    vec_release(&parting->work);
    solution_release(&parting->rows);
}

// Also what no sink asks for: singletons that nothing reads.
static void include_all(Parting *parting) {
    for (uint32_t i = 1; i < parting->whole->sinks.count; i++)
        if (!parting->sinks[i]) return;
    for (uint32_t i = 1; i < parting->whole->accessors.count; i++) include_accessor(parting, i);
}

void solution_part(const Solver *found, const bool *wanted, Solution *part) {
    const Solution *whole = found->solution;
    BUG_UNLESS(!whole->contracts);
    Parting parting;
    *part = (Solution){0};
    open_parting(&parting, found, part);
    for (uint32_t i = 1; i < whole->sinks.count; i++)
        if (wanted[i]) include_sink(&parting, i);
    spread(&parting);
    include_all(&parting);
    uint32_t *sinks = number(&part->arena, parting.sinks, whole->sinks.count);
    uint32_t *accessors = number(&part->arena, parting.accessors, whole->accessors.count);
    copy_sinks(&parting, sinks, accessors, part);
    copy_calls(&parting, accessors, part);
    copy_defaults(&parting, part);
    part->fixed_calls = whole->fixed_calls;
    part->public_functions = whole->public_functions;
    part->named_symbols = whole->named_symbols;
    copy_functions(&parting, sinks, part);
    for (uint32_t i = 0; i < whole->ignores.count; i++)
        vec_add(&part->ignores, whole->ignores.items[i]);
    Solver settling = parting.solver;
    settling.solution = part;
    solver_settle_each(&settling);
    close_parting(&parting);
}
