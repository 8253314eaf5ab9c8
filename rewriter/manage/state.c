// In: the lines of a record. Out: the state of each task. A line about a task that the plan does not have is passed over:
// the digest of the plan, which its first line has, says that there is none.
#include "manage/state.h"

#include <stdlib.h>

const char *task_state_name(TaskState state) {
    static const char *const names[STATE_COUNT] = {"open",    "blocked", "waiting", "running",
                                                   "stopped", "failed",  "done",    "undone"};
    return names[state];
}

static Str argument(const RecordLine *line, uint32_t index) {
    return index < line->arguments.count ? line->arguments.items[index] : STR_NONE;
}

// ---- lines ---------------------------------------------------------------------------------------

static void take_started(const RecordLine *line, TaskProgress *task) {
    Str number = argument(line, 1);
    task->state = STATE_RUNNING;
    task->started = line->time;
    task->ended = STR_NONE;
    if (!task->begun) { // a second start undoes nothing of the first
        task->run = number.length > 0 ? strtoll(number.data, NULL, 10) : 0;
        task->begun = true;
    }
}

static void take_task(const RecordLine *line, TaskProgress *task) {
    task->user = line->user;
    if (str_is(line->word, "started")) {
        take_started(line, task);
        return;
    }
    task->ended = line->time;
    if (str_is(line->word, "done") || str_is(line->word, "approved")) task->state = STATE_DONE;
    if (str_is(line->word, "failed")) {
        task->state = STATE_FAILED;
        task->status = argument(line, 1);
    }
    if (str_is(line->word, "stopped")) task->state = STATE_STOPPED;
    if (str_is(line->word, "again")) task->state = STATE_OPEN;
    if (str_is(line->word, "undone")) task->state = STATE_UNDONE;
}

static void take_line(const RecordLine *line, const Graph *graph, MigrationState *state) {
    uint32_t task;
    state->changed = line->time;
    if (line->arguments.count > 0 && graph_find(graph, argument(line, 0), &task)) {
        take_task(line, &state->tasks[task]);
        state->paused = false;
        return;
    }
    state->paused = str_is(line->word, "paused");
    if (str_is(line->word, "cancelled")) state->cancelled = true;
    if (str_is(line->word, "rollback")) state->undoing = true;
    if (str_is(line->word, "undone") && line->arguments.count == 0) state->undone = true;
}

// ---- what follows --------------------------------------------------------------------------------

bool migration_state_is_ready(const MigrationState *state, const Graph *graph, uint32_t task) {
    const Task *row = &graph->tasks.items[task];
    for (uint32_t i = 0; i < row->needs.count; i++)
        if (state->tasks[row->needs.items[i]].state != STATE_DONE) return false;
    return true;
}

static bool is_blocked(const MigrationState *state, const Task *task) {
    for (uint32_t i = 0; i < task->needs.count; i++) {
        TaskState found = state->tasks[task->needs.items[i]].state;
        if (found == STATE_FAILED || found == STATE_BLOCKED) return true;
    }
    return false;
}

static void derive(const Graph *graph, MigrationState *state) {
    for (uint32_t i = 0; i < graph->tasks.count; i++) {
        if (state->tasks[i].state != STATE_OPEN) continue;
        if (is_blocked(state, &graph->tasks.items[i]))
            state->tasks[i].state = STATE_BLOCKED;
        else if ((graph->tasks.items[i].flags & TASK_GATE) && state->begun &&
                 migration_state_is_ready(state, graph, i))
            state->tasks[i].state = STATE_WAITING;
    }
}

void migration_state_read(const Record *record, const Graph *graph, Arena *arena,
                          MigrationState *state) {
    uint32_t first = record->lines.count;
    *state = (MigrationState){.tasks = arena_array(arena, TaskProgress, graph->tasks.count + 1)};
    for (uint32_t i = 0; i < graph->tasks.count; i++) state->tasks[i].run = -1;
    while (first > 0 && !str_is(record->lines.items[first - 1].word, "plan")) first--;
    if (first > 0) {
        state->begun = true;
        state->plan = argument(&record->lines.items[first - 1], 0);
        state->began = state->changed = record->lines.items[first - 1].time;
    }
    for (uint32_t i = first; first > 0 && i < record->lines.count; i++)
        take_line(&record->lines.items[i], graph, state);
    derive(graph, state);
}

// ---- all of it -----------------------------------------------------------------------------------

static bool has(const MigrationState *state, const Graph *graph, TaskState wanted) {
    for (uint32_t i = 0; i < graph->tasks.count; i++)
        if (state->tasks[i].state == wanted) return true;
    return false;
}

static bool all_done(const MigrationState *state, const Graph *graph) {
    for (uint32_t i = 0; i < graph->tasks.count; i++)
        if (state->tasks[i].state != STATE_DONE) return false;
    return true;
}

const char *migration_state_summary(const MigrationState *state, const Graph *graph, bool at_work) {
    if (!state->begun) return "planned";
    if (state->undone) return "rolled_back";
    if (state->undoing) return at_work ? "rolling_back" : "interrupted";
    if (at_work) return "running";
    if (state->cancelled) return "cancelled";
    if (all_done(state, graph)) return "completed";
    if (has(state, graph, STATE_FAILED)) return "failed";
    if (state->paused || has(state, graph, STATE_STOPPED)) return "paused";
    if (has(state, graph, STATE_RUNNING)) return "interrupted";
    return has(state, graph, STATE_WAITING) ? "waiting" : "interrupted";
}
