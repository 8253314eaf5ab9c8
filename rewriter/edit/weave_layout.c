// Finished edits, laid out. In: all edits of a run, ordered and without overlap. Out: the same with the line ends that
// what changes gets, by the language of each file.
#include "edit/weave.h"
#include "facts/language.h"

typedef struct Layout {
    const Program *program;
    Edits laid;
    Arena arena; // of one file
    Vec(ModuleId) modules; // by FileId
} Layout;

static void find_modules(Layout *layout) {
    const Program *program = layout->program;
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        uint32_t file = program_module_file(program, (ModuleId){i}).index;
        if (file >= layout->modules.count) vec_extend(&layout->modules, file + 1 - layout->modules.count);
        layout->modules.items[file] = (ModuleId){i};
    }
}

static ModuleId module_of(const Layout *layout, FileId file) {
    return file.index < layout->modules.count ? layout->modules.items[file.index] : (ModuleId){0};
}

// COUNT edits of one file, from EDITS on.
static void lay_out_file(Layout *layout, ModuleId module, const Edit *edits, uint32_t count) {
    const LanguageWriter *writer = fact_is(module) ? program_module(layout->program, module)->language->writer : NULL;
    if (writer == NULL || writer->lay_out == NULL) {
        for (uint32_t i = 0; i < count; i++) edits_add(&layout->laid, edits[i]);
        return;
    }
    TextEdit *texts = arena_array(&layout->arena, TextEdit, count);
    for (uint32_t i = 0; i < count; i++) texts[i] = (TextEdit){edits[i].file, edits[i].start, edits[i].end, edits[i].text};
    OwnedEdits out = {.arena = &layout->arena};
    writer->lay_out(layout->program->facts, module, layout->program->rules->context.parameter, texts, count, &out);
    for (uint32_t i = 0; i < out.list.count; i++) {
        const OwnedEdit *owned = &out.list.items[i];
        Edit edit = edits[owned->owner];
        edit.start = owned->edit.start;
        edit.end = owned->edit.end;
        edit.text = owned->edit.text;
        edits_add(&layout->laid, edit);
    }
    vec_release(&out.list);
    arena_release(&layout->arena);
}

bool weave_finish(const Program *program, Edits *edits, PlanFaults *faults, Diagnostics *diagnostics) {
    const Sources *sources = program->facts->sources;
    if (!edits_finish(edits, sources, faults, diagnostics)) return false;
    if (sources->line_limit == 0 || edits->list.count == 0) return true;
    Layout layout = {.program = program};
    find_modules(&layout);
    for (uint32_t first = 0, next; first < edits->list.count; first = next) {
        FileId file = edits->list.items[first].file;
        for (next = first; next < edits->list.count && edits->list.items[next].file.index == file.index;) next++;
        lay_out_file(&layout, module_of(&layout, file), &edits->list.items[first], next - first);
    }
    vec_release(&layout.modules);
    edits_release(edits);
    *edits = layout.laid;
    return edits_finish(edits, sources, faults, diagnostics);
}
