// In: changes. Out: text, JSON, Markdown or annotations of a pull request. Equal trees give equal bytes.
#include "api/change.h"
#include "base/message.h"
#include "report/json_value.h"
#include "report/workflow.h"
#include "report/text.h"

enum { SCHEMA_VERSION = 1, INDENT = 2 };

// "app.api.send lost a parameter: 'retries'" and, where something became something else, "('3' -> '5')".
static void add_sentence(StrBuf *out, const ApiChange *change) {
    text_add_shown(out, change->object);
    message_add(out, " %s", api_change_text(change->kind));
    if (change->parameter.length > 0) {
        strbuf_add_text(out, ": '");
        text_add_shown(out, change->parameter);
        strbuf_add_char(out, '\'');
    }
    if (change->before.length == 0 && change->after.length == 0) return;
    strbuf_add_text(out, " (");
    text_add_shown(out, change->before.length > 0 ? change->before : STR("nothing"));
    strbuf_add_text(out, " -> ");
    text_add_shown(out, change->after.length > 0 ? change->after : STR("nothing"));
    strbuf_add_char(out, ')');
}

static void add_place(StrBuf *out, const ApiChange *change) {
    text_add_shown(out, change->path);
    message_add(out, ":%u:%u", change->line, change->column);
}

static uint32_t open_count(const ApiChanges *changes) {
    return changes->list.count - changes->accepted;
}

static void add_sum(StrBuf *out, const ApiChanges *changes) {
    message_add(out, "%u public names before, %u after, %u of them new: %u breaking change%s",
                changes->public_before, changes->public_after, changes->added, open_count(changes),
                open_count(changes) == 1 ? "" : "s");
    if (changes->accepted > 0) message_add(out, ", and %u accepted", changes->accepted);
    if (changes->baseline_gone > 0)
        message_add(out, "; %u of the baseline %s gone", changes->baseline_gone,
                    changes->baseline_gone == 1 ? "is" : "are");
    strbuf_add_char(out, '\n');
}

static void add_text(StrBuf *out, const ApiChanges *changes) {
    for (uint32_t i = 0; i < changes->list.count; i++) {
        const ApiChange *change = &changes->list.items[i];
        if (change->accepted) continue;
        add_place(out, change);
        message_add(out, change->in_before ? " (before): " : ": ");
        add_sentence(out, change);
        message_add(out, " [%s]\n", api_change_name(change->kind));
    }
    if (open_count(changes) > 0) strbuf_add_char(out, '\n');
    add_sum(out, changes);
}

// A `|` would end the cell.
static void add_cell(StrBuf *out, const ApiChange *change) {
    StrBuf sentence = {0};
    add_sentence(&sentence, change);
    for (size_t i = 0; i < sentence.length; i++) {
        if (strchr("|`*_<>[]\\", sentence.data[i])) strbuf_add_char(out, '\\');
        strbuf_add_char(out, sentence.data[i]);
    }
    strbuf_release(&sentence);
}

static void add_markdown(StrBuf *out, const ApiChanges *changes) {
    message_add(out, "## Public interface\n\n");
    add_sum(out, changes);
    if (open_count(changes) == 0) return;
    message_add(out, "\n| what | kind | where |\n|---|---|---|\n");
    for (uint32_t i = 0; i < changes->list.count; i++) {
        const ApiChange *change = &changes->list.items[i];
        if (change->accepted) continue;
        strbuf_add_text(out, "| ");
        add_cell(out, change);
        message_add(out, " | %s | ", api_change_name(change->kind));
        add_place(out, change);
        strbuf_add_text(out, change->in_before ? " (before) |\n" : " |\n");
    }
}

static void add_github(StrBuf *out, const ApiChanges *changes) {
    for (uint32_t i = 0; i < changes->list.count; i++) {
        const ApiChange *change = &changes->list.items[i];
        if (change->accepted) continue;
        StrBuf path = {0}, sentence = {0};
        text_add_shown(&path, change->path);
        add_sentence(&sentence, change);
        strbuf_addf(out, "::error file=");
        workflow_add_property(out, strbuf_str(&path));
        strbuf_addf(out, ",line=%u,col=%u,title=%s::", change->line, change->column,
                    api_change_name(change->kind));
        workflow_add_data(out, strbuf_str(&sentence));
        strbuf_add_char(out, '\n');
        strbuf_release(&path);
        strbuf_release(&sentence);
    }
}

static json_t *change_json(const ApiChange *change) {
    json_t *object = json_object();
    json_put(object, "kind", json_string(api_change_name(change->kind)));
    json_put(object, "object", json_text(change->object));
    json_put(object, "parameter", json_text_or_null(change->parameter));
    json_put(object, "before", json_text_or_null(change->before));
    json_put(object, "after", json_text_or_null(change->after));
    json_put(object, "tree", json_string(change->in_before ? "before" : "after"));
    json_put(object, "path", json_text(change->path));
    json_put(object, "line", json_integer(change->line));
    json_put(object, "column", json_integer(change->column));
    json_put(object, "accepted", json_boolean(change->accepted));
    return object;
}

static void write_json(const ApiChanges *changes, Str before, Str after, FILE *out) {
    json_t *root = json_object(), *list = json_array();
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "before", json_text(before));
    json_put(root, "after", json_text(after));
    json_put(root, "public_before", json_integer(changes->public_before));
    json_put(root, "public_after", json_integer(changes->public_after));
    json_put(root, "added", json_integer(changes->added));
    json_put(root, "breaking", json_integer(open_count(changes)));
    json_put(root, "accepted", json_integer(changes->accepted));
    for (uint32_t i = 0; i < changes->list.count; i++)
        json_add(list, change_json(&changes->list.items[i]));
    json_put(root, "changes", list);
    json_write(root, INDENT, out);
}

void api_changes_write(const ApiChanges *changes, ApiFormat format, Str before, Str after,
                       FILE *out) {
    StrBuf text = {0};
    switch (format) {
    case API_TEXT: add_text(&text, changes); break;
    case API_MARKDOWN: add_markdown(&text, changes); break;
    case API_GITHUB: add_github(&text, changes); break;
    case API_JSON: write_json(changes, before, after, out); break;
    }
    if (text.length > 0) fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
