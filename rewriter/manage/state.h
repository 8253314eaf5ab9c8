// How far a migration is: what its record says of each task. The record (migrate/record.h) is that of data, with other words:
//
//     plan DIGEST          this plan is carried out from here on
//     approved ID          a person said that it is so
//     started ID RUN       RUN: the newest run of the tree before it, see apply/journal.h
//     done ID              and what it says holds
//     failed ID STATUS     exit status of its command
//     stopped ID           at a safe point: paused, or interrupted
//     again ID             what it had done did not hold any more when the migration was resumed
//     paused               nothing runs, as somebody asked
//     cancelled            for good
//     rollback             begins; `undone ID` for each task, `undone` ends it
#ifndef WEFT_MANAGE_STATE_H
#define WEFT_MANAGE_STATE_H

#include "manage/graph.h"
#include "migrate/record.h"

typedef enum TaskState {
    STATE_OPEN,
    STATE_BLOCKED, // something that it needs has failed
    STATE_WAITING, // a gate whose turn it is
    STATE_RUNNING, // or its manager died
    STATE_STOPPED,
    STATE_FAILED,
    STATE_DONE,
    STATE_UNDONE,
    STATE_COUNT
} TaskState;

typedef struct TaskProgress {
    TaskState state;
    bool begun;         // it may have changed something since the plan began
    Str started, ended; // times; may be empty
    Str user;
    Str status;  // STATE_FAILED: of the command
    int64_t run; // as `started` says; -1: never started
} TaskProgress;

typedef struct MigrationState {
    TaskProgress *tasks; // by the index in the graph
    bool begun, paused, cancelled, undoing, undone;
    Str plan;           // digest of the plan that began
    Str began, changed; // times of the first and the last line
} MigrationState;

const char *task_state_name(TaskState state);
// Reads what RECORD says behind its newest plan. Lives in ARENA.
void migration_state_read(const Record *record, const Graph *graph, Arena *arena,
                          MigrationState *state);
// Whether all that the task needs is done.
bool migration_state_is_ready(const MigrationState *state, const Graph *graph, uint32_t task);
// "planned", "running", "waiting", "paused", "failed", "cancelled", "completed", "rolled_back" or, between these,
// "rolling_back"; AT_WORK: a manager holds the lock.
const char *migration_state_summary(const MigrationState *state, const Graph *graph, bool at_work);

#endif
