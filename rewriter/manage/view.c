// In: a migration. Out: text and Markdown. Durations are those of the record; an estimate is printed as a range, or is unknown.
#include "manage/view.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/message.h"
#include "report/text.h"

enum { MINUTE = 60, HOUR = 3600 };

bool view_seconds(Str text, int64_t *seconds) {
    Arena scratch = {0};
    struct tm parts = {0};
    const char *end = strptime(arena_copy(&scratch, text).data, "%Y-%m-%dT%H:%M:%SZ", &parts);
    bool good = end != NULL && *end == '\0';
    if (good) *seconds = (int64_t)timegm(&parts);
    arena_release(&scratch);
    return good;
}

// ---- durations -----------------------------------------------------------------------------------

static void add_seconds(StrBuf *out, int64_t seconds) {
    if (seconds < 2 * MINUTE)
        message_add(out, "%" PRId64 " s", seconds);
    else if (seconds < 2 * HOUR)
        message_add(out, "%" PRId64 " min", seconds / MINUTE);
    else
        message_add(out, "%" PRId64 " h", seconds / HOUR);
}

static void add_range(StrBuf *out, int64_t least, int64_t most) {
    if (least < 0) {
        message_add(out, "unknown");
        return;
    }
    add_seconds(out, least);
    message_add(out, " to ");
    add_seconds(out, most);
}

// ---- the plan ------------------------------------------------------------------------------------

static void add_parts(const MigrationPlan *plan, StrBuf *out) {
    const char *separator = "";
    const struct {
        bool there;
        const char *name;
    } parts[] = {{plan->scope.data, "data"}, {plan->scope.code, "code"}, {plan->scope.api, "api"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].there) continue;
        message_add(out, "%s%s", separator, parts[i].name);
        separator = ", ";
    }
}

static void add_task_line(const MigrationPlan *plan, const Task *task, StrBuf *out) {
    strbuf_add_text(out, "  ");
    strbuf_add(out, task->id);
    for (size_t i = task->id.length; i < 28; i++) strbuf_add_char(out, ' ');
    strbuf_add_text(out, message_text(task->title));
    if (task->flags & TASK_GATE)
        message_add(out, "  [a person: --approve %.*s]", STR_ARG(task->id));
    if (task->flags & TASK_FINAL) message_add(out, "  [only the backup takes it back]");
    if (!(task->flags & TASK_GATE)) {
        strbuf_add_text(out, "  (");
        add_range(out, task->least_seconds, task->most_seconds);
        strbuf_add_char(out, ')');
    }
    for (uint32_t i = 0; i < task->needs.count; i++)
        message_add(out, "%s%.*s", i == 0 ? "\n      after " : ", ",
                    STR_ARG(plan->graph.tasks.items[task->needs.items[i]].id));
    strbuf_add_char(out, '\n');
}

void plan_write_text(const MigrationPlan *plan, StrBuf *out) {
    int64_t least, most;
    uint32_t unknown;
    message_add(out, "plan %.*s: ", STR_ARG(plan->id));
    text_add_shown(out, plan->name);
    strbuf_add_text(out, " (");
    add_parts(plan, out);
    message_add(out, plan->rollback ? ")\n\n" : "; it is not taken back)\n\n");
    for (uint32_t i = 0; i < plan->graph.tasks.count; i++)
        add_task_line(plan, &plan->graph.tasks.items[i], out);
    plan_duration(plan, &least, &most, &unknown);
    message_add(out, "\nexpected: ");
    add_range(out, least, most);
    if (unknown > 0)
        message_add(out, ", and %u task%s that nobody has measured", unknown,
                    unknown == 1 ? "" : "s");
    message_add(out, "\nrisk: %s\n", message_text(level_name(plan_risk(plan))));
    for (uint32_t i = 0; i < plan->reasons.count; i++) {
        const PlanReason *reason = &plan->reasons.items[i];
        message_add(out, "  %-8s  ", message_text(level_name((Level)reason->level)));
        text_add_shown(out, message_str(reason->text));
        strbuf_add_text(out, " [");
        text_add_shown(out, reason->name);
        strbuf_add_text(out, "]\n");
    }
}

// ---- how far it is -------------------------------------------------------------------------------

static void add_state_line(const Task *task, const TaskProgress *progress, StrBuf *out) {
    message_add(out, "  %-8s  ", task_state_name(progress->state));
    strbuf_add(out, task->id);
    if (progress->started.length > 0 || progress->ended.length > 0) {
        for (size_t i = task->id.length; i < 28; i++) strbuf_add_char(out, ' ');
        strbuf_add(out, progress->ended.length > 0 ? progress->ended : progress->started);
        message_add(out, " by ");
        text_add_shown(out, progress->user);
    }
    if (progress->state == STATE_FAILED)
        message_add(out, ", status %.*s", STR_ARG(progress->status));
    strbuf_add_char(out, '\n');
}

void status_write_waiting(const Manager *manager, StrBuf *out) {
    for (uint32_t i = 0; i < manager->plan.graph.tasks.count; i++) {
        const Task *task = &manager->plan.graph.tasks.items[i];
        if (manager->state.tasks[i].state != STATE_WAITING) continue;
        message_add(out, "it waits for your word that %s: `weft migrate resume --approve %.*s`\n",
                    task->title, STR_ARG(task->id));
    }
}

static void add_checklist(Manager *manager, StrBuf *out) {
    Arena arena = {0};
    CheckLines lines = {0};
    const char *list = "";
    checklist_build(manager, &arena, &lines);
    for (uint32_t i = 0; i < lines.count; i++) {
        const CheckLine *line = &lines.items[i];
        if (strcmp(list, line->list) != 0) message_add(out, "\n%s\n", line->list);
        list = line->list;
        message_add(out, "  %-8s  %s: ", check_answer_name(line->answer), line->text);
        text_add_shown(out, message_str(line->why));
        strbuf_add_char(out, '\n');
    }
    arena_release(&arena);
}

void status_write_text(Manager *manager, bool at_work, StrBuf *out) {
    const MigrationPlan *plan = &manager->plan;
    message_add(out, "plan %.*s: ", STR_ARG(plan->id));
    text_add_shown(out, plan->name);
    message_add(out, ": %s\n\n", migration_state_summary(&manager->state, &plan->graph, at_work));
    for (uint32_t i = 0; i < plan->graph.tasks.count; i++)
        add_state_line(&plan->graph.tasks.items[i], &manager->state.tasks[i], out);
    if (!at_work) status_write_waiting(manager, out);
    add_checklist(manager, out);
}

void status_write_markdown(Manager *manager, bool at_work, StrBuf *out) {
    StrBuf text = {0};
    Str rest, line;
    message_add(out, "# Migration\n\n");
    status_write_text(manager, at_work, &text);
    strbuf_add_char(&text, '\n');
    plan_write_text(&manager->plan, &text);
    rest = strbuf_str(&text);
    while (str_split_next(&rest, '\n', &line)) // an indented block: nothing in it is markup
        message_add(out, line.length > 0 ? "    %.*s\n" : "%.*s\n", STR_ARG(line));
    strbuf_release(&text);
}
