// The post-check. In: a plan. Out: E501 for each file whose new text has more syntax errors than
// the old one. Judges the bytes that would be written, decoded anew; never repairs anything.
#include "edit/check.h"

#include "base/bug.h"
#include "base/parallel.h"

// What the parser says of one planned file.
typedef struct SyntaxResult {
    bool worse;
    bool undecodable;     // the bytes to write do not read back
    uint32_t first_error; // byte offset in the new text
} SyntaxResult;

typedef struct SyntaxJob {
    const Sources *sources;
    const Language *language;
    const Plan *plan;
    SyntaxResult *results; // by planned file
} SyntaxJob;

static bool new_text(Arena *arena, const Sources *sources, const PlannedFile *file, Str *text) {
    if (file->is_new) {
        *text = file->after;
        return true;
    }
    size_t bad_offset = 0;
    return encoding_decode(arena, &source_file(sources, file->file)->encoding, file->after, text,
                           &bad_offset);
}

static void check_one_syntax(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    const SyntaxJob *job = context;
    const PlannedFile *file = &job->plan->files.items[index];
    SyntaxResult *result = &job->results[index];
    if (!job->language->accepts(file->path)) return;
    Arena arena = {0};
    Str text = STR_NONE;
    if (!new_text(&arena, job->sources, file, &text)) {
        result->undecodable = true;
    } else {
        uint32_t after = job->language->count_errors(text, &result->first_error);
        uint32_t ignored = 0, before = 0;
        if (after > 0 && !file->is_new)
            before =
                job->language->count_errors(source_file(job->sources, file->file)->text, &ignored);
        result->worse = after > before;
    }
    arena_release(&arena);
}

// The edit at or before OFFSET of the new text, and where that offset was in the old text.
static const Edit *edit_near(const Plan *plan, const PlannedFile *file, uint32_t offset,
                             uint32_t *old_offset) {
    const Edit *nearest = NULL;
    int64_t shift = 0; // new offset - old offset, after the edits passed so far
    for (uint32_t i = 0; i < file->edit_count; i++) {
        const Edit *edit = &plan->edits.list.items[file->first_edit + i];
        if ((int64_t)edit->start + shift > (int64_t)offset) break;
        nearest = edit;
        int64_t change = (int64_t)edit->text.length - (int64_t)(edit->end - edit->start);
        if ((int64_t)edit->end + shift + change > (int64_t)offset) {
            *old_offset = edit->start;
            return nearest;
        }
        shift += change;
    }
    *old_offset = (uint32_t)((int64_t)offset - shift);
    return nearest;
}

static uint32_t line_of(Str text, uint32_t offset) {
    uint32_t line = 1;
    for (uint32_t i = 0; i < offset && i < text.length; i++)
        if (text.data[i] == '\n') line++;
    return line;
}

static void report_syntax(const SyntaxJob *job, uint32_t index, Diagnostics *diagnostics) {
    const PlannedFile *file = &job->plan->files.items[index];
    const SyntaxResult *result = &job->results[index];
    Arena arena = {0};
    Str text = STR_NONE;
    if (result->undecodable || !new_text(&arena, job->sources, file, &text)) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E501, (Span){file->file, 0, 0},
                       "the new bytes of '%.*s' cannot be decoded again", STR_ARG(file->path));
    } else {
        uint32_t offset = 0;
        const Edit *edit = edit_near(job->plan, file, result->first_error, &offset);
        Span span = file->is_new ? SPAN_NONE : (Span){file->file, offset, offset};
        diagnostic_add(diagnostics, DIAGNOSTIC_E501, span,
                       "the new text of '%.*s' would not parse at its line %u", STR_ARG(file->path),
                       line_of(text, result->first_error));
        if (edit != NULL)
            diagnostic_note(diagnostics, "the edit before it is '%.*s'", STR_ARG(edit->owner));
    }
    diagnostic_help(diagnostics,
                    "this is a mistake in weft and nothing was written; please report "
                    "it with the lines shown, or go on with --exclude '%.*s'",
                    STR_ARG(file->path));
    arena_release(&arena);
}

static bool check_syntax(const Sources *sources, const Language *language, const Plan *plan,
                         unsigned threads, Diagnostics *diagnostics) {
    uint32_t count = plan->files.count;
    SyntaxResult *results = memory_alloc_zeroed((size_t)count + 1, sizeof *results);
    SyntaxJob job = {sources, language, plan, results};
    parallel_for(count, threads, check_one_syntax, &job);
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        if (!results[i].worse && !results[i].undecodable) continue;
        report_syntax(&job, i, diagnostics);
        good = false;
    }
    free(results);
    return good;
}

bool plan_check(const Sources *sources, const Language *language, const Plan *plan,
                unsigned threads, Diagnostics *diagnostics) {
    return check_syntax(sources, language, plan, threads, diagnostics);
}
