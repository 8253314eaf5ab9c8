// The whole migration of a program as a graph of tasks. Each task is a command that weft has anyway, or the word of a
// person; what depends on what is said here and nowhere else.
#ifndef WEFT_MANAGE_GRAPH_H
#define WEFT_MANAGE_GRAPH_H

#include "base/list.h"

typedef enum TaskKind {
#define TASK(NAME, id, title, part, flags) KIND_##NAME,
#include "manage/tasks.def"
#undef TASK
    KIND_COUNT
} TaskKind;

typedef enum TaskFlag {
    TASK_GATE = 1,       // a person says that it is so
    TASK_FINAL = 2,      // only the backup takes it back
    TASK_PER_FAMILY = 4, // one for each family that is named
} TaskFlag;

// What a migration includes.
typedef struct Scope {
    bool data, code, api;
    StrItems families; // of the code, in the order of the rules; none: all at once
} Scope;

typedef struct Task {
    TaskKind kind;
    Str id; // "code-expand", "code-expand-memory"
    const char *title;
    unsigned flags;
    Str family;           // empty: all
    List(uint32_t) needs; // indices of earlier tasks
    // Seconds that it is expected to take, -1: unknown.
    int64_t least_seconds, most_seconds;
} Task;

typedef struct Graph {
    List(Task) tasks; // each behind what it needs
} Graph;

// The tasks of SCOPE, in ARENA.
void graph_build(Arena *arena, const Scope *scope, Graph *graph);
// The index of the task ID; false when there is none.
bool graph_find(const Graph *graph, Str id, uint32_t *index);

#endif
