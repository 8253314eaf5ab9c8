// From two plans on the same sources to the step between them. In: sorted edits of both, on the same
// texts. Out: edits on the texts that the first leaves. Edits of the two that touch each other are taken
// together as one stretch of the source; where both give it the same text there is nothing to do.
//
//     source               f(1)
//     the first plan       f(1, context=context)         the step: nothing
//     the second plan      f(1, context=context)
//     source               import a
//     the first plan       import a, b                   the step: "import a, b" becomes "import a, b, c"
//     the second plan      import a, b, c
#include "edit/plan_between.h"

// The edits of one plan in one file.
typedef struct Queue {
    const Edit *edits;
    uint32_t count, next;
} Queue;

// A stretch of the source, and the edits of both plans in it.
typedef struct Stretch {
    uint32_t start, end;
    const Edit *before, *after;
    uint32_t before_count, after_count;
} Stretch;

typedef struct Stepping {
    Plan *step;
    Str source; // text of the file at hand
    FileId file;
    int64_t shift; // from its offsets to those of the text before the step
} Stepping;

// ---- stretches -------------------------------------------------------------------------------------

static const Edit *queue_head(const Queue *queue) {
    return queue->next < queue->count ? &queue->edits[queue->next] : NULL;
}

static bool joins(const Stretch *stretch, const Queue *queue) {
    const Edit *edit = queue_head(queue);
    return edit != NULL && (edit->start < stretch->end || edit->start == stretch->start);
}

static void take(Stretch *stretch, Queue *queue, uint32_t *count) {
    const Edit *edit = queue_head(queue);
    if (edit->end > stretch->end) stretch->end = edit->end;
    queue->next++;
    *count += 1;
}

static bool next_stretch(Queue *before, Queue *after, Stretch *stretch) {
    const Edit *first = queue_head(before), *other = queue_head(after);
    if (first == NULL || (other != NULL && other->start < first->start)) first = other;
    if (first == NULL) return false;
    *stretch = (Stretch){.start = first->start,
                         .end = first->start,
                         .before = queue_head(before),
                         .after = queue_head(after)};
    for (bool more = true; more;) {
        more = false;
        for (; joins(stretch, before); more = true) take(stretch, before, &stretch->before_count);
        for (; joins(stretch, after); more = true) take(stretch, after, &stretch->after_count);
    }
    return true;
}

static Str text_of(Stepping *stepping, const Stretch *stretch, const Edit *edits, uint32_t count) {
    Edit *moved = arena_array(&stepping->step->arena, Edit, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        moved[i] = edits[i];
        moved[i].start -= stretch->start;
        moved[i].end -= stretch->start;
    }
    Str text = str_slice(stepping->source, stretch->start, stretch->end);
    return edits_apply(&stepping->step->arena, text, moved, count);
}

// ---- edits of the step -----------------------------------------------------------------------------

static void add(Stepping *stepping, uint32_t start, uint32_t end, Str text, const Edit *from) {
    Edit edit = *from;
    edit.start = (uint32_t)(start + stepping->shift);
    edit.end = (uint32_t)(end + stepping->shift);
    edit.text = text;
    edit.file = stepping->file;
    edit.order = stepping->step->edits.list.count;
    vec_add(&stepping->step->edits.list, edit);
}

static bool inside_character(Str text, size_t at) {
    return at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

// The edit of AFTER that BEFORE does not have.
static const Edit *find_reason(const Stretch *stretch) {
    for (uint32_t i = 0; i < stretch->after_count; i++) {
        bool known = false;
        for (uint32_t k = 0; k < stretch->before_count && !known; k++)
            known = stretch->after[i].start == stretch->before[k].start &&
                    str_equal(stretch->after[i].text, stretch->before[k].text);
        if (!known) return &stretch->after[i];
    }
    return stretch->after_count > 0 ? &stretch->after[0] : &stretch->before[0];
}

// OLD, the stretch after the first plan, becomes NEW; what they begin and end with alike stays.
static void add_difference(Stepping *stepping, const Stretch *stretch, Str old, Str new) {
    size_t least = old.length < new.length ? old.length : new.length, head = 0, tail = 0;
    while (head < least && old.data[head] == new.data[head]) head++;
    while (head > 0 && (inside_character(old, head) || inside_character(new, head))) head--;
    while (tail < least - head &&
           old.data[old.length - 1 - tail] == new.data[new.length - 1 - tail])
        tail++;
    while (tail > 0 && inside_character(old, old.length - tail)) tail--;
    add(stepping, stretch->start + (uint32_t)head, stretch->start + (uint32_t)(old.length - tail),
        str_slice(new, head, new.length - tail), find_reason(stretch));
}

static void add_stretch(Stepping *stepping, const Stretch *stretch) {
    Str old = text_of(stepping, stretch, stretch->before, stretch->before_count);
    Str new = text_of(stepping, stretch, stretch->after, stretch->after_count);
    if (!str_equal(old, new)) {
        if (stretch->before_count > 0) {
            add_difference(stepping, stretch, old, new);
        } else {
            for (uint32_t i = 0; i < stretch->after_count; i++)
                add(stepping, stretch->after[i].start, stretch->after[i].end,
                    stretch->after[i].text, &stretch->after[i]);
        }
    }
    stepping->shift += (int64_t)old.length - (stretch->end - stretch->start);
}

// ---- files -----------------------------------------------------------------------------------------

static Queue queue_of(const Plan *plan, const PlannedFile *file) {
    if (file == NULL || file->edit_count == 0) return (Queue){0};
    return (Queue){&plan->edits.list.items[file->first_edit], file->edit_count, 0};
}

static void step_file(const Sources *sources, const Plan *before_plan, const PlannedFile *before,
                      const Plan *after_plan, const PlannedFile *after, Plan *step) {
    const PlannedFile *known = after != NULL ? after : before;
    PlannedFile file = *known;
    file.first_edit = step->edits.list.count;
    file.is_new = before == NULL && after->is_new;
    file.before = before != NULL ? before->after : after->before;
    file.before_id = before != NULL ? before->after_id : after->before_id;
    file.after = after != NULL ? after->after : before->before;
    file.after_id = after != NULL ? after->after_id : before->before_id;
    if (!file.is_new && str_equal(file.before, file.after)) return;
    if (!known->is_new) {
        Stepping stepping = {.step = step,
                             .source = source_file(sources, known->file)->text,
                             .file = known->file};
        Queue old = queue_of(before_plan, before), new = queue_of(after_plan, after);
        for (Stretch stretch; next_stretch(&old, &new, &stretch);)
            add_stretch(&stepping, &stretch);
    }
    file.edit_count = step->edits.list.count - file.first_edit;
    vec_add(&step->files, file);
}

void plan_between(const Sources *sources, const Plan *before, const Plan *after, Plan *step) {
    uint32_t i = 0, k = 0;
    while (i < before->files.count || k < after->files.count) {
        const PlannedFile *old = i < before->files.count ? &before->files.items[i] : NULL;
        const PlannedFile *new = k < after->files.count ? &after->files.items[k] : NULL;
        int order = old == NULL ? 1 : new == NULL ? -1 : str_compare(old->path, new->path);
        step_file(sources, before, order <= 0 ? old : NULL, after, order >= 0 ? new : NULL, step);
        i += order <= 0;
        k += order >= 0;
    }
}
