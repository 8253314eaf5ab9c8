// In: a plan, or its file. Out: its file, or the plan. Files are anybody's: texts are bounded, and tasks that are not
// those which follow from what the plan includes are refused.
#include "manage/plan.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "data/json_shape.h"
#include "rule/family.h"
#include "source/digest.h"
#include "source/utf8.h"

enum { FORMAT = 1, MOST_TEXT = 4096, ID_DIGITS = 12 };

typedef struct TaskRow {
    Str id, title;
    StrItems needs;
    bool gate, final;
    int64_t least, most;
} TaskRow;

typedef struct Document {
    int64_t version;
    Str id, name, description, created, database, commit, risk;
    bool data, code, api, rollback;
    StrItems families;
    int64_t least, most, unknown, disk, memory;
    List(PlanReason) reasons;
    List(TaskRow) tasks;
} Document;

#define FIELD(type, key_, kind_, member, ...)                                                      \
    { .key = key_, .kind = kind_, .offset = offsetof(type, member), __VA_ARGS__ }
#define SHAPE(name, fields)                                                                        \
    { fields, sizeof fields / sizeof *fields, sizeof(name) }

static const char *const levels[] = {"low", "medium", "high", "critical", NULL};
static const ShapeField reason_fields[] = {
    FIELD(PlanReason, "name", SHAPE_TEXT, name, .required = true),
    FIELD(PlanReason, "level", SHAPE_CHOICE, level, .required = true, .choices = levels),
    FIELD(PlanReason, "text", SHAPE_TEXT, text, .required = true),
};
static const Shape reason_shape = SHAPE(PlanReason, reason_fields);
static const ShapeField task_fields[] = {
    FIELD(TaskRow, "id", SHAPE_TEXT, id, .required = true),
    FIELD(TaskRow, "title", SHAPE_TEXT, title, .required = true),
    FIELD(TaskRow, "needs", SHAPE_TEXTS, needs, .required = true),
    FIELD(TaskRow, "gate", SHAPE_BOOLEAN, gate, .required = false),
    FIELD(TaskRow, "final", SHAPE_BOOLEAN, final, .required = false),
    FIELD(TaskRow, "least_seconds", SHAPE_NUMBER, least, .unknown = true),
    FIELD(TaskRow, "most_seconds", SHAPE_NUMBER, most, .unknown = true),
};
static const Shape task_shape = SHAPE(TaskRow, task_fields);
static const ShapeField document_fields[] = {
    FIELD(Document, "schema_version", SHAPE_NUMBER, version, .required = true),
    FIELD(Document, "id", SHAPE_TEXT, id, .required = true),
    FIELD(Document, "name", SHAPE_TEXT, name, .required = true),
    FIELD(Document, "description", SHAPE_TEXT, description, .required = true),
    FIELD(Document, "created", SHAPE_TEXT, created, .required = true),
    FIELD(Document, "database", SHAPE_TEXT, database, .required = false),
    FIELD(Document, "commit", SHAPE_TEXT, commit, .required = false),
    FIELD(Document, "include_data", SHAPE_BOOLEAN, data, .required = false),
    FIELD(Document, "include_code", SHAPE_BOOLEAN, code, .required = false),
    FIELD(Document, "include_api", SHAPE_BOOLEAN, api, .required = false),
    FIELD(Document, "families", SHAPE_TEXTS, families, .required = false),
    FIELD(Document, "rollback_enabled", SHAPE_BOOLEAN, rollback, .required = false),
    FIELD(Document, "risk_level", SHAPE_TEXT, risk, .required = true),
    FIELD(Document, "risk_reasons", SHAPE_OBJECTS, reasons, .required = true,
          .shape = &reason_shape),
    FIELD(Document, "estimated_least_seconds", SHAPE_NUMBER, least, .required = true),
    FIELD(Document, "estimated_most_seconds", SHAPE_NUMBER, most, .required = true),
    FIELD(Document, "tasks_of_unknown_duration", SHAPE_NUMBER, unknown, .required = true),
    FIELD(Document, "pause_at_disk_permille", SHAPE_NUMBER, disk, .unknown = true),
    FIELD(Document, "pause_at_memory_permille", SHAPE_NUMBER, memory, .unknown = true),
    FIELD(Document, "tasks", SHAPE_OBJECTS, tasks, .required = true, .shape = &task_shape),
};
static const Shape document_shape = SHAPE(Document, document_fields);

Level plan_risk(const MigrationPlan *plan) {
    Level worst = LEVEL_LOW;
    for (uint32_t i = 0; i < plan->reasons.count; i++)
        if ((Level)plan->reasons.items[i].level > worst)
            worst = (Level)plan->reasons.items[i].level;
    return worst;
}

void plan_duration(const MigrationPlan *plan, int64_t *least, int64_t *most, uint32_t *unknown) {
    *least = *most = 0;
    *unknown = 0;
    for (uint32_t i = 0; i < plan->graph.tasks.count; i++) {
        const Task *task = &plan->graph.tasks.items[i];
        if (task->flags & TASK_GATE) continue;
        *unknown += task->least_seconds < 0;
        *least += task->least_seconds < 0 ? 0 : task->least_seconds;
        *most += task->most_seconds < 0 ? 0 : task->most_seconds;
    }
}

void plan_finish(MigrationPlan *plan) {
    graph_build(&plan->arena, &plan->scope, &plan->graph);
    Str text = arena_format(&plan->arena, "%.*s %.*s %.*s %.*s", STR_ARG(plan->created),
                            STR_ARG(plan->name), STR_ARG(plan->database), STR_ARG(plan->commit));
    Digest digest = digest_of(text);
    plan->id = arena_format(&plan->arena, "%.*s", ID_DIGITS, digest_text(&digest).digits);
}

void migration_plan_release(MigrationPlan *plan) {
    arena_release(&plan->arena);
    *plan = (MigrationPlan){0};
}

// ---- writing -------------------------------------------------------------------------------------

static void add_tasks(Arena *arena, const MigrationPlan *plan, Document *document) {
    for (uint32_t i = 0; i < plan->graph.tasks.count; i++) {
        const Task *task = &plan->graph.tasks.items[i];
        TaskRow row = {.id = task->id,
                       .title = str_from(task->title),
                       .gate = task->flags & TASK_GATE,
                       .final = task->flags & TASK_FINAL,
                       .least = task->least_seconds,
                       .most = task->most_seconds};
        for (uint32_t k = 0; k < task->needs.count; k++)
            list_add(arena, &row.needs, plan->graph.tasks.items[task->needs.items[k]].id);
        list_add(arena, &document->tasks, row);
    }
}

void migration_plan_write(const MigrationPlan *plan, StrBuf *out) {
    Arena arena = {0};
    uint32_t unknown;
    Document document = {.version = FORMAT,
                         .id = plan->id,
                         .name = plan->name,
                         .description = plan->description,
                         .created = plan->created,
                         .database = plan->database,
                         .commit = plan->commit,
                         .risk = str_from(levels[plan_risk(plan)]),
                         .data = plan->scope.data,
                         .code = plan->scope.code,
                         .api = plan->scope.api,
                         .rollback = plan->rollback,
                         .families = plan->scope.families,
                         .disk = plan->limits.disk,
                         .memory = plan->limits.memory};
    plan_duration(plan, &document.least, &document.most, &unknown);
    document.unknown = unknown;
    for (uint32_t i = 0; i < plan->reasons.count; i++)
        list_add(&arena, &document.reasons, plan->reasons.items[i]);
    add_tasks(&arena, plan, &document);
    shape_write(&document_shape, &document, out);
    arena_release(&arena);
}

// ---- reading -------------------------------------------------------------------------------------

bool migration_plan_may_say(Str text) {
    if (text.length > MOST_TEXT) return false;
    while (text.length > 0)
        if (!utf8_is_printable(utf8_code_point(utf8_take(&text)))) return false;
    return true;
}

static bool is_commit(Str text) {
    for (size_t i = 0; i < text.length; i++)
        if (strchr("0123456789abcdef", text.data[i]) == NULL || text.data[i] == '\0') return false;
    return text.length == 0 || text.length == 40 || text.length == 64;
}

static const char *text_fault(const Document *document) {
    if (document->version != FORMAT) return "it is not of version 1";
    if (!migration_plan_may_say(document->id) || !migration_plan_may_say(document->name) ||
        !migration_plan_may_say(document->description) ||
        !migration_plan_may_say(document->created) || !migration_plan_may_say(document->database))
        return "a text is too long, or has characters that cannot be shown";
    if (str_starts_with(document->database, STR("-"))) return "its database is none";
    if (document->data != (document->database.length > 0))
        return "it includes data and names no database, or the other way round";
    if (!is_commit(document->commit)) return "its commit is none";
    return NULL;
}

static bool take_families(const Document *document, StrItems *families) {
    for (uint32_t i = 0; i < document->families.count; i++) {
        if (i == FAMILY_MOST || !family_is_word(document->families.items[i], true)) return false;
        for (uint32_t k = 0; k < i; k++)
            if (str_equal(document->families.items[k], document->families.items[i])) return false;
    }
    *families = document->families;
    return true;
}

// The tasks say how long they take; what they are follows from the scope.
static const char *take_tasks(const Document *document, MigrationPlan *plan) {
    if (document->tasks.count != plan->graph.tasks.count)
        return "its tasks are not those of its parts";
    for (uint32_t i = 0; i < document->tasks.count; i++) {
        const TaskRow *row = &document->tasks.items[i];
        Task *task = &plan->graph.tasks.items[i];
        bool same = str_equal(row->id, task->id) && row->needs.count == task->needs.count;
        for (uint32_t k = 0; same && k < task->needs.count; k++)
            same = str_equal(row->needs.items[k], plan->graph.tasks.items[task->needs.items[k]].id);
        if (!same) return "its tasks are not those of its parts";
        if (row->least > row->most || row->most > INT32_MAX) return "a duration is none";
        task->least_seconds = row->least;
        task->most_seconds = row->most;
    }
    return NULL;
}

static const char *take_document(const Document *document, MigrationPlan *plan) {
    const char *why = text_fault(document);
    if (why != NULL) return why;
    if (!take_families(document, &plan->scope.families)) return "it names a family that is none";
    plan->name = document->name;
    plan->description = document->description;
    plan->created = document->created;
    plan->database = document->database;
    plan->commit = document->commit;
    plan->scope.data = document->data;
    plan->scope.code = document->code;
    plan->scope.api = document->api;
    plan->rollback = document->rollback;
    plan->limits = (Limits){document->disk, document->memory};
    for (uint32_t i = 0; i < document->reasons.count; i++)
        list_add(&plan->arena, &plan->reasons, document->reasons.items[i]);
    plan_finish(plan);
    return take_tasks(document, plan);
}

bool migration_plan_read(Str name, Str json, MigrationPlan *plan, Diagnostics *diagnostics) {
    ShapeFault fault = {0};
    Document document = {0};
    const char *why = NULL;
    *plan = (MigrationPlan){0};
    if (shape_read(&document_shape, json, &plan->arena, &document, &fault))
        why = take_document(&document, plan);
    if (why != NULL) strbuf_add_text(&fault.text, why);
    bool good = fault.text.length == 0;
    if (!good) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E614, SPAN_NONE,
                       "'%.*s' is no plan of a migration that this weft can use: %.*s",
                       STR_ARG(name), STR_ARG(strbuf_str(&fault.text)));
        diagnostic_help(diagnostics, "make it anew with `weft migrate plan -o FILE`");
    }
    strbuf_release(&fault.text);
    return good;
}
