// Diagnostics for editors. In: an analysed tree. Out: one notification a file: accesses that are not isolated, and what
// weft says of places: refusals, doubts, leaks, mistakes in rules.
#include "cli/lsp/publish.h"

#include "base/message.h"
#include "cli/lsp/position.h"
#include "cli/lsp/wire.h"
#include "report/finding.h"
#include "report/text.h"

enum { SEVERITY_LSP_ERROR = 1, SEVERITY_LSP_WARNING = 2, SEVERITY_LSP_INFORMATION = 3 };

static json_t *string(Str text) { return json_stringn_nocheck(text.data ? text.data : "", text.length); }

static json_t *shown(Str text) {
    StrBuf printable = {0};
    text_add_shown(&printable, text);
    json_t *result = string(strbuf_str(&printable));
    strbuf_release(&printable);
    return result;
}

// The list of FILE in LISTS, by URI.
static json_t *list_of(const Tree *tree, json_t *lists, FileId file) {
    char *uri = uri_of(tree->now->run.sources.root, source_file(&tree->now->run.sources, file)->path);
    json_t *list = json_object_get(lists, uri);
    if (list == NULL) {
        list = json_array();
        json_object_set_new(lists, uri, list);
    }
    free(uri);
    return list;
}

// ---- accesses -----------------------------------------------------------------------------------------
static void add_access(const Tree *tree, const ReportAccess *access, Arena *arena, json_t *lists) {
    Span span = tree_access_span(tree, access);
    const SourceFile *file = source_file(&tree->now->run.sources, span.file);
    bool refused = finding_level(access) == FINDING_ERROR;
    json_t *diagnostic =
        json_pack("{s:o, s:i, s:s, s:o, s:o}", "range", position_range(file, span.start, span.end), "severity",
                  refused ? SEVERITY_LSP_ERROR : SEVERITY_LSP_WARNING, "source", "weft", "code",
                  access->has_code ? json_string(diagnostic_code_name(access->code))
                                   : string(finding_rule(arena, access)),
                  "message", string(finding_message(arena, access)));
    json_array_append_new(list_of(tree, lists, span.file), diagnostic);
}

static void add_accesses(const Tree *tree, json_t *lists) {
    Arena arena = {0};
    for (uint32_t i = 0; tree_is_good(tree) && i < tree->now->report.accesses.count; i++) {
        const ReportAccess *access = &tree->now->report.accesses.items[i];
        if (!access->known && !access->done) add_access(tree, access, &arena, lists);
    }
    arena_release(&arena);
}

// ---- places -------------------------------------------------------------------------------------------
// An access says it already.
static bool is_of_access(const Tree *tree, const Diagnostic *diagnostic) {
    if (diagnostic_code_group(diagnostic->code) != GROUP_REFUSED && diagnostic->code != DIAGNOSTIC_W301) return false;
    const ReportFile *file = tree_report_file(tree, diagnostic->span.file);
    for (uint32_t i = 0; file != NULL && i < file->access_count; i++) {
        const ReportAccess *access = &tree->now->report.accesses.items[file->first_access + i];
        Span span = tree_access_span(tree, access);
        if (access->has_code && access->code == diagnostic->code && span.start == diagnostic->span.start) return true;
    }
    return false;
}

static json_t *message_of(const Diagnostic *diagnostic) {
    StrBuf text = {0};
    text_add_shown(&text, diagnostic->message);
    if (diagnostic->note.length > 0) {
        message_add(&text, "\n%s: ", message_text("note"));
        text_add_shown(&text, diagnostic->note);
    }
    if (diagnostic->help.length > 0) {
        message_add(&text, "\n%s: ", message_text("help"));
        text_add_shown(&text, diagnostic->help);
    }
    json_t *result = string(strbuf_str(&text));
    strbuf_release(&text);
    return result;
}

static json_t *related(const Tree *tree, const Diagnostic *diagnostic) {
    const SourceFile *file = source_file(&tree->now->run.sources, diagnostic->related.file);
    char *uri = uri_of(tree->now->run.sources.root, file->path);
    json_t *place = json_pack("[{s:{s:s, s:o}, s:o}]", "location", "uri", uri, "range",
                              position_range(file, diagnostic->related.start, diagnostic->related.end), "message",
                              shown(diagnostic->related_text));
    free(uri);
    return place;
}

static bool is_below_root(const Tree *tree, FileId file) {
    return file.index != 0 && !str_starts_with(source_file(&tree->now->run.sources, file)->path, STR("/"));
}

static void add_place(const Tree *tree, const Diagnostic *diagnostic, json_t *lists) {
    static const int severities[] = {[SEVERITY_NOTE] = SEVERITY_LSP_INFORMATION,
                                     [SEVERITY_WARNING] = SEVERITY_LSP_WARNING,
                                     [SEVERITY_ERROR] = SEVERITY_LSP_ERROR};
    const SourceFile *file = source_file(&tree->now->run.sources, diagnostic->span.file);
    json_t *row = json_pack("{s:o, s:i, s:s, s:s, s:o}", "range",
                            position_range(file, diagnostic->span.start, diagnostic->span.end), "severity",
                            severities[diagnostic->severity], "source", "weft", "code",
                            diagnostic_code_name(diagnostic->code), "message", message_of(diagnostic));
    if (is_below_root(tree, diagnostic->related.file))
        json_object_set_new(row, "relatedInformation", related(tree, diagnostic));
    json_array_append_new(list_of(tree, lists, diagnostic->span.file), row);
}

static void add_places(const Tree *tree, json_t *lists) {
    for (uint32_t i = 0; i < tree->now->run.diagnostics.list.count; i++) {
        const Diagnostic *diagnostic = &tree->now->run.diagnostics.list.items[i];
        if (is_below_root(tree, diagnostic->span.file) && !is_of_access(tree, diagnostic))
            add_place(tree, diagnostic, lists);
    }
}

// ---- sending ------------------------------------------------------------------------------------------
static bool send(const char *uri, json_t *list) {
    return wire_write(json_pack("{s:s, s:s, s:{s:s, s:O}}", "jsonrpc", "2.0", "method",
                                "textDocument/publishDiagnostics", "params", "uri", uri, "diagnostics", list));
}

// What has no place in a file, above all that no rules fit, goes to the editor's log, once.
static bool send_log(Tree *tree) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < tree->now->run.diagnostics.list.count; i++) {
        const Diagnostic *diagnostic = &tree->now->run.diagnostics.list.items[i];
        if (diagnostic->severity != SEVERITY_ERROR || is_below_root(tree, diagnostic->span.file)) continue;
        text_add_shown(&text, str_from(tree->root));
        strbuf_add(&text, STR(": "));
        text_add_shown(&text, diagnostic->message);
        if (diagnostic->help.length > 0) strbuf_addf(&text, " (%.*s)", STR_ARG(diagnostic->help));
        break;
    }
    bool good = true, fresh = text.length > 0 && (tree->logged == NULL || strcmp(tree->logged, text.data) != 0);
    if (fresh)
        good = wire_write(json_pack("{s:s, s:s, s:{s:i, s:s}}", "jsonrpc", "2.0", "method", "window/logMessage", "params",
                                    "type", SEVERITY_LSP_ERROR, "message", text.data));
    free(tree->logged);
    tree->logged = text.data;
    return good;
}

bool publish_diagnostics(Tree *tree) {
    json_t *lists = json_object(), *none = json_array(), *list;
    const char *uri;
    bool good = send_log(tree);
    add_accesses(tree, lists);
    add_places(tree, lists);
    json_object_foreach(lists, uri, list) if (!json_equal(list, json_object_get(tree->said, uri)))
        good = send(uri, list) && good;
    json_object_foreach(tree->said, uri, list) if (json_object_get(lists, uri) == NULL) good = send(uri, none) && good;
    json_decref(tree->said);
    json_decref(none);
    tree->said = lists;
    return good;
}
