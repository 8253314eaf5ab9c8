// What a person chose, as wanted sinks. In: hunks that are taken, refused, rewritten. Out: the plan of what is
// left. Taken and refused are decisions, not lines: so an answer still counts when the plan is made again and
// its hunks look different.
#include "cli/choice.h"

#include <string.h>

#include "base/bug.h"
#include "cli/edited_tree.h"
#include "cli/languages.h"
#include "edit/weave.h"

// ---- the plan of what is wanted --------------------------------------------------------------------

static const Edit *edit_of(const Plan *plan, const Hunk *hunk, uint32_t index) {
    return &plan->edits.list.items[hunk->first + index];
}

static bool is_inside(const Rewrite *rewrite, const Edit *edit) {
    return edit->file.index == rewrite->lines.file.index && edit->start >= rewrite->lines.start &&
           edit->end <= rewrite->lines.end;
}

// The edits in these lines are still those that were replaced.
static bool still_fits(const Choice *choice, const Rewrite *rewrite, const Edits *edits) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < edits->list.count; i++) {
        const Edit *edit = &edits->list.items[i];
        if (!is_inside(rewrite, edit)) continue;
        if (found == rewrite->cause_count) return false;
        Decision cause = choice->causes.items[rewrite->first_cause + found++];
        if (cause.kind != edit->cause.kind || cause.index != edit->cause.index) return false;
    }
    return found == rewrite->cause_count;
}

static void put_rewrite(const Rewrite *rewrite, Edits *edits) {
    uint32_t kept = 0;
    bool written = false;
    for (uint32_t i = 0; i < edits->list.count; i++) {
        Edit edit = edits->list.items[i];
        if (is_inside(rewrite, &edit)) {
            if (written) continue;
            edit.start = rewrite->lines.start;
            edit.end = rewrite->lines.end;
            edit.text = arena_copy(&edits->arena, rewrite->text); // outlives the choice
            edit.owner = STR("edited by hand");
            edit.safety = SAFETY_REVIEW;
            written = true;
        }
        edits->list.items[kept++] = edit;
    }
    edits->list.count = kept;
}

static void make_part(const Choice *choice, Solution *part) {
    solution_part(choice->run->solver, choice->wanted, part);
}

// Without the look of the post-check, and without what was written by hand: for showing.
static bool make_plan(Choice *choice) {
    Run *run = choice->run;
    Solution part;
    Plan plan = {0};
    make_part(choice, &part);
    weave_edits(&run->program, &part, &plan.edits);
    bool good = weave_finish(&run->program, &plan.edits, NULL, &run->diagnostics) &&
                plan_build(&run->sources, &run->rules, &plan, NULL, &run->diagnostics);
    solution_release(&part);
    plan_release(&choice->plan);
    choice->plan = plan;
    hunks_find(&run->sources, &choice->plan, choice->context, &choice->split, &choice->hunks);
    return good;
}

// With both.
static bool make_checked_plan(Choice *choice, Plan *plan, Diagnostics *said) {
    Run *run = choice->run;
    Solution part;
    make_part(choice, &part);
    weave_edits(&run->program, &part, &plan->edits);
    bool good = weave_finish(&run->program, &plan->edits, NULL, said);
    for (uint32_t i = 0; good && i < choice->rewrites.count; i++)
        put_rewrite(&choice->rewrites.items[i], &plan->edits);
    good = good && plan_build(&run->sources, &run->rules, plan, NULL, said) &&
           run_check_plan(run, choice->options, &part, plan, said);
    if (good && choice->rewrites.count > 0)
        good = edited_tree_check(run, choice->options, plan, said);
    solution_release(&part);
    return good;
}

bool choice_open(Choice *choice, Run *run, const Options *options) {
    *choice = (Choice){.run = run, .options = options, .context = options->context};
    uint32_t count = run->solution.sinks.count;
    choice->wanted = arena_array(&choice->arena, bool, count + 1);
    for (uint32_t i = 1; i < count; i++)
        choice->wanted[i] =
            !options->has_phase || run->solution.sinks.items[i].family == run->phase;
    needs_find(run->solver, &choice->needs);
    return make_plan(choice);
}

void choice_release(Choice *choice) {
    plan_release(&choice->plan);
    needs_release(&choice->needs);
    map_release(&choice->taken);
    vec_release(&choice->hunks);
    vec_release(&choice->split);
    vec_release(&choice->rewrites);
    vec_release(&choice->causes);
    vec_release(&choice->fallen);
    arena_release(&choice->arena);
}

// ---- taking ----------------------------------------------------------------------------------------

static bool is_taken(const Choice *choice, Decision cause) {
    uint32_t taken = 0;
    map_get(&choice->taken, map_key(cause.kind, cause.index), &taken);
    return taken != 0;
}

bool choice_is_taken(const Choice *choice, const Hunk *hunk) {
    for (uint32_t i = 0; i < hunk->count; i++)
        if (!is_taken(choice, edit_of(&choice->plan, hunk, i)->cause)) return false;
    return true;
}

void choice_take(Choice *choice, const Hunk *hunk) {
    for (uint32_t i = 0; i < hunk->count; i++) {
        Decision cause = edit_of(&choice->plan, hunk, i)->cause;
        map_put(&choice->taken, map_key(cause.kind, cause.index), 1);
    }
}

bool choice_has_only_imports(const Choice *choice, const Hunk *hunk) {
    for (uint32_t i = 0; i < hunk->count; i++)
        if (edit_of(&choice->plan, hunk, i)->cause.kind != DECISION_IMPORTS) return false;
    return true;
}

// ---- refusing --------------------------------------------------------------------------------------

// Marks the wanted accesses that need some decision of the hunk.
static void mark_users(const Choice *choice, const Hunk *hunk, bool *marked) {
    const Needs *needs = &choice->needs;
    for (uint32_t i = 0; i < hunk->count; i++) {
        Decision cause = edit_of(&choice->plan, hunk, i)->cause;
        uint32_t number = needs_number(needs, cause);
        for (uint32_t k = 0; number > 0 && k < needs->users[number].count; k++)
            marked[needs->users[number].items[k]] = true;
        if (cause.kind != DECISION_FUNCTION) continue;
        // A first statement may serve an access of the function without being a need of it: a value that
        // is read once.
        for (uint32_t sink = 1; sink < needs->sink_count; sink++)
            if (choice->run->solution.sinks.items[sink].function.index == cause.index &&
                needs->of_sink[sink].count > 0)
                marked[sink] = true;
    }
    for (uint32_t sink = 1; sink < needs->sink_count; sink++)
        marked[sink] = marked[sink] && choice->wanted[sink];
}

// Imports follow from everything else in their file.
static void mark_users_of_file(const Choice *choice, const Hunk *hunk, bool *marked) {
    const Needs *needs = &choice->needs;
    uint32_t file = choice->plan.files.items[hunk->file].file.index;
    for (uint32_t number = 1; number < needs->decisions.count; number++) {
        if (needs->files.items[number] != file) continue;
        for (uint32_t k = 0; k < needs->users[number].count; k++) {
            uint32_t sink = needs->users[number].items[k];
            marked[sink] = choice->wanted[sink];
        }
    }
}

static bool has_marks(const Choice *choice, const bool *marked) {
    for (uint32_t sink = 1; sink < choice->needs.sink_count; sink++)
        if (marked[sink]) return true;
    return false;
}

// Every refusal takes something away, so that the dialogue ends: where nothing accounts for a hunk, all goes.
static void drop_users(Choice *choice, const uint32_t *hunks, uint32_t count) {
    uint32_t sinks = choice->needs.sink_count;
    bool *dropped = memory_alloc_zeroed(sinks + 1, sizeof *dropped);
    bool *marked = memory_alloc_zeroed(sinks + 1, sizeof *marked);
    for (uint32_t i = 0; i < count; i++) {
        const Hunk *hunk = &choice->hunks.items[hunks[i]];
        memset(marked, 0, sinks * sizeof *marked);
        mark_users(choice, hunk, marked);
        if (!has_marks(choice, marked)) mark_users_of_file(choice, hunk, marked);
        bool none = !has_marks(choice, marked);
        for (uint32_t sink = 1; sink < sinks; sink++)
            dropped[sink] = dropped[sink] || marked[sink] || none;
    }
    for (uint32_t sink = 1; sink < sinks; sink++)
        choice->wanted[sink] = choice->wanted[sink] && !dropped[sink];
    free(marked);
    free(dropped);
}

// Decisions that the plan still has, as the keys of a map.
static Map find_causes(const Plan *plan) {
    Map causes = {0};
    for (uint32_t i = 0; i < plan->edits.list.count; i++) {
        Decision cause = plan->edits.list.items[i].cause;
        map_put(&causes, map_key(cause.kind, cause.index), 1);
    }
    return causes;
}

// Counts by file the edits of OLD that are gone, but for those that were REFUSED (by edit).
static void find_fallen(Choice *choice, const Plan *old, const bool *refused) {
    Map causes = find_causes(&choice->plan);
    vec_clear(&choice->fallen);
    for (uint32_t i = 0; i < old->edits.list.count; i++) {
        const Edit *edit = &old->edits.list.items[i];
        uint32_t there;
        if (edit->cause.kind == DECISION_IMPORTS) continue; // they follow
        if (refused[i] || map_get(&causes, map_key(edit->cause.kind, edit->cause.index), &there))
            continue;
        Str path = source_file(&choice->run->sources, edit->file)->path;
        if (choice->fallen.count == 0 || !str_equal(vec_last(&choice->fallen)->path, path))
            vec_add(&choice->fallen, ((Fallen){.path = path}));
        vec_last(&choice->fallen)->count++;
        vec_last(&choice->fallen)->taken += is_taken(choice, edit->cause);
    }
    map_release(&causes);
}

// What was written by hand for lines that are different now must be asked for again.
static void forget_rewrites(Choice *choice) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < choice->rewrites.count; i++) {
        Rewrite *rewrite = &choice->rewrites.items[i];
        if (still_fits(choice, rewrite, &choice->plan.edits))
            choice->rewrites.items[kept++] = *rewrite;
        else
            for (uint32_t k = 0; k < rewrite->cause_count; k++) {
                Decision cause = choice->causes.items[rewrite->first_cause + k];
                map_put(&choice->taken, map_key(cause.kind, cause.index), 0);
            }
    }
    choice->rewrites.count = kept;
}

bool choice_refuse(Choice *choice, const uint32_t *hunks, uint32_t count) {
    Plan old = choice->plan;
    bool *refused = memory_alloc_zeroed(old.edits.list.count + 1, sizeof *refused);
    for (uint32_t i = 0; i < count; i++) {
        const Hunk *hunk = &choice->hunks.items[hunks[i]];
        for (uint32_t k = 0; k < hunk->count; k++) refused[hunk->first + k] = true;
    }
    drop_users(choice, hunks, count);
    choice->plan = (Plan){0};
    bool good = make_plan(choice);
    find_fallen(choice, &old, refused);
    forget_rewrites(choice);
    free(refused);
    plan_release(&old);
    return good;
}

// ---- by hand ---------------------------------------------------------------------------------------

bool choice_rewrite(Choice *choice, const Hunk *hunk, Str text, Diagnostics *said) {
    Rewrite rewrite = {.lines = {choice->plan.files.items[hunk->file].file, hunk->start, hunk->end},
                       .text = arena_copy(&choice->arena, text),
                       .first_cause = choice->causes.count,
                       .cause_count = hunk->count};
    for (uint32_t i = 0; i < hunk->count; i++)
        vec_add(&choice->causes, edit_of(&choice->plan, hunk, i)->cause);
    vec_add(&choice->rewrites, rewrite);
    Plan plan = {0};
    bool good = make_checked_plan(choice, &plan, said);
    plan_release(&plan);
    if (good)
        choice_take(choice, hunk);
    else
        choice->rewrites.count--;
    return good;
}

// ---- reasons, and the end --------------------------------------------------------------------------

uint32_t choice_count_users(const Choice *choice, const Hunk *hunk, uint32_t *first) {
    bool *marked = memory_alloc_zeroed(choice->needs.sink_count + 1, sizeof *marked);
    uint32_t count = 0;
    *first = 0;
    mark_users(choice, hunk, marked);
    for (uint32_t sink = 1; sink < choice->needs.sink_count; sink++) {
        if (marked[sink] && *first == 0) *first = sink;
        count += marked[sink];
    }
    free(marked);
    return count;
}

bool choice_finish(Choice *choice) {
    return make_checked_plan(choice, &choice->run->plan, &choice->run->diagnostics);
}
