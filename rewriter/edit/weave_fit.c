// Lines that grow beyond what the project allows. In: all edits of the run. Out: those lines, for the language to
// lay out. Only lines whose edits stay on them: what brings line ends has a layout of its own.
#include <stdlib.h>

#include "edit/weave_internal.h"

static int compare_edits(const void *left, const void *right) {
    const Edit *a = *(const Edit *const *)left, *b = *(const Edit *const *)right;
    if (a->file.index != b->file.index) return a->file.index < b->file.index ? -1 : 1;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return str_compare(a->text, b->text);
}

static bool same_edit(const Edit *a, const Edit *b) {
    return a->start == b->start && a->end == b->end && str_equal(a->text, b->text);
}

static uint32_t width(Str text) {
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; i++) count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

typedef struct Fitting {
    Weaving *weaving;
    ModuleId module;
    const SourceFile *file;
    Vec(TextEdit) edits;      // of all lines
    Vec(uint32_t) firsts;     // by line: the first of its edits
    Vec(GrownLine) lines;     // that are too long
    Vec(const Edit *) causes; // by line
} Fitting;

// The edits [from, to) are those of the line [start, end): kept when they make it too long.
static void add_line(Fitting *fitting, const Edit *const *edits, uint32_t count, uint32_t start,
                     uint32_t end) {
    uint32_t limit = fitting->weaving->program->facts->sources->line_limit;
    uint32_t first = fitting->edits.count;
    Str text = fitting->file->text;
    uint32_t before = width(str_slice(text, start, end)), after = before;
    bool whole = before <= limit;
    for (uint32_t i = 0; i < count && whole; i++) {
        const Edit *edit = edits[i];
        if (i > 0 && same_edit(edits[i - 1], edit)) continue; // kept once in the end
        bool above = edit->end == start && str_ends_with(edit->text, STR("\n"));
        if (above) continue; // whole lines
        whole = edit->end <= end && str_find(edit->text, '\n') < 0 &&
                str_find(edit->text, '\r') < 0 && !(edit->start == start && edit->end == start);
        if (!whole) break; // has a layout of its own, or moves right
        after += width(edit->text);
        after -= width(str_slice(text, edit->start, edit->end));
        vec_add(&fitting->edits, ((TextEdit){edit->file, edit->start, edit->end, edit->text}));
    }
    if (!whole || after <= limit) {
        fitting->edits.count = first;
        return;
    }
    vec_add(&fitting->firsts, first);
    vec_add(&fitting->lines, ((GrownLine){start, end, NULL, fitting->edits.count - first}));
    vec_add(&fitting->causes, edits[count - 1]);
}

static void find_lines(Fitting *fitting, const Edit *const *edits, uint32_t count) {
    uint32_t reached = 0; // by an edit of several lines: the line that it ends on is no whole one
    for (uint32_t i = 0; i < count;) {
        uint32_t start = source_line_start(fitting->file, edits[i]->start);
        uint32_t end = source_line_end(fitting->file, edits[i]->start), last = i, far = 0;
        for (; last < count && edits[last]->start <= end; last++)
            if (edits[last]->end > far) far = edits[last]->end;
        if (start >= reached) add_line(fitting, edits + i, last - i, start, end);
        if (far > reached) reached = far;
        i = last;
    }
}

// The new edits belong to whoever made the line grow.
static void take_edits(Fitting *fitting) {
    Weaving *weaving = fitting->weaving;
    uint32_t line = 0;
    for (uint32_t i = 0; i < weaving->texts.list.count; i++) {
        const TextEdit *text = &weaving->texts.list.items[i];
        while (text->start > fitting->lines.items[line].end) line++;
        Edit edit = *fitting->causes.items[line];
        edit.start = text->start;
        edit.end = text->end;
        edit.text = text->text;
        vec_add(&weaving->pending, edit);
    }
    vec_clear(&weaving->texts.list);
}

static void fit_module(Fitting *fitting, const Edit *const *edits, uint32_t count) {
    const LanguageWriter *writer = weave_writer(fitting->weaving, fitting->module);
    fitting->edits.count = fitting->firsts.count = fitting->lines.count = 0;
    fitting->causes.count = 0;
    if (writer->fit_lines == NULL) return;
    find_lines(fitting, edits, count);
    for (uint32_t i = 0; i < fitting->lines.count; i++)
        fitting->lines.items[i].edits = &fitting->edits.items[fitting->firsts.items[i]];
    writer->fit_lines(fitting->weaving->program->facts, fitting->module, fitting->lines.items,
                      fitting->lines.count, &fitting->weaving->texts);
    take_edits(fitting);
}

static int compare_files(const void *left, const void *right) {
    const uint32_t *file = left;
    const Edit *edit = *(const Edit *const *)right;
    return *file < edit->file.index ? -1 : *file > edit->file.index;
}

void weave_fit_lines(Weaving *weaving) {
    const Program *program = weaving->program;
    uint32_t count = weaving->pending.count;
    if (program->facts->sources->line_limit == 0 || count == 0) return;
    // Copies, since the list grows while lines are written.
    Edit *kept = arena_array(&weaving->arena, Edit, count);
    const Edit **sorted = arena_array(&weaving->arena, const Edit *, count);
    for (uint32_t i = 0; i < count; i++) {
        kept[i] = weaving->pending.items[i];
        sorted[i] = &kept[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_edits);
    Fitting fitting = {.weaving = weaving};
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        fitting.module = (ModuleId){i};
        FileId file = program_module_file(program, fitting.module);
        const Edit **found = bsearch(&file.index, sorted, count, sizeof *sorted, compare_files);
        if (found == NULL) continue;
        uint32_t first = (uint32_t)(found - sorted), end = first;
        while (first > 0 && sorted[first - 1]->file.index == file.index) first--;
        while (end < count && sorted[end]->file.index == file.index) end++;
        fitting.file = source_file(program->facts->sources, file);
        fit_module(&fitting, sorted + first, end - first);
    }
    vec_release(&fitting.edits);
    vec_release(&fitting.firsts);
    vec_release(&fitting.lines);
    vec_release(&fitting.causes);
}
