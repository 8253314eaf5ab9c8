// In: what a migration includes. Out: its tasks and their edges. An edge is a fact about two commands:
// the code that expects columns comes after the columns, and nothing is required while somebody still does without.
#include "manage/graph.h"

typedef enum Part { PART_ALWAYS, PART_DATA, PART_CODE, PART_API } Part;

typedef struct KindRow {
    const char *id, *title;
    Part part;
    unsigned flags;
} KindRow;

static const KindRow KINDS[KIND_COUNT] = {
#define TASK(NAME, id, title, part, flags) {id, title, part, flags},
#include "manage/tasks.def"
#undef TASK
};

// FIRST needs SECOND, as far as both are there.
static const struct {
    TaskKind task, needs;
} EDGES[] = {
    {KIND_DATA_PLAN, KIND_PREFLIGHT},
    {KIND_DATA_EXPAND, KIND_DATA_PLAN},
    {KIND_CODE_EXPAND, KIND_PREFLIGHT},
    {KIND_CODE_EXPAND, KIND_DATA_EXPAND}, // the runtime of a pack reads the columns
    {KIND_DATA_BACKFILL, KIND_DATA_EXPAND},
    {KIND_DATA_VERIFY, KIND_DATA_BACKFILL},
    {KIND_CODE_VERIFY, KIND_CODE_EXPAND},
    {KIND_DATA_SWITCH, KIND_DATA_VERIFY},
    {KIND_DEPLOY, KIND_PREFLIGHT},
    {KIND_DEPLOY, KIND_CODE_VERIFY},
    {KIND_DEPLOY, KIND_DATA_SWITCH}, // the new program writes by the new keys
    {KIND_CALLERS, KIND_DEPLOY},     // only what runs expanded counts old callers
    {KIND_API_CHECK, KIND_CALLERS},
    {KIND_CODE_CONTRACT, KIND_DEPLOY},
    {KIND_CODE_CONTRACT, KIND_API_CHECK},
    {KIND_CONTRACT_VERIFY, KIND_CODE_CONTRACT},
    {KIND_NO_RETURN, KIND_DEPLOY},
    {KIND_NO_RETURN, KIND_CONTRACT_VERIFY},
    {KIND_DATA_CONTRACT, KIND_NO_RETURN},
};

static bool is_included(const Scope *scope, TaskKind kind) {
    switch (KINDS[kind].part) {
    case PART_ALWAYS: return true;
    case PART_DATA: return scope->data;
    case PART_CODE: return scope->code;
    case PART_API: return scope->api && scope->code;
    }
    return false;
}

static void add_needs(Arena *arena, const Graph *graph, Task *task) {
    for (size_t i = 0; i < sizeof EDGES / sizeof *EDGES; i++) {
        if (EDGES[i].task != task->kind) continue;
        for (uint32_t k = 0; k < graph->tasks.count; k++)
            if (graph->tasks.items[k].kind == EDGES[i].needs) list_add(arena, &task->needs, k);
    }
}

static void add_task(Arena *arena, Graph *graph, TaskKind kind, Str family) {
    Task task = {.kind = kind,
                 .id = str_from(KINDS[kind].id),
                 .title = KINDS[kind].title,
                 .flags = KINDS[kind].flags,
                 .least_seconds = -1,
                 .most_seconds = -1};
    if (family.length > 0) {
        task.family = family;
        task.id = arena_format(arena, "%s-%.*s", KINDS[kind].id, STR_ARG(family));
    }
    add_needs(arena, graph, &task);
    if (family.length > 0 &&
        graph->tasks.count > 0) { // one family after the other, as phases are made
        uint32_t last = graph->tasks.count - 1;
        if (graph->tasks.items[last].kind == kind) list_add(arena, &task.needs, last);
    }
    list_add(arena, &graph->tasks, task);
}

void graph_build(Arena *arena, const Scope *scope, Graph *graph) {
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (!is_included(scope, (TaskKind)kind)) continue;
        if (!(KINDS[kind].flags & TASK_PER_FAMILY) || scope->families.count == 0) {
            add_task(arena, graph, (TaskKind)kind, STR_NONE);
            continue;
        }
        for (uint32_t i = 0; i < scope->families.count; i++)
            add_task(arena, graph, (TaskKind)kind, scope->families.items[i]);
    }
}

bool graph_find(const Graph *graph, Str id, uint32_t *index) {
    for (*index = 0; *index < graph->tasks.count; (*index)++)
        if (str_equal(graph->tasks.items[*index].id, id)) return true;
    return false;
}
