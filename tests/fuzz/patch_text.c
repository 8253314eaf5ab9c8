// A line has its line end, but for the last one of a file without; there the diff says so in a line of its own.
#include "patch_text.h"

#include <stdlib.h>
#include <string.h>

typedef struct Patch {
    Str rest;      // of the text before
    uint64_t line; // lines of it that are behind
    StrBuf out;
} Patch;

// The first line of TEXT with its line end, and TEXT without it. Empty at the end.
static Str take_line(Str *text) {
    ptrdiff_t end = str_find(*text, '\n');
    size_t length = end < 0 ? text->length : (size_t)end + 1;
    Str line = str_slice(*text, 0, length);
    *text = str_slice(*text, length, text->length);
    return line;
}

bool patch_next(Str *diff, Str *path, Str *hunks) {
    Str line = take_line(diff);
    if (!str_starts_with(line, STR("diff --git a/"))) return false;
    while (!str_starts_with(line, STR("+++ b/"))) {
        line = take_line(diff);
        if (line.length == 0) return false;
    }
    *path = str_trim(str_slice(line, strlen("+++ b/"), line.length));
    Str all = *diff;
    while (diff->length > 0 && !str_starts_with(*diff, STR("diff --git "))) take_line(diff);
    *hunks = str_slice(all, 0, all.length - diff->length);
    return true;
}

static bool copy_until(Patch *patch, uint64_t line) {
    while (patch->line < line && patch->rest.length > 0) {
        strbuf_add(&patch->out, take_line(&patch->rest));
        patch->line++;
    }
    return patch->line == line;
}

// "12,3" or "12": a first line and a count.
static bool read_range(Str *text, uint64_t *first, uint64_t *count) {
    char digits[64] = {0};
    memcpy(digits, text->data, text->length < sizeof digits ? text->length : sizeof digits - 1);
    char *end;
    *first = strtoull(digits, &end, 10);
    *count = 1;
    if (*end == ',') *count = strtoull(end + 1, &end, 10);
    *text = str_slice(*text, (size_t)(end - digits), text->length);
    return end > digits;
}

// The body of a hunk: OLD lines of the text before become NEW lines.
static bool apply_lines(Patch *patch, Str *hunks, uint64_t old, uint64_t new) {
    while (old > 0 || new > 0) {
        Str line = take_line(hunks);
        if (line.length == 0) return false;
        char kind = line.data[0];
        Str text = str_slice(line, 1, line.length);
        if (str_starts_with(*hunks, STR("\\ "))) {
            take_line(hunks);
            text = str_slice(text, 0, text.length - 1);
        }
        if (kind != '+') {
            if (old-- == 0 || !str_equal(take_line(&patch->rest), text)) return false;
            patch->line++;
        }
        if (kind != '-') {
            if (new -- == 0) return false;
            strbuf_add(&patch->out, text);
        }
        if (kind != '+' && kind != '-' && kind != ' ') return false;
    }
    return true;
}

static bool apply_hunk(Patch *patch, Str *hunks) {
    uint64_t from, old, to, new;
    Str head = take_line(hunks);
    if (!str_starts_with(head, STR("@@ -"))) return false;
    head = str_slice(head, strlen("@@ -"), head.length);
    if (!read_range(&head, &from, &old) || !str_starts_with(head, STR(" +"))) return false;
    head = str_slice(head, strlen(" +"), head.length);
    if (!read_range(&head, &to, &new) || !str_starts_with(head, STR(" @@"))) return false;
    // A hunk that takes no line names the one it comes behind.
    return copy_until(patch, old > 0 ? from - 1 : from) && apply_lines(patch, hunks, old, new);
}

bool patch_text(Arena *arena, Str hunks, Str before, Str *after) {
    Patch patch = {.rest = before};
    bool good = hunks.length > 0;
    while (good && hunks.length > 0) good = apply_hunk(&patch, &hunks);
    if (good) strbuf_add(&patch.out, patch.rest);
    *after = arena_copy(arena, strbuf_str(&patch.out));
    strbuf_release(&patch.out);
    return good;
}
