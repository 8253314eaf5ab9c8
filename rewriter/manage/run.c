// In: a migration that has begun. Out: its tasks are done, or it is said why not. The record has a line before a task may
// change anything and one when it has ended, so that whoever comes after a crash knows which one may be half done;
// each command can be repeated.
#include "manage/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apply/interrupt.h"
#include "base/file.h"

enum { DONE_BUT_UNREADABLE = 3, INTERRUPTED = 6, LOG_NAME = 128 };

static bool ended_well(const ChildResult *result) {
    return result->error == 0 && (result->status == 0 || result->status == DONE_BUT_UNREADABLE);
}

static CommandInput input_of(Manager *manager, uint32_t task) {
    return (CommandInput){
        .plan = &manager->plan, .site = &manager->site, .begun = manager->state.tasks[task].begun};
}

static const char *log_of(const Task *task, char *name) {
    snprintf(name, LOG_NAME, "log-%.*s", STR_ARG(task->id));
    return name;
}

static void say(const Manager *manager, const Task *task, const char *what) {
    if (manager->quiet) return;
    printf("%-28.*s  %s\n", STR_ARG(task->id), what);
    fflush(stdout);
}

// ---- one task ------------------------------------------------------------------------------------

// A run of the tree that was interrupted is finished first: the next one would be refused.
static void finish_interrupted(Manager *manager, const Task *task) {
    Arena arena = {0};
    StrItems status = {0}, resume = {0};
    Str output;
    ChildResult result;
    char log[LOG_NAME];
    list_add(&arena, &status, STR("status"));
    list_add(&arena, &status, STR("-C"));
    list_add(&arena, &status, manager->site.root);
    child_ask(&manager->site, &status, &arena, &output, &result);
    if (result.status == INTERRUPTED) {
        list_add(&arena, &resume, STR("resume"));
        list_add(&arena, &resume, STR("-C"));
        list_add(&arena, &resume, manager->site.root);
        child_run(&manager->site, &resume, log_of(task, log), NULL, &result);
    }
    arena_release(&arena);
}

static bool writes_tree(const Task *task) {
    return task->kind == KIND_CODE_EXPAND || task->kind == KIND_CODE_CONTRACT;
}

static bool note_start(Manager *manager, uint32_t index) {
    Arena arena = {0};
    const Task *task = &manager->plan.graph.tasks.items[index];
    Str json;
    int64_t newest = 0;
    char number[32];
    bool good = !writes_tree(task) || manager_runs(manager, &arena, &json, &newest);
    snprintf(number, sizeof number, "%" PRId64, newest);
    arena_release(&arena);
    return good && manager_note(manager, "started", task->id, number);
}

static bool note_end(Manager *manager, const Task *task, const ChildResult *result) {
    char status[32];
    if (ended_well(result)) {
        say(manager, task, result->status == 0 ? "done" : "done, but files could not be read");
        return manager_note(manager, "done", task->id, NULL);
    }
    if (result->stopped || result->status == INTERRUPTED) {
        say(manager, task, "stopped at a safe point");
        return manager_note(manager, "stopped", task->id, NULL);
    }
    snprintf(status, sizeof status, "%d", result->status);
    say(manager, task, "failed");
    if (!manager_note(manager, "failed", task->id, status)) return false;
    diagnostic_add(manager->diagnostics, DIAGNOSTIC_E616, SPAN_NONE,
                   "the task '%.*s' failed with status %d", STR_ARG(task->id), result->status);
    char log[LOG_NAME];
    diagnostic_note(manager->diagnostics, "what it said is in '%.*s'",
                    STR_ARG(site_path(&manager->site, log_of(task, log))));
    diagnostic_help(manager->diagnostics,
                    "mend what it names, then `weft migrate resume`; `weft migrate rollback` takes "
                    "all back");
    return true;
}

// False when the record could not be written: then nothing more may be done. *STOPPED: somebody asked for it.
static bool run_task(Manager *manager, uint32_t index, bool *stopped) {
    const Task *task = &manager->plan.graph.tasks.items[index];
    Arena arena = {0};
    StrItems arguments = {0};
    ChildResult result;
    char log[LOG_NAME];
    CommandInput input = input_of(manager, index);
    if (writes_tree(task) && input.begun) finish_interrupted(manager, task);
    bool good = note_start(manager, index);
    if (good) {
        command_arguments(&input, task, &arena, &arguments);
        child_run(&manager->site, &arguments, log_of(task, log), &manager->plan.limits, &result);
        *stopped = result.stopped;
        good = note_end(manager, task, &result);
    }
    arena_release(&arena);
    return good;
}

// ---- does it hold? -------------------------------------------------------------------------------

static bool is_data(const Task *task) {
    return task->kind == KIND_DATA_EXPAND || task->kind == KIND_DATA_BACKFILL ||
           task->kind == KIND_DATA_VERIFY || task->kind == KIND_DATA_SWITCH ||
           task->kind == KIND_DATA_CONTRACT;
}

// A later task of the same kind changed what this one made, and answers for both.
static bool is_superseded(const Manager *manager, uint32_t index) {
    const Graph *graph = &manager->plan.graph;
    const Task *task = &graph->tasks.items[index];
    for (uint32_t i = index + 1; i < graph->tasks.count; i++) {
        const Task *later = &graph->tasks.items[i];
        bool same = (is_data(task) && is_data(later)) ||
                    (task->kind == KIND_CODE_EXPAND && later->kind == KIND_CODE_CONTRACT);
        if (same && manager->state.tasks[i].begun) return true;
    }
    return false;
}

static bool has_data_plan(Manager *manager) {
    Arena arena = {0};
    Str bytes;
    bool good = site_read(&manager->site, &arena, "data.json", &bytes, manager->diagnostics) &&
                bytes.length > 0;
    arena_release(&arena);
    return good;
}

static bool holds(Manager *manager, uint32_t index) {
    const Task *task = &manager->plan.graph.tasks.items[index];
    if (task->kind == KIND_DATA_PLAN) return has_data_plan(manager);
    if (is_superseded(manager, index)) return true;
    Arena arena = {0};
    StrItems arguments = {0};
    CommandInput input = input_of(manager, index);
    ChildResult result = {0};
    char log[LOG_NAME];
    if (command_of_check(&input, task, &arena, &arguments))
        child_run(&manager->site, &arguments, log_of(task, log), NULL, &result);
    arena_release(&arena);
    return ended_well(&result);
}

static bool needs_again(const Manager *manager, uint32_t index) {
    const Task *task = &manager->plan.graph.tasks.items[index];
    for (uint32_t i = 0; i < task->needs.count; i++)
        if (manager->state.tasks[task->needs.items[i]].state != STATE_DONE) return true;
    return false;
}

// What was done is believed only after a look; what stands on it has to be done again, too.
static bool look_at_done(Manager *manager) {
    for (uint32_t i = 0; i < manager->plan.graph.tasks.count; i++) {
        const Task *task = &manager->plan.graph.tasks.items[i];
        if (manager->state.tasks[i].state != STATE_DONE) continue;
        if (!needs_again(manager, i) && holds(manager, i)) continue;
        say(manager, task, "does not hold any more: again");
        if (!manager_note(manager, "again", task->id, NULL)) return false;
    }
    return true;
}

// ---- all of them ---------------------------------------------------------------------------------

static bool is_approved(const Manager *manager, Str id) {
    for (uint32_t i = 0; i < manager->approvals.count; i++)
        if (str_equal(manager->approvals.items[i], id)) return true;
    return false;
}

static bool pass_gate(Manager *manager, uint32_t index, bool *passed) {
    const Task *task = &manager->plan.graph.tasks.items[index];
    *passed = is_approved(manager, task->id);
    say(manager, task, *passed ? "approved" : "waits for your word");
    return !*passed || manager_note(manager, "approved", task->id, NULL);
}

static bool may_try(const Manager *manager, uint32_t index, const bool *tried) {
    TaskState state = manager->state.tasks[index].state;
    return state != STATE_DONE && !tried[index] &&
           migration_state_is_ready(&manager->state, &manager->plan.graph, index);
}

static bool shall_stop(const Manager *manager) {
    return interrupt_came() || site_wish(&manager->site) != SITE_GO_ON ||
           limits_passed(&manager->plan.limits, manager->site.root) != NULL;
}

// Somebody should know why it has paused by itself.
static void tell_limit(Manager *manager) {
    const char *limit = limits_passed(&manager->plan.limits, manager->site.root);
    if (limit == NULL) return;
    diagnostic_add(manager->diagnostics, DIAGNOSTIC_W617, SPAN_NONE,
                   "the migration pauses: '%s' is over the limit of the plan", limit);
    diagnostic_help(manager->diagnostics,
                    "make room, then `weft migrate resume`; the limit is `monitor: alerts:` of the "
                    "rules when the plan is made");
}

static ManageResult end(Manager *manager, bool stopped) {
    if (stopped) {
        tell_limit(manager);
        bool cancels = site_wish(&manager->site) == SITE_CANCEL;
        if (!record_add(&manager->site, &manager->record, manager->diagnostics,
                        cancels ? "cancelled" : "paused", NULL))
            return MANAGE_REFUSED;
        manager_refresh(manager);
        return MANAGE_WAITING;
    }
    const char *summary = migration_state_summary(&manager->state, &manager->plan.graph, false);
    if (strcmp(summary, "completed") == 0) return MANAGE_DONE;
    return strcmp(summary, "failed") == 0 ? MANAGE_FAILED : MANAGE_WAITING;
}

ManageResult manager_run(Manager *manager, bool resumed) {
    uint32_t count = manager->plan.graph.tasks.count, next = 0;
    bool *tried = arena_array(&manager->arena, bool, count + 1), stopped = false;
    interrupt_watch();
    if (resumed && !look_at_done(manager)) return MANAGE_REFUSED;
    while (next < count && !stopped) {
        if (!may_try(manager, next, tried)) {
            next++;
            continue;
        }
        if (shall_stop(manager)) {
            stopped = true;
            break;
        }
        tried[next] = true;
        bool passed = true;
        bool good = manager->plan.graph.tasks.items[next].flags & TASK_GATE
                        ? pass_gate(manager, next, &passed)
                        : run_task(manager, next, &stopped);
        if (!good) return MANAGE_REFUSED;
        next = 0; // what waited for it may go on
    }
    return end(manager, stopped);
}
