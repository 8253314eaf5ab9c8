// Code actions, hovers and lenses. In: a place in a file. Out: what weft would change there, why, and what hangs on it. An
// access is changed with all that has to change with it, in whatever files: a part of the solution, as `--phase` makes
// one of a family.
#include "cli/lsp/action.h"

#include <stdio.h>

#include "base/bug.h"
#include "base/message.h"
#include "cli/lsp/position.h"
#include "explain/explain.h"
#include "source/utf8.h"

enum { MOST_ACTIONS = 8 };

static const char *uri_in(const json_t *parameters) {
    return json_string_value(json_object_get(json_object_get(parameters, "textDocument"), "uri"));
}

static size_t offset_in(const SourceFile *file, const json_t *position) {
    json_int_t line = json_integer_value(json_object_get(position, "line"));
    json_int_t character = json_integer_value(json_object_get(position, "character"));
    bool good = line >= 0 && line < UINT32_MAX && character >= 0 && character < UINT32_MAX;
    return position_offset(file->text, good ? (Position){(uint32_t)line, (uint32_t)character} : (Position){0, 0});
}

static json_t *text_edit(const SourceFile *file, uint32_t start, uint32_t end, Str text) {
    return json_pack("{s:o, s:o}", "range", position_range(file, start, end), "newText",
                     json_stringn_nocheck(text.data ? text.data : "", text.length));
}

// What TITLE says; a name may be cut inside a character.
static json_t *title_json(StrBuf *title) {
    Str text = strbuf_str(title);
    json_t *json = json_stringn(text.data, utf8_valid_length(text));
    strbuf_release(title);
    return json;
}

// ---- what is offered ------------------------------------------------------------------------------------
static json_t *thread_action(const char *uri, Span span, const ReportAccess *access) {
    StrBuf title = {0};
    message_add(&title, "weft: pass the context to '%.*s', with all that this changes",
                STR_ARG(str_slice(access->symbol, 0, 120)));
    return json_pack("{s:o, s:s, s:{s:s, s:I}}", "title", title_json(&title), "kind", "refactor.rewrite", "data", "uri", uri, "start",
                     (json_int_t)span.start);
}

// At the end of the line, where no comment is yet.
static json_t *ignore_action(const Tree *tree, const char *uri, Span span, const ReportAccess *access) {
    const SourceFile *file = source_file(&tree->now->run.sources, span.file);
    uint32_t end = source_line_end(file, span.end);
    Str rest = str_slice(file->text, source_line_start(file, span.start), end);
    if (access->rule.length == 0 || str_find(rest, '#') >= 0) return NULL;
    char text[256];
    StrBuf title = {0};
    snprintf(text, sizeof text, "  # weft: ignore[%.*s] REASON", (int)(access->rule.length < 100 ? access->rule.length : 100),
             access->rule.data);
    message_add(&title, "weft: leave this access alone ('%.*s'), for a reason", STR_ARG(str_slice(access->rule, 0, 100)));
    json_t *edit = text_edit(file, end, end, str_from(text));
    return json_pack("{s:o, s:s, s:{s:{s:[o]}}}", "title", title_json(&title), "kind", "quickfix", "edit", "changes", uri, edit);
}

static bool is_changed(Outcome outcome) {
    const OutcomeRow *row = outcome_row(outcome);
    return row->rewritten || row->passed;
}

json_t *action_list(Tree *tree, const json_t *parameters) {
    json_t *actions = json_array();
    const char *uri = uri_in(parameters);
    FileId id = tree_file(tree, uri);
    const ReportFile *report = tree_report_file(tree, id);
    if (report == NULL) return actions;
    const SourceFile *file = source_file(&tree->now->run.sources, id);
    const json_t *range = json_object_get(parameters, "range");
    size_t start = offset_in(file, json_object_get(range, "start"));
    size_t end = offset_in(file, json_object_get(range, "end"));
    for (uint32_t i = 0; i < report->access_count && json_array_size(actions) < MOST_ACTIONS; i++) {
        const ReportAccess *access = &tree->now->report.accesses.items[report->first_access + i];
        Span span = tree_access_span(tree, access);
        if (access->known || access->done || span.end < start || span.start > end) continue;
        if (is_changed(access->outcome)) json_array_append_new(actions, thread_action(uri, span, access));
        json_t *ignore = ignore_action(tree, uri, span, access);
        if (ignore != NULL) json_array_append_new(actions, ignore);
    }
    return actions;
}

// ---- the change -----------------------------------------------------------------------------------------
static void add_changed(const Tree *tree, Documents *documents, const Plan *plan, const PlannedFile *planned,
                        json_t *changes) {
    const SourceFile *file = source_file(&tree->now->run.sources, planned->file);
    char *uri = uri_of(tree->now->run.sources.root, planned->path);
    const Document *document = documents_find(documents, uri);
    json_t *edits = json_array();
    for (uint32_t i = 0; i < planned->edit_count; i++) {
        const Edit *edit = &plan->edits.list.items[planned->first_edit + i];
        json_array_append_new(edits, text_edit(file, edit->start, edit->end, edit->text));
    }
    json_t *version = document ? json_integer(document->version) : json_null();
    json_array_append_new(changes, json_pack("{s:{s:s, s:o}, s:o}", "textDocument", "uri", uri, "version", version,
                                             "edits", edits));
    free(uri);
}

static void add_created(const Tree *tree, const PlannedFile *planned, json_t *changes) {
    char *uri = uri_of(tree->now->run.sources.root, planned->path);
    json_array_append_new(changes, json_pack("{s:s, s:s, s:{s:b}}", "kind", "create", "uri", uri, "options",
                                             "ignoreIfExists", 1));
    json_t *edit = json_pack("{s:o, s:o}", "range",
                             json_pack("{s:o, s:o}", "start", position_json((Position){0, 0}), "end",
                                       position_json((Position){0, 0})),
                             "newText", json_stringn_nocheck(planned->after.data ? planned->after.data : "",
                                                             planned->after.length));
    json_array_append_new(changes, json_pack("{s:{s:s, s:n}, s:[o]}", "textDocument", "uri", uri, "version", "edits",
                                             edit));
    free(uri);
}

static json_t *workspace_edit(const Tree *tree, Documents *documents, const Plan *plan) {
    json_t *changes = json_array();
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *planned = &plan->files.items[i];
        if (planned->is_new)
            add_created(tree, planned, changes);
        else
            add_changed(tree, documents, plan, planned, changes);
    }
    return json_pack("{s:o}", "documentChanges", changes);
}

// The access that stood there; NULL when the text has changed since.
static const ReportAccess *access_at(const Tree *tree, const json_t *data) {
    const ReportFile *file = tree_report_file(tree, tree_file(tree, json_string_value(json_object_get(data, "uri"))));
    json_int_t start = json_integer_value(json_object_get(data, "start"));
    for (uint32_t i = 0; file != NULL && i < file->access_count; i++) {
        const ReportAccess *access = &tree->now->report.accesses.items[file->first_access + i];
        if (tree_access_span(tree, access).start == start) return access;
    }
    return NULL;
}

static char *first_error(const Diagnostics *diagnostics) {
    StrBuf text = {0};
    strbuf_add(&text, STR("weft could not make this change safely"));
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        if (diagnostics->list.items[i].severity != SEVERITY_ERROR) continue;
        strbuf_addf(&text, ": %.*s", STR_ARG(diagnostics->list.items[i].message));
        break;
    }
    return text.data;
}

json_t *action_resolve(Tree *tree, Documents *documents, json_t *action, char **why) {
    const ReportAccess *access = access_at(tree, json_object_get(action, "data"));
    *why = NULL;
    if (access == NULL || tree->now->run.solver == NULL) {
        StrBuf text = {0};
        message_add(&text, "the access has gone: the text has changed since");
        *why = text.data;
        return NULL;
    }
    bool *wanted = memory_alloc_zeroed(tree->now->run.solution.sinks.count + 1, sizeof *wanted);
    wanted[access->sink] = true;
    Solution part = {0};
    Plan plan = {0};
    Diagnostics said = {0};
    json_t *resolved = NULL;
    solution_part(tree->now->run.solver, wanted, &part);
    if (run_make_plan(&tree->now->run, &tree->now->options, &part, &plan, NULL, &said)) {
        resolved = json_copy(action);
        json_object_set_new(resolved, "edit", workspace_edit(tree, documents, &plan));
    } else {
        *why = first_error(&said);
    }
    plan_release(&plan);
    solution_release(&part);
    diagnostics_release(&said);
    free(wanted);
    return resolved;
}

// ---- hovers and lenses ------------------------------------------------------------------------------------
json_t *action_hover(Tree *tree, const json_t *parameters) {
    FileId id = tree_file(tree, uri_in(parameters));
    if (tree_report_file(tree, id) == NULL) return json_null();
    const SourceFile *file = source_file(&tree->now->run.sources, id);
    size_t offset = offset_in(file, json_object_get(parameters, "position"));
    char query[4352];
    snprintf(query, sizeof query, "%.*s:%u", (int)(file->path.length < 4096 ? file->path.length : 4096), file->path.data,
             source_line_column(file, (uint32_t)offset).line);
    ExplainInput input = {&tree->now->run.sources, &tree->now->run.program, &tree->now->run.solution, &tree->now->run.diagnostics};
    Explanation explanation = {.answer = ANSWER_SUBJECTS};
    Diagnostics mistakes = {0};
    json_t *hover = NULL;
    char *text = NULL;
    size_t length = 0;
    if (explain_build(&input, str_from(query), &mistakes, &explanation) && explanation.answer == ANSWER_SUBJECTS &&
        explanation.subjects.count > 0) {
        FILE *out = open_memstream(&text, &length);
        if (out != NULL) explain_write_text(&explanation, false, out);
        if (out != NULL && fclose(out) == 0) {
            StrBuf value = {0};
            strbuf_addf(&value, "```text\n%.*s```", (int)length, text);
            hover = json_pack("{s:{s:s, s:s}}", "contents", "kind", "markdown", "value", value.data);
            strbuf_release(&value);
        }
        free(text);
    }
    explain_release(&explanation);
    diagnostics_release(&mistakes);
    return hover ? hover : json_null();
}

json_t *action_lenses(Tree *tree, const json_t *parameters) {
    json_t *lenses = json_array();
    FileId id = tree_file(tree, uri_in(parameters));
    if (tree_report_file(tree, id) == NULL) return lenses;
    const Facts *facts = &tree->now->run.facts;
    const SourceFile *file = source_file(&tree->now->run.sources, id);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        uint32_t count = tree->now->report.reached[i];
        if (count == 0 || function->name_end == 0 ||
            facts_module_file(facts, function->module).index != id.index)
            continue;
        StrBuf title = {0};
        message_add(&title, "%u access%s get%s the context through this function", count,
                    count == 1 ? "" : "es", count == 1 ? "s" : "");
        json_array_append_new(lenses, json_pack("{s:o, s:{s:o, s:s}}", "range",
                                                position_range(file, function->name_start, function->name_end),
                                                "command", "title", title_json(&title), "command", ""));
    }
    return lenses;
}
