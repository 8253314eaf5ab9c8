// In: a tree, counts of old callers, a commit to compare with. Out: what `weft api report` and `weft api diff` say of them
// as JSON, for the page.
#include "cli/report_interface.h"

#include <stdlib.h>

#include "api/change.h"
#include "base/bug.h"
#include "cli/api_standing.h"
#include "cli/tree_pair.h"

enum { DAY_LENGTH = sizeof "2026-11-30" - 1 };

typedef struct Text {
    char *bytes;
    size_t length;
    FILE *file;
} Text;

static void open_text(Text *text) {
    text->file = open_memstream(&text->bytes, &text->length);
    if (text->file == NULL) memory_gone(0);
}

static Str close_text(Text *text, Arena *arena) {
    if (fclose(text->file) != 0) memory_gone(0);
    Str kept = arena_copy(arena, (Str){text->bytes, text->length});
    free(text->bytes);
    return kept;
}

static bool find_standing(Run *run, const Options *options, Report *report) {
    ApiStanding standing;
    Text text = {0};
    Str today = str_slice(report->made.date, 0, DAY_LENGTH);
    bool good = api_standing_read(run, options, today, &standing);
    if (good) {
        open_text(&text);
        api_report_write_json(&standing, text.file);
        report->interface.standing = close_text(&text, &report->arena);
    }
    api_standing_release(&standing);
    return good;
}

static void compare(const Run *before, const Run *after, const Options *options, Report *report) {
    ApiSurface old, new;
    ApiChanges changes;
    Text text = {0};
    api_surface_build(&before->program, &old);
    api_surface_build(&after->program, &new);
    api_changes_build(&old, &new, &changes);
    open_text(&text);
    api_changes_write(&changes, API_JSON, options->before, report->made.tree, text.file);
    report->interface.changes = close_text(&text, &report->arena);
    api_changes_release(&changes);
    api_surface_release(&new);
    api_surface_release(&old);
}

// A file of the commit that cannot be read may hide what breaks.
static bool is_whole(const Run *before, Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < before->diagnostics.list.count; i++) {
        const Diagnostic *diagnostic = &before->diagnostics.list.items[i];
        if (diagnostic->severity != SEVERITY_ERROR) continue;
        diagnostic_add(diagnostics, diagnostic->code, SPAN_NONE, "of the tree before: %.*s", STR_ARG(diagnostic->message));
        return false;
    }
    return true;
}

static bool find_changes(Run *run, const Options *options, Report *report) {
    TreeBefore before;
    bool good = tree_before_load(&before, options, run, RUN_TO_FACTS);
    good = is_whole(&before.run, &run->diagnostics) && good;
    if (good) compare(&before.run, run, options, report);
    tree_before_release(&before);
    return good;
}

bool report_interface_find(Run *run, const Options *options, Report *report) {
    if (run->rules.api.span.file.index != 0 && !find_standing(run, options, report)) return false;
    return options->before.length == 0 || find_changes(run, options, report);
}
