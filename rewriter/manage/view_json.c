// In: a migration. Out: JSON with the keys that docs/migration-guide.md shows. What is not known is null.
#include <string.h>

#include "manage/view.h"
#include "report/json_value.h"
#include "report/model.h"

enum { SCHEMA_VERSION = 1, INDENT = 2 };

static json_t *task_json(const Task *task, const TaskProgress *progress) {
    json_t *row = json_object();
    json_put(row, "id", json_text(task->id));
    json_put(row, "title", json_string(task->title));
    json_put(row, "state", json_string(task_state_name(progress->state)));
    json_put(row, "gate", json_boolean(task->flags & TASK_GATE));
    json_put(row, "started", json_text_or_null(progress->started));
    json_put(row, "ended", json_text_or_null(progress->ended));
    json_put(row, "user", json_text_or_null(progress->user));
    json_put(row, "status", json_text_or_null(progress->status));
    return row;
}

static uint32_t count(const Manager *manager, TaskState state) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < manager->plan.graph.tasks.count; i++)
        found += manager->state.tasks[i].state == state;
    return found;
}

// With one decimal, rounded down.
static double percent(uint32_t part, uint32_t whole) {
    return (double)report_permille(part, whole) / 10;
}

static json_t *metrics_json(const Manager *manager) {
    json_t *metrics = json_object();
    uint32_t total = manager->plan.graph.tasks.count, done = count(manager, STATE_DONE);
    uint32_t failed = count(manager, STATE_FAILED);
    json_put(metrics, "total_tasks", json_integer(total));
    json_put(metrics, "completed_tasks", json_integer(done));
    json_put(metrics, "failed_tasks", json_integer(failed));
    json_put(metrics, "blocked_tasks", json_integer(count(manager, STATE_BLOCKED)));
    // In percent, of those that have ended; nothing has: there is none.
    json_put(metrics, "success_rate",
             done + failed > 0 ? json_real(percent(done, done + failed)) : json_null());
    json_put(metrics, "progress", json_real(percent(done, total)));
    return metrics;
}

static json_t *checklists_json(Manager *manager) {
    Arena arena = {0};
    CheckLines lines = {0};
    json_t *lists = json_object();
    checklist_build(manager, &arena, &lines);
    for (uint32_t i = 0; i < lines.count; i++) {
        const CheckLine *line = &lines.items[i];
        json_t *list = json_object_get(lists, line->list);
        if (list == NULL) {
            json_put(lists, line->list, json_array());
            list = json_object_get(lists, line->list);
        }
        json_t *row = json_object();
        json_put(row, "id", json_string(line->id));
        json_put(row, "text", json_string(line->text));
        json_put(row, "answer", json_string(check_answer_name(line->answer)));
        json_put(row, "why", json_text(line->why));
        json_add(list, row);
    }
    arena_release(&arena);
    return lists;
}

static json_t *estimate_json(const MigrationPlan *plan) {
    int64_t least, most;
    uint32_t unknown;
    json_t *estimate = json_object();
    plan_duration(plan, &least, &most, &unknown);
    json_put(estimate, "least_seconds", json_integer(least));
    json_put(estimate, "most_seconds", json_integer(most));
    json_put(estimate, "unknown_tasks", json_integer(unknown));
    return estimate;
}

void status_write_json(Manager *manager, bool at_work, FILE *out) {
    const MigrationPlan *plan = &manager->plan;
    json_t *root = json_object(), *tasks = json_array(), *reasons = json_array();
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "id", json_text(plan->id));
    json_put(root, "name", json_text(plan->name));
    json_put(root, "description", json_text(plan->description));
    json_put(root, "status",
             json_string(migration_state_summary(&manager->state, &plan->graph, at_work)));
    json_put(root, "at_work", json_boolean(at_work));
    json_put(root, "began", json_text_or_null(manager->state.began));
    json_put(root, "changed", json_text_or_null(manager->state.changed));
    json_put(root, "metrics", metrics_json(manager));
    json_put(root, "estimated_duration", estimate_json(plan));
    json_put(root, "risk_level", json_string(level_name(plan_risk(plan))));
    for (uint32_t i = 0; i < plan->reasons.count; i++) {
        json_t *reason = json_object();
        json_put(reason, "name", json_text(plan->reasons.items[i].name));
        json_put(reason, "level", json_string(level_name((Level)plan->reasons.items[i].level)));
        json_put(reason, "text", json_text(plan->reasons.items[i].text));
        json_add(reasons, reason);
    }
    json_put(root, "risk_reasons", reasons);
    for (uint32_t i = 0; i < plan->graph.tasks.count; i++)
        json_add(tasks, task_json(&plan->graph.tasks.items[i], &manager->state.tasks[i]));
    json_put(root, "tasks", tasks);
    json_put(root, "checklists", checklists_json(manager));
    json_write(root, INDENT, out);
}
