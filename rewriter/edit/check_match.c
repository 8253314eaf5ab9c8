// Which row of a new text is which row of the old one. In: edits, and both tables of a file. Out: for
// each old call, function and class its new row. Two rows are the same when a byte that marks them
// (the bracket, the name) was kept and stands where the edits put it; whoever loses that byte is gone.
//
//     old   f(g(1))                  call of f, call of g
//     new   f(g(1, context=c))       the same two: their brackets were kept
//     new   f(h(c))                  f is the same; g is gone, and h is new
#include "edit/check_internal.h"

#include "base/bug.h"

typedef struct Mark {
    uint32_t offset, row;
} Mark;

typedef Vec(Mark) Marks;

static int compare_marks(const void *left, const void *right) {
    const Mark *a = left, *b = right;
    return (a->offset > b->offset) - (a->offset < b->offset);
}

static void sort_marks(Marks *marks) {
    if (marks->count > 1) qsort(marks->items, marks->count, sizeof(Mark), compare_marks);
}

// Sorted marks to where the edits put them; those in text that goes are dropped.
static void move_marks(Marks *marks, const Edit *edits, uint32_t count) {
    int64_t shift = 0;
    uint32_t next = 0, kept = 0;
    for (uint32_t i = 0; i < marks->count; i++) {
        Mark mark = marks->items[i];
        for (; next < count && edits[next].end <= mark.offset; next++)
            shift += (int64_t)edits[next].text.length - (edits[next].end - edits[next].start);
        if (next < count && edits[next].start <= mark.offset) continue;
        mark.offset = (uint32_t)(mark.offset + shift);
        marks->items[kept++] = mark;
    }
    marks->count = kept;
}

static const Edit *edits_of(const Check *check, const NewFile *file) {
    return check->input->plan->edits.list.items + file->planned->first_edit;
}

bool check_new_offset(const Check *check, const NewFile *file, uint32_t offset, uint32_t *moved) {
    Mark mark = {offset, 0};
    Marks marks = {&mark, 1, 1};
    move_marks(&marks, edits_of(check, file), file->planned->edit_count);
    *moved = mark.offset;
    return marks.count == 1;
}

const NewFile *check_file_of(const Check *check, ModuleId module) {
    uint32_t index = check->file_of[module.index];
    return index ? &check->files.items[index - 1] : NULL;
}

static void collect_calls(const Facts *facts, Rows rows, Marks *marks) {
    vec_clear(marks);
    for (uint32_t i = rows.first; i < rows.end; i++)
        vec_add(marks, ((Mark){facts->calls.items[i].open, i}));
    sort_marks(marks);
}

static void collect_functions(const Facts *facts, Rows rows, Marks *marks) {
    vec_clear(marks);
    for (uint32_t i = rows.first; i < rows.end; i++)
        if (!(facts->functions.items[i].flags & FUNCTION_LAMBDA))
            vec_add(marks, ((Mark){facts->functions.items[i].name_start, i}));
    sort_marks(marks);
}

static void collect_classes(const Facts *facts, Rows rows, Marks *marks) {
    vec_clear(marks);
    for (uint32_t i = rows.first; i < rows.end; i++)
        vec_add(marks, ((Mark){facts->classes.items[i].name_start, i}));
    sort_marks(marks);
}

// Calls SET for each pair of marks at one offset.
#define PAIR(old_marks, new_marks, table, id)                                                      \
    for (uint32_t o = 0, n = 0; o < (old_marks).count && n < (new_marks).count;) {                 \
        const Mark *a = &(old_marks).items[o], *b = &(new_marks).items[n];                         \
        if (a->offset == b->offset) (table)[a->row] = (id){b->row};                                \
        o += a->offset <= b->offset;                                                               \
        n += b->offset <= a->offset;                                                               \
    }

// What stands in the bodies of the new classes.
static void find_constructors(Check *check, const NewFile *file) {
    const Facts *facts = &file->facts;
    FunctionId *found = memory_alloc_zeroed(facts->classes.count, sizeof *found);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (facts->functions.items[i].flags & FUNCTION_CONSTRUCTOR)
            found[facts->functions.items[i].klass.index] = (FunctionId){i};
    Rows rows = check->rows[file->before.index].classes;
    for (uint32_t i = rows.first; i < rows.end; i++)
        check->constructors[i] = found[check->classes[i].index];
    free(found);
}

void check_match(Check *check, const NewFile *file) {
    const ModuleRows *rows = &check->rows[file->before.index];
    const Edit *edits = edits_of(check, file);
    uint32_t count = file->planned->edit_count;
    const Facts *facts = &file->facts;
    Marks before = {0}, after = {0};

    collect_calls(check->before, rows->calls, &before);
    collect_calls(facts, (Rows){1, facts->calls.count}, &after);
    move_marks(&before, edits, count);
    PAIR(before, after, check->calls, CallId)

    collect_functions(check->before, rows->functions, &before);
    collect_functions(facts, (Rows){1, facts->functions.count}, &after);
    move_marks(&before, edits, count);
    PAIR(before, after, check->functions, FunctionId)

    collect_classes(check->before, rows->classes, &before);
    collect_classes(facts, (Rows){1, facts->classes.count}, &after);
    move_marks(&before, edits, count);
    PAIR(before, after, check->classes, ClassId)

    vec_release(&before);
    vec_release(&after);
    find_constructors(check, file);
}
