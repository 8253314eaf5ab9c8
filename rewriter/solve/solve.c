// The solver's order of work; see solver.h. Comes in: facts and rules. Goes out: a Solution.
#include "solve/escape/handed.h"
#include "solve/escape/leaks.h"
#include "solve/escape/places.h"
#include "solve/solver.h"

enum { ATTEMPT_LIMIT = 64 };

static void begin_attempt(Solver *solver) {
    const Program *program = solver->program;
    Solution *solution = solver->solution;
    vec_clear(&solution->sinks);
    vec_clear(&solution->calls);
    vec_clear(&solution->forwards);
    vec_clear(&solution->accessors);
    vec_clear(&solution->loops);
    vec_clear(&solution->defaults);
    *vec_push(&solution->sinks) = (Sink){0};
    *vec_push(&solution->accessors) = (Accessor){0};
    Arena *arena = &solution->attempt;
    arena_release(arena);
    solution->functions = arena_array(arena, FunctionPlan, program_function_count(program) + 1);
    solution->classes = arena_array(arena, ClassPlan, program_class_count(program) + 1);
    solver->call_plan = arena_array(arena, uint32_t, program_call_count(program) + 1);
    solution->fixed_calls = arena_array(arena, bool, program_call_count(program) + 1);
    solver->fixed_call = solution->fixed_calls;
    solver->replaced_call = arena_array(arena, bool, program_call_count(program) + 1);
    solver->statement_accessor = arena_array(arena, uint32_t, program_statement_count(program) + 1);
    solver->function_accessor = arena_array(arena, uint32_t, program_function_count(program) + 1);
    solver->change_memo = arena_array(arena, uint8_t, program_function_count(program) + 1);
    solver->hold_memo = arena_array(arena, uint8_t, program_class_count(program) + 1);
    solver->import_only = arena_array(arena, bool, program_function_count(program) + 1);
    solver->made_early = arena_array(arena, bool, program_function_count(program) + 1);
    solver->receives = arena_array(arena, bool, program_class_count(program) + 1);
    solver->test_module = arena_array(arena, bool, program_module_count(program) + 1);
    solver->test_function = arena_array(arena, bool, program_function_count(program) + 1);
    solver->escapes = arena_array(arena, bool, program_function_count(program) + 1);
    solver->must_be_optional = arena_array(arena, bool, program_function_count(program) + 1);
    solver->made_without = arena_array(arena, bool, program_class_count(program) + 1);
    solver->class_kept = arena_array(arena, bool, program_class_count(program) + 1);
    solver->outlives = arena_array(arena, uint8_t, program_function_count(program) + 1);
    vec_clear(&solver->work);
}

static void attempt(Solver *solver) {
    begin_attempt(solver);
    solver_find_boundaries(solver);
    if (!solver->handed) solver_find_handed(solver);
    solver_find_each(solver);
    solver_collect_sinks(solver);
    solver_find_lifetimes(solver);
    solver_find_outliving(solver);
    solver_find_early_closures(solver);
    solver_spread_needs(solver);
}

static void promote_all(Solver *solver) {
    attempt(solver);
    for (int i = 0; i < ATTEMPT_LIMIT && solver_promote(solver); i++) attempt(solver);
}

static int compare_calls(const void *a, const void *b) {
    uint32_t left = ((const CallPlan *)a)->call.index, right = ((const CallPlan *)b)->call.index;
    return left < right ? -1 : left > right;
}

const Solver *solve_context(const Program *program, const SolveOptions *options, Solution *solution,
                            Diagnostics *diagnostics) {
    SolveOptions *chosen = arena_new(&solution->arena, SolveOptions);
    *chosen = *options;
    if (!chosen->families) chosen->families = UINT32_MAX;
    Solver *solver = arena_new(&solution->arena, Solver);
    *solver = (Solver){.program = program,
                       .options = chosen,
                       .solution = solution,
                       .diagnostics = diagnostics,
                       .arena = &solution->arena};
    solution->contracts = options->contract;
    solver_index(solver);
    solver_find_renames(solver);
    solver_find_renewed(solver);
    solver_read_frozen(solver);
    solver_find_named(solver);
    solver_find_annotated(solver);
    solver_find_outside(solver);
    solver_read_ignores(solver);
    flow_build(solver, &solver->flow);
    solver_find_paths(solver);
    promote_all(solver);
    // What a singleton owns outlives a context only when it did not become one for each tenant: so which
    // do is settled first, as if nothing were kept.
    solver->keeps = true;
    promote_all(solver);
    solver_decide_outcomes(solver);
    solver_drop_defaults(solver);
    solver_find_leaks(solver);
    solver_find_origins(solver);
    solver_find_retyped(solver);
    uint32_t first = diagnostics->list.count;
    solver_report(solver);
    solver_apply_ignores(solver, first);
    if (solution->calls.count > 1)
        qsort(solution->calls.items, solution->calls.count, sizeof *solution->calls.items,
              compare_calls);
    flow_release(&solver->flow);
    free(solver->lasting);
    solver->lasting = NULL;
    vec_release(&solver->work);
    vec_release(&solver->promoted);
    vec_release(&solver->named);
    vec_release(&solver->path_sites);
    vec_release(&solver->outside_bases);
    solver_release_ignores(solver);
    map_release(&solver->defaults);
    map_release(&solver->unread_places);
    solution->public_functions = solver->public_function;
    return solver;
}
