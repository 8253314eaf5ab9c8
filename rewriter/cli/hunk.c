// From edits to hunks. In: a plan with its sources. Out: groups of edits with the lines that they change,
// and how these look. Decides nothing about them.
#include "cli/hunk.h"

#include "base/bug.h"
#include "patch/diff.h"
#include "patch/plan_file.h"

static uint32_t next_line(const SourceFile *file, uint32_t offset) {
    uint32_t end = source_line_end(file, offset);
    if (end < file->text.length && file->text.data[end] == '\r') end++;
    if (end < file->text.length && file->text.data[end] == '\n') end++;
    return end;
}

static bool starts_line(const SourceFile *file, uint32_t offset) {
    return offset == source_line_start(file, offset);
}

static bool ends_line(Str text) {
    return text.length > 0 &&
           (text.data[text.length - 1] == '\n' || text.data[text.length - 1] == '\r');
}

// The lines that EDIT changes.
static void lines_of(const SourceFile *file, const Edit *edit, uint32_t *start, uint32_t *end) {
    *start = source_line_start(file, edit->start);
    bool whole = starts_line(file, edit->start) && starts_line(file, edit->end) &&
                 (edit->text.length == 0 || ends_line(edit->text));
    *end = whole ? edit->end : next_line(file, edit->end);
}

static uint32_t count_lines(const SourceFile *file, uint32_t from, uint32_t to) {
    uint32_t count = 0;
    for (uint32_t at = from; at < to; at = next_line(file, at)) count++;
    return count;
}

static bool is_split(const Stretches *split, FileId file, uint32_t offset) {
    for (uint32_t i = 0; i < split->count; i++) {
        const Stretch *stretch = &split->items[i];
        if (stretch->file.index == file.index && stretch->start <= offset && offset <= stretch->end)
            return true;
    }
    return false;
}

static void find_in_file(const Sources *sources, const Plan *plan, uint32_t index, uint32_t context,
                         const Stretches *split, Hunks *hunks) {
    const PlannedFile *planned = &plan->files.items[index];
    const SourceFile *file = source_file(sources, planned->file);
    for (uint32_t i = 0; i < planned->edit_count; i++) {
        const Edit *edit = &plan->edits.list.items[planned->first_edit + i];
        Hunk *last = hunks->count > 0 ? vec_last(hunks) : NULL;
        uint32_t start, end;
        lines_of(file, edit, &start, &end);
        if (last != NULL && last->file == index) {
            uint32_t gap = start > last->end ? count_lines(file, last->end, start) : 0;
            uint32_t most = is_split(split, planned->file, start) ? 0 : 2 * context;
            if (start <= last->end || gap <= most) {
                if (end > last->end) last->end = end;
                last->count++;
                continue;
            }
        }
        vec_add(hunks, ((Hunk){index, planned->first_edit + i, 1, start, end}));
    }
}

void hunks_find(const Sources *sources, const Plan *plan, uint32_t context, const Stretches *split,
                Hunks *hunks) {
    vec_clear(hunks);
    for (uint32_t i = 0; i < plan->files.count; i++)
        if (!plan->files.items[i].is_new) find_in_file(sources, plan, i, context, split, hunks);
}

bool hunk_can_split(const Sources *sources, const Plan *plan, const Hunk *hunk) {
    FileId id = plan->files.items[hunk->file].file;
    const SourceFile *file = source_file(sources, id);
    uint32_t reached = hunk->start;
    for (uint32_t i = 0; i < hunk->count; i++) {
        uint32_t start, end;
        lines_of(file, &plan->edits.list.items[hunk->first + i], &start, &end);
        if (i > 0 && start > reached) return true;
        if (end > reached) reached = end;
    }
    return false;
}

void hunk_show(const Plan *plan, const Hunk *hunk, uint32_t context, DiffLook look, StrBuf *out) {
    Plan alone = {0};
    PlannedFile file = plan->files.items[hunk->file];
    if (!plan_edit_bytes(&alone.arena, file.before, &plan->edits.list.items[hunk->first],
                         hunk->count, &file.after))
        BUG("a hunk of '%.*s' cannot be encoded", STR_ARG(file.path));
    vec_add(&alone.files, file);
    plan_identify(&alone);
    diff_add(&alone, context, look, out);
    plan_release(&alone);
}

Str hunk_text(const Sources *sources, const Plan *plan, const Hunk *hunk, Arena *arena) {
    FileId id = plan->files.items[hunk->file].file;
    Str lines = str_slice(source_file(sources, id)->text, hunk->start, hunk->end);
    Edit *moved = arena_array(arena, Edit, hunk->count);
    for (uint32_t i = 0; i < hunk->count; i++) {
        moved[i] = plan->edits.list.items[hunk->first + i];
        moved[i].start -= hunk->start;
        moved[i].end -= hunk->start;
    }
    return edits_apply(arena, lines, moved, hunk->count);
}
