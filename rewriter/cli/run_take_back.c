// Plans that pass. In: a solution. Out: its plan, or that of a solution without the decisions that the post-check
// found at fault. Each round takes back at least one place, and asks the solver for the rest: what depended on the
// place finds another way or is refused, and what was promised of solutions (stages, slices) still holds.
//
// A place is taken back as small as it can be: a call by itself, say. When the fault is still there, the function
// around it is next, and then the file.
#include "cli/run.h"
#include "cli/run_cache.h"
#include "edit/comment.h"

enum { MOST_ROUNDS = 40 };

// ---- the next decision to do without ---------------------------------------------------------------

static bool is_taken_back(const Run *run, Decision decision) {
    for (uint32_t i = 0; i < run->taken_back.count; i++)
        if (decision_same(run->taken_back.items[i].decision, decision)) return true;
    return false;
}

static Decision file_around(ModuleId module) {
    return (Decision){fact_is(module) ? DECISION_IMPORTS : DECISION_NONE, module.index};
}

// The function that an expression stands in, or else its file.
static Decision around_expr(const Program *program, ExprId expr) {
    FunctionId function = program_scope_function(program, program_expr(program, expr)->scope);
    if (fact_is(function)) return (Decision){DECISION_FUNCTION, function.index};
    return file_around(program_expr_module(program, expr));
}

static Decision widen(const Program *program, Decision decision) {
    switch (decision.kind) {
    case DECISION_SINK:
    case DECISION_FORWARD: return around_expr(program, (ExprId){decision.index});
    case DECISION_CALL:
        return around_expr(program, program_call(program, (CallId){decision.index})->expr);
    case DECISION_FUNCTION: {
        const FunctionFact *row = program_function(program, (FunctionId){decision.index});
        if (fact_is(row->enclosing)) return (Decision){DECISION_FUNCTION, row->enclosing.index};
        return file_around(row->module);
    }
    case DECISION_CLASS:
        return file_around(program_class(program, (ClassId){decision.index})->module);
    case DECISION_ACCESSOR: {
        ScopeId scope = program_symbol(program, (SymbolId){decision.index})->scope;
        return file_around(program_scope(program, scope)->module);
    }
    case DECISION_IMPORTS:
    case DECISION_NONE: break;
    }
    return (Decision){0};
}

static ModuleId module_of_file(const Program *program, FileId file) {
    for (uint32_t i = 1; file.index != 0 && i < program_module_count(program); i++)
        if (program_module_file(program, (ModuleId){i}).index == file.index) return (ModuleId){i};
    return FACT_NONE(ModuleId);
}

// The smallest that is not taken back yet; none when there is nothing more to do without.
static Decision next_decision(const Run *run, const PlanFault *fault) {
    Decision decision = fault->taken.decision;
    if (decision.kind == DECISION_NONE)
        decision = file_around(module_of_file(&run->program, fault->taken.span.file));
    if (!is_taken_back(run, decision)) return decision;
    if (fault->other.kind != DECISION_NONE && !is_taken_back(run, fault->other))
        return fault->other;
    while (decision.kind != DECISION_NONE && is_taken_back(run, decision))
        decision = widen(&run->program, decision);
    return decision;
}

static void leave_out_runtime_file(Run *run, Str path) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < run->rules.runtime.count; i++)
        if (!str_equal(run->rules.runtime.items[i].path, path))
            run->rules.runtime.items[kept++] = run->rules.runtime.items[i];
    run->rules.runtime.count = kept;
}

// False when some fault cannot be mended by doing without, or none is new.
static bool take_back(Run *run, const PlanFaults *faults) {
    uint32_t before = run->taken_back.count;
    for (uint32_t i = 0; i < faults->list.count; i++)
        if (faults->list.items[i].fatal) return false;
    for (uint32_t i = 0; i < faults->list.count; i++)
        if (faults->list.items[i].new_file.length > 0)
            leave_out_runtime_file(run, faults->list.items[i].new_file);
    // What the faults of this round are about is judged by what was taken back before it.
    TakenBacks found = {0};
    for (uint32_t i = 0; i < faults->list.count; i++) {
        TakenBack taken = faults->list.items[i].taken;
        taken.decision = next_decision(run, &faults->list.items[i]);
        taken.what = arena_copy(&run->taken_texts, taken.what);
        taken.lines = arena_copy(&run->taken_texts, taken.lines);
        if (taken.decision.kind != DECISION_NONE) vec_add(&found, taken);
    }
    for (uint32_t i = 0; i < found.count; i++)
        if (!is_taken_back(run, found.items[i].decision)) vec_add(&run->taken_back, found.items[i]);
    vec_release(&found);
    return run->taken_back.count > before;
}

// ---- the rounds --------------------------------------------------------------------------------------

// What the solver said before is said anew.
static bool solve_again(Run *run, const Options *options) {
    solution_release(&run->solution);
    run->solution = (Solution){0};
    run->solver = NULL;
    diagnostics_cut(&run->diagnostics, run->before_solving);
    return run_solve(run, options);
}

static void forget_plan(Run *run) {
    plan_release(&run->plan);
    run->plan = (Plan){0};
}

// The rounds after the first, whose FAULTS are given. True when a plan passes.
static bool do_without(Run *run, const Options *options, PlanFaults *faults) {
    for (int round = 1; round < MOST_ROUNDS && take_back(run, faults); round++) {
        Diagnostics said = {0};
        forget_plan(run);
        plan_faults_release(faults);
        *faults = (PlanFaults){0};
        bool good = solve_again(run, options) &&
                    run_make_plan(run, options, &run->solution, &run->plan, faults, &said);
        diagnostics_release(&said);
        if (good) return true;
    }
    return false;
}

static bool make_plan(Run *run, const Options *options, Diagnostics *said) {
    PlanFaults faults = {0};
    bool good = run_make_plan(run, options, &run->solution, &run->plan, &faults, said);
    if (!good && !options->strict) {
        good = do_without(run, options, &faults);
        if (good) {
            diagnostics_release(said);
            *said = (Diagnostics){0};
        } else { // the first plan's errors tell it all
            vec_clear(&run->taken_back);
            solve_again(run, options);
        }
    }
    plan_faults_release(&faults);
    return good;
}

bool run_make_safe_plan(Run *run, const Options *options) {
    Diagnostics said = {0};
    bool good = make_plan(run, options, &said);
    run->before_plan = run->diagnostics.list.count;
    diagnostics_merge(&run->diagnostics, &said);
    if (!good) return false;
    comments_report(&run->program, &run->solution, &run->plan, &run->diagnostics);
    run_cache_keep(run);
    return true;
}

void run_make_solution_safe(Run *run, const Options *options) {
    run_make_safe_plan(run, options);
    diagnostics_cut(&run->diagnostics, run->before_plan);
    forget_plan(run);
}
