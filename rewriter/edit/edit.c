// Byte edits. In: edits in any order. Out: a sorted list without duplicates or overlap, and texts
// with edits applied in one pass. Never guesses between two edits that want the same bytes: that is
// an error of ours and both owners are named.
#include "edit/edit.h"

#include "base/bug.h"

void edits_release(Edits *edits) {
    vec_release(&edits->list);
    arena_release(&edits->arena);
}

void edits_add(Edits *edits, Edit edit) {
    BUG_UNLESS(edit.start <= edit.end);
    edit.text = arena_copy(&edits->arena, edit.text);
    edit.owner = arena_copy(&edits->arena, edit.owner);
    edit.order = edits->list.count;
    vec_add(&edits->list, edit);
}

static bool is_insertion(const Edit *edit) { return edit->start == edit->end; }

static int compare_numbers(uint32_t a, uint32_t b) { return (a > b) - (a < b); }

// At one offset insertions come before a replacement that starts there: their text goes in front.
static int compare_edits(const void *left, const void *right) {
    const Edit *a = left, *b = right;
    if (a->file.index != b->file.index) return compare_numbers(a->file.index, b->file.index);
    if (a->start != b->start) return compare_numbers(a->start, b->start);
    if (is_insertion(a) != is_insertion(b)) return is_insertion(a) ? -1 : 1;
    return compare_numbers(a->order, b->order);
}

static bool is_duplicate(const Edit *kept, const Edit *next) {
    return !is_insertion(next) && kept->file.index == next->file.index &&
           kept->start == next->start && kept->end == next->end &&
           str_equal(kept->text, next->text);
}

static bool overlaps(const Edit *kept, const Edit *next) {
    return kept->file.index == next->file.index && next->start < kept->end;
}

static void report_overlap(const Sources *sources, const Edit *kept, const Edit *next,
                           PlanFaults *faults, Diagnostics *diagnostics) {
    const SourceFile *file = source_file(sources, next->file);
    LineColumn at = source_line_column(file, kept->start);
    Span span = {next->file, next->start, next->end};
    diagnostic_add(diagnostics, DIAGNOSTIC_E502, span, "'%.*s' and '%.*s' want the same text",
                   STR_ARG(kept->owner), STR_ARG(next->owner));
    diagnostic_note(diagnostics, "the first of them starts at line %u, column %u", at.line,
                    at.column);
    diagnostic_help(diagnostics, "this is a mistake in weft and nothing was written; please report "
                                 "it with the lines shown");
    const Diagnostic *said = vec_last(&diagnostics->list);
    plan_faults_add(faults, (PlanFault){.taken = {next->cause, said->code, span, said->message, said->note},
                                        .other = kept->cause});
}

bool edits_finish(Edits *edits, const Sources *sources, PlanFaults *faults,
                  Diagnostics *diagnostics) {
    if (edits->list.count == 0) return true;
    qsort(edits->list.items, edits->list.count, sizeof *edits->list.items, compare_edits);
    bool good = true;
    uint32_t kept = 0;
    for (uint32_t i = 1; i < edits->list.count; i++) {
        const Edit *next = &edits->list.items[i];
        const Edit *last = &edits->list.items[kept];
        if (is_duplicate(last, next)) continue;
        if (overlaps(last, next)) {
            report_overlap(sources, last, next, faults, diagnostics);
            good = false;
            continue;
        }
        edits->list.items[++kept] = *next;
    }
    edits->list.count = kept + 1;
    return good;
}

static void copy_bytes(char *to, size_t *at, Str from) {
    if (from.length > 0) memcpy(to + *at, from.data, from.length);
    *at += from.length;
}

Str edits_apply(Arena *arena, Str text, const Edit *edits, uint32_t count) {
    size_t length = text.length;
    for (uint32_t i = 0; i < count; i++) {
        BUG_UNLESS(edits[i].end <= text.length);
        length = length + edits[i].text.length - (edits[i].end - edits[i].start);
    }
    char *bytes = arena_bytes(arena, length + 1);
    size_t at = 0, done = 0;
    for (uint32_t i = 0; i < count; i++) {
        BUG_UNLESS(edits[i].start >= done);
        copy_bytes(bytes, &at, str_slice(text, done, edits[i].start));
        copy_bytes(bytes, &at, edits[i].text);
        done = edits[i].end;
    }
    copy_bytes(bytes, &at, str_slice(text, done, text.length));
    BUG_UNLESS(at == length);
    bytes[length] = '\0';
    return (Str){bytes, length};
}
