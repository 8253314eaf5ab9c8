// What a person chose, as wanted sinks. In: hunks that are taken, refused, rewritten. Out: the plan of what is
// left. Taken and refused are decisions, not lines: so an answer still counts when the plan is made again and
// its hunks look different.
#include "cli/choice.h"

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
    solution_part(&choice->run->solution, choice->wanted, part);
}

// Without the look of the post-check, and without what was written by hand: for showing.
static bool make_plan(Choice *choice) {
    Run *run = choice->run;
    Solution part;
    Plan plan = {0};
    make_part(choice, &part);
    weave_edits(&run->program, &part, &plan.edits);
    bool good = edits_finish(&plan.edits, &run->sources, &run->diagnostics) &&
                plan_build(&run->sources, &run->rules, &plan, &run->diagnostics);
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
    bool good = edits_finish(&plan->edits, &run->sources, said);
    for (uint32_t i = 0; good && i < choice->rewrites.count; i++)
        put_rewrite(&choice->rewrites.items[i], &plan->edits);
    good = good && plan_build(&run->sources, &run->rules, plan, said) &&
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
            !options->has_phase || run->solution.sinks.items[i].family == options->phase;
    needs_find(&run->program, &run->solution, &choice->needs);
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

// A first statement may serve an access of the function without being a need of it: a value that is read once.
static bool uses(const Choice *choice, uint32_t sink, Decision cause, uint32_t number) {
    if (number > 0 && needs_has(&choice->needs, sink, number)) return true;
    const Sink *row = &choice->run->solution.sinks.items[sink];
    return cause.kind == DECISION_FUNCTION && row->function.index == cause.index &&
           choice->needs.of_sink[sink].count > 0;
}

static uint32_t drop_users(Choice *choice, const Hunk *hunk) {
    uint32_t dropped = 0;
    for (uint32_t i = 0; i < hunk->count; i++) {
        Decision cause = edit_of(&choice->plan, hunk, i)->cause;
        uint32_t number = needs_number(&choice->needs, cause);
        for (uint32_t sink = 1; sink < choice->needs.sink_count; sink++) {
            if (!choice->wanted[sink] || !uses(choice, sink, cause, number)) continue;
            choice->wanted[sink] = false;
            dropped++;
        }
    }
    return dropped;
}

// Imports follow from everything else in their file.
static void drop_users_of_file(Choice *choice, const Hunk *hunk) {
    uint32_t file = choice->plan.files.items[hunk->file].file.index;
    for (uint32_t sink = 1; sink < choice->needs.sink_count; sink++)
        for (uint32_t i = 0; i < choice->needs.of_sink[sink].count; i++)
            if (choice->needs.files.items[choice->needs.of_sink[sink].items[i]] == file)
                choice->wanted[sink] = false;
}

static bool has_cause(const Plan *plan, Decision cause) {
    for (uint32_t i = 0; i < plan->edits.list.count; i++) {
        const Decision *other = &plan->edits.list.items[i].cause;
        if (other->kind == cause.kind && other->index == cause.index) return true;
    }
    return false;
}

// Edits of OLD that are gone, but for those that were REFUSED (by edit).
static void find_fallen(Choice *choice, const Plan *old, const bool *refused) {
    vec_clear(&choice->fallen);
    for (uint32_t i = 0; i < old->edits.list.count; i++) {
        const Edit *edit = &old->edits.list.items[i];
        if (edit->cause.kind == DECISION_IMPORTS) continue; // they follow
        if (refused[i] || has_cause(&choice->plan, edit->cause)) continue;
        const SourceFile *file = source_file(&choice->run->sources, edit->file);
        vec_add(&choice->fallen, ((Fallen){file->path, arena_copy(&choice->arena, edit->owner),
                                           source_line_column(file, edit->start).line,
                                           is_taken(choice, edit->cause)}));
    }
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
        if (drop_users(choice, hunk) == 0) drop_users_of_file(choice, hunk);
    }
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
    uint32_t count = 0;
    *first = 0;
    for (uint32_t sink = 1; sink < choice->needs.sink_count; sink++) {
        bool found = false;
        for (uint32_t i = 0; choice->wanted[sink] && i < hunk->count && !found; i++) {
            Decision cause = edit_of(&choice->plan, hunk, i)->cause;
            found = uses(choice, sink, cause, needs_number(&choice->needs, cause));
        }
        if (found && *first == 0) *first = sink;
        count += found;
    }
    return count;
}

bool choice_finish(Choice *choice) {
    return make_checked_plan(choice, &choice->run->plan, &choice->run->diagnostics);
}
