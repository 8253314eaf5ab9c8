// Finished edits, laid out. In: all edits of a run, ordered and without overlap. Out: the same with the line ends that
// what changes gets, by the language of each file.
#include "base/image.h"
#include "edit/weave.h"
#include "facts/language.h"
#include "source/cache.h"
#include "source/source_digest.h"

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

// ---- kept ------------------------------------------------------------------------------------------
// What a layout depends on: the text, the edits on it, and what the project and the rules say.
static Digest key_of(const Layout *layout, const TextEdit *edits, uint32_t count) {
    const Sources *sources = layout->program->facts->sources;
    const SourceFile *file = source_file(sources, edits->file);
    Digest text = source_digest(file);
    StrBuf about = {0};
    image_add_text(&about, STR("layout"));
    image_add_text(&about, file->path);
    image_add_text(&about, (Str){(const char *)text.bytes, sizeof text.bytes});
    image_add_text(&about, layout->program->rules->context.parameter);
    image_add_number(&about, sources->line_limit);
    for (uint32_t i = 0; i < count; i++) {
        image_add_number(&about, edits[i].start);
        image_add_number(&about, edits[i].end);
        image_add_text(&about, edits[i].text);
    }
    Digest key = digest_of(strbuf_str(&about));
    strbuf_release(&about);
    return key;
}

static bool find_kept(const Layout *layout, const Digest *key, const TextEdit *edits, uint32_t count, OwnedEdits *out) {
    ImageReader image = {0};
    if (!cache_find(layout->program->facts->sources->cache, CACHE_FACTS, key, out->arena, &image.rest)) return false;
    uint32_t laid = image_count(&image, image.rest.length);
    for (uint32_t i = 0; i < laid && !image.failed; i++) {
        OwnedEdit row = {.edit = {.file = edits->file}};
        row.edit.start = image_count(&image, UINT32_MAX);
        row.edit.end = image_count(&image, UINT32_MAX);
        row.owner = image_count(&image, count - 1);
        row.edit.text = image_text(&image);
        vec_add(&out->list, row);
    }
    if (image.failed) vec_clear(&out->list);
    return !image.failed;
}

static void keep(const Layout *layout, const Digest *key, const OwnedEdits *out) {
    StrBuf image = {0};
    image_add_number(&image, out->list.count);
    for (uint32_t i = 0; i < out->list.count; i++) {
        image_add_number(&image, out->list.items[i].edit.start);
        image_add_number(&image, out->list.items[i].edit.end);
        image_add_number(&image, out->list.items[i].owner);
        image_add_text(&image, out->list.items[i].edit.text);
    }
    cache_keep(layout->program->facts->sources->cache, CACHE_FACTS, key, strbuf_str(&image));
    strbuf_release(&image);
}

static void lay_out(const Layout *layout, const LanguageWriter *writer, ModuleId module, const TextEdit *edits,
                    uint32_t count, OwnedEdits *out) {
    const Program *program = layout->program;
    bool keeps = program->facts->sources->cache != NULL && program_module(program, module)->language->facts_by_text;
    Digest key = keeps ? key_of(layout, edits, count) : (Digest){{0}};
    if (keeps && find_kept(layout, &key, edits, count, out)) return;
    writer->lay_out(program->facts, module, program->rules->context.parameter, edits, count, out);
    if (keeps) keep(layout, &key, out);
}

// ---- files -------------------------------------------------------------------------------------------
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
    lay_out(layout, writer, module, texts, count, &out);
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
