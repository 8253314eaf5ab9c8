// Slices of a run. In: a solution, and the slice of each of its sinks. Out: for each slice the step from
// the tree that the slices before it leave. Every such tree is made from the original sources, by the part
// of the solution up to there; so the last one is what one plan would have made, byte for byte.
#include "cli/run_slices.h"

#include "base/bug.h"
#include "edit/plan_between.h"

// The sinks of the slices up to LAST.
static void choose_sinks(const Run *run, const Slices *slices, uint32_t last, bool *wanted) {
    for (uint32_t i = 1; i < run->solution.sinks.count; i++)
        wanted[i] = slices->of_sink[i] > 0 && slices->of_sink[i] <= last;
}

static bool make_prefix(Run *run, const Options *options, const bool *wanted, Plan *plan) {
    Solution part;
    solution_part(run->solver, wanted, &part);
    bool good = run_make_plan(run, options, &part, plan, NULL, &run->diagnostics);
    solution_release(&part);
    return good;
}

bool run_slices(Run *run, const Options *options, const Slices *slices, SliceUse use,
                void *context) {
    bool good = true;
    bool *wanted = memory_alloc_zeroed(run->solution.sinks.count, sizeof *wanted);
    Plan done = {0};
    for (uint32_t i = 1; i < slices->names.count && good; i++) {
        Plan next = {0}, step = {0};
        choose_sinks(run, slices, i, wanted);
        good = make_prefix(run, options, wanted, &next);
        if (good) {
            plan_between(&run->sources, &done, &next, &step);
            if (step.files.count > 0) good = use(context, slices->names.items[i], &step);
        }
        plan_release(&step);
        plan_release(&done);
        done = next;
    }
    plan_release(&done);
    free(wanted);
    return good;
}
