// In: a migration. Out: a page that needs nothing else: no script, no file, no network. Every text in it is escaped.
#include "base/message.h"
#include "manage/view.h"
#include "report/markup.h"

static const char STYLE[] =
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;"
    "border-bottom:1px solid #8884}.done,.yes{color:#0a7d33}.failed,.no{color:#c22}"
    ".waiting,.stopped,.unknown{color:#a60}@media(prefers-color-scheme:dark){body{background:#111;"
    "color:#ddd}}";

static void add_cell(StrBuf *out, Str text) {
    strbuf_add_text(out, "<td>");
    markup_add(out, text);
    strbuf_add_text(out, "</td>");
}

// The words of states and answers are names of classes, too.
static void add_word(StrBuf *out, const char *word) {
    strbuf_addf(out, "<td class=\"%s\">%s</td>", word, word);
}

static void add_headings(StrBuf *out, const char *title, const char *const *headings,
                         size_t count) {
    strbuf_addf(out, "<h2>%s</h2>\n<table><thead><tr>", title);
    for (size_t i = 0; i < count; i++) strbuf_addf(out, "<th>%s</th>", headings[i]);
    strbuf_add_text(out, "</tr></thead><tbody>\n");
}

static void add_tasks(const Manager *manager, StrBuf *out) {
    const char *headings[] = {message_text("task"), message_text("what"), message_text("state"),
                              message_text("when"), message_text("who")};
    add_headings(out, message_text("Tasks"), headings, 5);
    for (uint32_t i = 0; i < manager->plan.graph.tasks.count; i++) {
        const Task *task = &manager->plan.graph.tasks.items[i];
        const TaskProgress *progress = &manager->state.tasks[i];
        strbuf_add_text(out, "<tr>");
        add_cell(out, task->id);
        add_cell(out, str_from(task->title));
        add_word(out, task_state_name(progress->state));
        add_cell(out, progress->ended.length > 0 ? progress->ended : progress->started);
        add_cell(out, progress->user);
        strbuf_add_text(out, "</tr>\n");
    }
    strbuf_add_text(out, "</tbody></table>\n");
}

static void add_reasons(const MigrationPlan *plan, StrBuf *out) {
    const char *headings[] = {message_text("risk"), message_text("reason")};
    add_headings(out, message_text("Risk"), headings, 2);
    for (uint32_t i = 0; i < plan->reasons.count; i++) {
        strbuf_add_text(out, "<tr>");
        add_word(out, level_name((Level)plan->reasons.items[i].level));
        add_cell(out, plan->reasons.items[i].text);
        strbuf_add_text(out, "</tr>\n");
    }
    strbuf_add_text(out, "</tbody></table>\n");
}

static void add_lists(Manager *manager, StrBuf *out) {
    Arena arena = {0};
    CheckLines lines = {0};
    const char *headings[] = {message_text("list"), message_text("line"), message_text("answer"),
                              message_text("known from")};
    checklist_build(manager, &arena, &lines);
    add_headings(out, message_text("Lists"), headings, 4);
    for (uint32_t i = 0; i < lines.count; i++) {
        strbuf_add_text(out, "<tr>");
        add_cell(out, str_from(lines.items[i].list));
        add_cell(out, str_from(lines.items[i].text));
        add_word(out, check_answer_name(lines.items[i].answer));
        add_cell(out, lines.items[i].why);
        strbuf_add_text(out, "</tr>\n");
    }
    strbuf_add_text(out, "</tbody></table>\n");
    arena_release(&arena);
}

void status_write_html(Manager *manager, bool at_work, StrBuf *out) {
    const MigrationPlan *plan = &manager->plan;
    strbuf_addf(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                     "<meta name=\"viewport\" content=\"width=device-width\">"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'unsafe-inline'\"><title>");
    markup_add(out, plan->name);
    strbuf_addf(out, "</title><style>%s</style></head><body>\n<h1>", STYLE);
    markup_add(out, plan->name);
    strbuf_addf(out, "</h1>\n<p>%s</p>\n",
                migration_state_summary(&manager->state, &plan->graph, at_work));
    strbuf_add_text(out, "<p>");
    markup_add(out, plan->description);
    strbuf_add_text(out, "</p>\n");
    add_tasks(manager, out);
    add_lists(manager, out);
    add_reasons(plan, out);
    strbuf_add_text(out, "</body></html>\n");
}
