// In: answers. Out: text and JSON. Asks nothing itself.
#include "manage/preflight.h"

#include <stdarg.h>

#include "base/message.h"
#include "report/json_value.h"
#include "report/text.h"

enum { SCHEMA_VERSION = 1, INDENT = 2 };

static const char *const names[PREFLIGHT_STATUS_COUNT] = {"pass", "warn", "fail", "unknown"};

void preflight_add(Preflight *preflight, const char *id, PreflightStatus status, const char *remedy,
                   const char *text, ...) {
    StrBuf written = {0};
    va_list arguments;
    va_start(arguments, text);
    message_addv(&written, text, arguments);
    va_end(arguments);
    Str kept = arena_copy(&preflight->arena, strbuf_str(&written));
    strbuf_release(&written);
    list_add(&preflight->arena, &preflight->checks,
             ((PreflightCheck){id, status, kept,
                               status == PREFLIGHT_PASS
                                   ? STR_NONE
                                   : arena_copy(&preflight->arena, str_from(remedy))}));
}

uint32_t preflight_count(const Preflight *preflight, PreflightStatus status) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < preflight->checks.count; i++)
        count += preflight->checks.items[i].status == status;
    return count;
}

void preflight_write_text(const Preflight *preflight, StrBuf *out) {
    for (uint32_t i = 0; i < preflight->checks.count; i++) {
        const PreflightCheck *check = &preflight->checks.items[i];
        message_add(out, "%-8s %-14s ", names[check->status], check->id);
        text_add_shown(out, check->text);
        strbuf_add_char(out, '\n');
        if (check->remedy.length == 0) continue;
        strbuf_add_text(out, "                        -> ");
        text_add_shown(out, check->remedy);
        strbuf_add_char(out, '\n');
    }
    message_add(
        out, "\n%u pass, %u warn, %u fail, %u unknown\n",
        preflight_count(preflight, PREFLIGHT_PASS), preflight_count(preflight, PREFLIGHT_WARN),
        preflight_count(preflight, PREFLIGHT_FAIL), preflight_count(preflight, PREFLIGHT_UNKNOWN));
}

void preflight_write_json(const Preflight *preflight, FILE *out) {
    json_t *root = json_object(), *checks = json_array(), *counts = json_object();
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    for (int i = 0; i < PREFLIGHT_STATUS_COUNT; i++)
        json_put(counts, names[i], json_integer(preflight_count(preflight, (PreflightStatus)i)));
    json_put(root, "counts", counts);
    for (uint32_t i = 0; i < preflight->checks.count; i++) {
        const PreflightCheck *check = &preflight->checks.items[i];
        json_t *row = json_object();
        json_put(row, "id", json_string(check->id));
        json_put(row, "status", json_string(names[check->status]));
        json_put(row, "text", json_text(check->text));
        json_put(row, "remedy", json_text_or_null(check->remedy));
        json_add(checks, row);
    }
    json_put(root, "checks", checks);
    json_write(root, INDENT, out);
}

void preflight_release(Preflight *preflight) {
    arena_release(&preflight->arena);
    *preflight = (Preflight){0};
}
