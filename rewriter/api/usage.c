// In: usage files. Out: callers and their calls, added up and sorted. Anybody may have written the files: sizes and
// numbers are bounded, and one that cannot be read is an error, never "no callers".
//
//     {"schema_version": 1, "process": 71, "written": 1796083200, "calls": [
//      {"api": "app.apis.send", "module": "weather", "distribution": null, "calls": 12, "first": 1796080000,
//       "last": 1796083100, "line": "/plugins/weather.py:12"}]}
#include "api/usage.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/message.h"
#include "base/file.h"
#include "base/json_node.h"
#include "base/path.h"
#include "source/utf8.h"

enum { MOST_BYTES = 8 << 20, MOST_ROWS = 20000, MOST_FILES = 10000, MOST_NAME = 1000 };
static const int64_t MOST_CALLS = INT64_C(1) << 53;        // what JSON's numbers hold everywhere
static const int64_t MOST_SECONDS = INT64_C(253402300799); // the year 9999

// ---- one file ------------------------------------------------------------------------------------
typedef struct Reading {
    Str path;
    Usage *usage;
    Diagnostics *diagnostics;
} Reading;

static bool refuse(const Reading *reading, const char *why) {
    diagnostic_add(reading->diagnostics, DIAGNOSTIC_E704, SPAN_NONE,
                   "the usage file '%.*s' cannot be used: %s", STR_ARG(reading->path), why);
    diagnostic_help(reading->diagnostics,
                    "leave it out, or delete it when the program did not write it");
    return false;
}

static bool take_text(const JsonNode *row, const char *key, bool required, Str *text) {
    const JsonNode *node = json_node_member(row, key);
    *text = STR_NONE;
    if (node == NULL || node->kind == JSON_NODE_NULL) return !required;
    if (node->kind != JSON_NODE_TEXT || node->text.length > MOST_NAME) return false;
    *text = node->text;
    return !required || text->length > 0;
}

static bool take_number(const JsonNode *row, const char *key, int64_t most, int64_t *number) {
    const JsonNode *node = json_node_member(row, key);
    if (!json_node_is(node, JSON_NODE_INTEGER) || node->number < 0 || node->number > most)
        return false;
    *number = node->number;
    return true;
}

static bool take_caller(const JsonNode *row, UsageCaller *caller) {
    return json_node_is(row, JSON_NODE_OBJECT) && take_text(row, "api", true, &caller->api) &&
           take_text(row, "module", true, &caller->module) &&
           take_text(row, "distribution", false, &caller->distribution) &&
           take_text(row, "line", false, &caller->line) &&
           take_number(row, "calls", MOST_CALLS, &caller->calls) &&
           take_number(row, "first", MOST_SECONDS, &caller->first) &&
           take_number(row, "last", MOST_SECONDS, &caller->last) && caller->first <= caller->last;
}

static bool take_rows(const Reading *reading, const JsonNode *list) {
    uint32_t count = 0;
    if (!json_node_is(list, JSON_NODE_LIST)) return refuse(reading, "'calls' is no list");
    for (const JsonNode *row = list->first; row != NULL; row = row->next) {
        UsageCaller caller;
        if (++count > MOST_ROWS) return refuse(reading, "it has more than 20000 callers");
        if (!take_caller(row, &caller))
            return refuse(reading, "a row of 'calls' is not one of weft's");
        list_add(&reading->usage->arena, &reading->usage->callers, caller);
    }
    return true;
}

static bool take_document(const Reading *reading, Str bytes) {
    Usage *usage = reading->usage;
    JsonFault fault;
    int64_t version = 0, written = 0;
    if (utf8_valid_length(bytes) < bytes.length) return refuse(reading, "it is not UTF-8");
    const JsonNode *root = json_node_parse(&usage->arena, bytes, &fault);
    if (root == NULL) {
        Str why = message_format(&usage->arena, "line %u, column %u: %.*s", fault.line, fault.column,
                               STR_ARG(fault.why));
        return refuse(reading, why.data);
    }
    if (!take_number(root, "schema_version", INT32_MAX, &version) || version != 1)
        return refuse(reading, "it is not of version 1");
    if (!take_number(root, "written", MOST_SECONDS, &written))
        return refuse(reading, "it does not say when it was written");
    uint32_t before = usage->callers.count;
    if (!take_rows(reading, json_node_member(root, "calls"))) {
        usage->callers.count = before;
        return false;
    }
    usage->files++;
    if (written > usage->written) usage->written = written;
    return true;
}

bool usage_read_file(Str path, Usage *usage, Diagnostics *diagnostics) {
    Reading reading = {path, usage, diagnostics};
    Str bytes;
    switch (file_read(&usage->arena, path, MOST_BYTES, &bytes, NULL)) {
    case FILE_OK: return take_document(&reading, bytes);
    case FILE_TOO_LARGE: return refuse(&reading, "it is larger than 8 MiB");
    case FILE_NOT_REGULAR: return refuse(&reading, "it is no regular file");
    case FILE_MISSING:
    case FILE_UNREADABLE: break;
    }
    return refuse(&reading, strerror(errno));
}

// ---- a folder ------------------------------------------------------------------------------------

static int compare_names(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

// Who made the tree may have made a file in it a link.
static bool read_one(const Reading *reading, Str root, Str path) {
    Reading one = {path, reading->usage, reading->diagnostics};
    if (!path_stays_inside(root, path)) return refuse(&one, "it leads out of the tree");
    return usage_read_file(path, reading->usage, reading->diagnostics);
}

static bool read_names(const Reading *reading, Str root, DIR *folder) {
    Usage *usage = reading->usage;
    StrItems names = {0};
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        Str name = str_from(entry->d_name);
        if (!str_starts_with(name, STR("usage-")) || !str_ends_with(name, STR(".json"))) continue;
        if (names.count == MOST_FILES) return refuse(reading, "it has more than 10000 usage files");
        list_add(&usage->arena, &names,
                 path_join(&usage->arena, reading->path, arena_copy(&usage->arena, name)));
    }
    if (names.count > 0) qsort(names.items, names.count, sizeof *names.items, compare_names);
    bool good = true;
    for (uint32_t i = 0; i < names.count; i++)
        good = read_one(reading, root, names.items[i]) && good;
    return good;
}

bool usage_read_folder(Str root, Str folder, Usage *usage, Diagnostics *diagnostics) {
    Str path = arena_copy(&usage->arena, path_join(&usage->arena, root, folder));
    Reading reading = {path, usage, diagnostics};
    if (!path_stays_inside(root, path)) return refuse(&reading, "it leads out of the tree");
    DIR *opened = opendir(path.data);
    if (opened == NULL) return errno == ENOENT || refuse(&reading, strerror(errno));
    bool good = read_names(&reading, root, opened);
    closedir(opened);
    return good;
}

// ---- the sum -------------------------------------------------------------------------------------

static int compare_callers(const void *left, const void *right) {
    const UsageCaller *a = left, *b = right;
    int order = str_compare(a->api, b->api);
    if (order == 0) order = str_compare(a->module, b->module);
    if (order == 0) order = str_compare(a->distribution, b->distribution);
    return order != 0 ? order : str_compare(a->line, b->line);
}

static bool is_same(const UsageCaller *a, const UsageCaller *b) {
    return str_equal(a->api, b->api) && str_equal(a->module, b->module) &&
           str_equal(a->distribution, b->distribution);
}

static int64_t sum(int64_t a, int64_t b) { return a > MOST_CALLS - b ? MOST_CALLS : a + b; }

void usage_finish(Usage *usage) {
    UsageCaller *list = usage->callers.items;
    uint32_t kept = 0;
    if (usage->callers.count > 0) qsort(list, usage->callers.count, sizeof *list, compare_callers);
    for (uint32_t i = 0; i < usage->callers.count; i++) {
        usage->calls = sum(usage->calls, list[i].calls);
        if (kept == 0 || !is_same(&list[kept - 1], &list[i])) {
            list[kept++] = list[i];
            continue;
        }
        UsageCaller *same = &list[kept - 1];
        same->calls = sum(same->calls, list[i].calls);
        if (list[i].first < same->first) same->first = list[i].first;
        if (list[i].last > same->last) same->last = list[i].last;
    }
    usage->callers.count = kept;
}

void usage_release(Usage *usage) {
    arena_release(&usage->arena);
    *usage = (Usage){0};
}
