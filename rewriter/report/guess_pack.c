// Packs for frameworks that the tree uses. In: imports. Out: each such pack, with the first place that imports its framework,
// and what the packs say already.
#include "report/guess_internal.h"
#include "rule/load.h"
#include "rule/pack_file.h"

typedef struct KnownPack {
    const char *module, *name;
} KnownPack;

static const KnownPack PACKS[] = {
#define PACK(module, name) {module, name},
#include "report/guess_pack.def"
#undef PACK
};

static const KnownPack *pack_of(Str dotted) {
    ptrdiff_t dot = str_find(dotted, '.');
    Str package = dot > 0 ? str_slice(dotted, 0, (size_t)dot) : dotted;
    for (size_t i = 0; i < sizeof PACKS / sizeof *PACKS; i++)
        if (str_is(package, PACKS[i].module)) return &PACKS[i];
    return NULL;
}

static void count_import(Guesser *guesser, const KnownPack *pack, const ImportFact *import) {
    Guesses *out = guesser->out;
    GuessPack *found = NULL;
    for (uint32_t i = 0; i < out->packs.count && !found; i++)
        if (out->packs.items[i].module == pack->module) found = &out->packs.items[i];
    if (!found) {
        vec_add(&out->packs, ((GuessPack){.module = pack->module,
                                          .name = pack->name,
                                          .first = guess_place(guesser, import->module, import->start)}));
        found = &out->packs.items[out->packs.count - 1];
    }
    if (found->last == import->module.index) return;
    found->last = import->module.index;
    found->modules++;
}

enum { MOST_BYTES = 1 << 20 };

static void note_boundaries(Guesser *guesser, const Rules *rules) {
    for (uint32_t i = 0; i < rules->boundaries.count; i++) {
        const RuleNames *targets = &rules->boundaries.items[i].targets;
        for (uint32_t k = 0; k < targets->count; k++)
            vec_add(&guesser->said, arena_copy(&guesser->scratch, targets->items[k].text));
    }
}

// What the pack of that name says of functions that a framework calls: a guess could only contradict it.
static void read_pack(Guesser *guesser, const char *name) {
    Sources sources = {0};
    Rules rules = {0};
    Diagnostics said = {0};
    Str text, path = arena_format(&guesser->scratch, PACK_BUILT_IN "/%s/%s.yml", name, name);
    if (pack_file_read(&guesser->scratch, path, MOST_BYTES, &text) == FILE_OK) {
        rules_load_text(&sources, path, text, &rules, &said); // its runtime is not found, and not asked for
        note_boundaries(guesser, &rules);
    }
    rules_release(&rules);
    diagnostics_release(&said);
    sources_release(&sources);
}

void guess_find_packs(Guesser *guesser) {
    const Program *program = guesser->program;
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        const KnownPack *pack = pack_of(program_name(program, import->dotted));
        if (pack && !fact_is(import->target) && !guesser->aside[import->module.index])
            count_import(guesser, pack, import);
    }
    for (uint32_t i = 0; i < guesser->out->packs.count; i++) read_pack(guesser, guesser->out->packs.items[i].name);
}

bool guess_pack_knows(const Guesser *guesser, ClassId klass) {
    const Program *program = guesser->program;
    for (uint32_t i = 0; guesser->out->packs.count > 0 && i < program_base_name_count(program); i++) {
        const BaseName *base = program_base_name(program, i);
        const KnownPack *pack = pack_of(program_name(program, base->dotted));
        if (pack && program_is_subclass(program, klass, base->klass)) return true;
    }
    return false;
}

bool guess_has_pack(const Guesser *guesser, const char *module) {
    for (uint32_t i = 0; i < guesser->out->packs.count; i++)
        if (strcmp(guesser->out->packs.items[i].module, module) == 0) return true;
    return false;
}
