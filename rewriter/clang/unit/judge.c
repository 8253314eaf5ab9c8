// In: new texts, and the units of the tree. Out: what the compiler says of them that it did not say before. Only
// units that compiled before are asked, and the old text is parsed again only where the new one has a fault.
#include "clang/unit/judge.h"

#include <stdlib.h>

#include "base/bug.h"
#include "base/parallel.h"
#include "base/path.h"
#include "clang/unit/said.h"

#ifdef WEFT_WITH_LIBCLANG
static const char KIND[] = "faults";

typedef struct UnitFaults {
    CompileFaults list;
    Arena arena;
} UnitFaults;

typedef struct Judging {
    const Facts *facts;
    UnsavedFiles before, after;
    Known *old_known, *new_known; // of either
    const uint32_t *text_of; // by FileId: 1 + index of its new text
    Vec(uint32_t) units;     // that are made of some new text
    UnitFaults *faults;      // of each
} Judging;

static CompileFault read_fault(ParsedUnit *parsed, const Judging *judging, CXDiagnostic said, Arena *arena) {
    CompileFault fault = {0};
    parse_message(parsed, said, arena, &fault.message);
    CXFile handle;
    unsigned line, column, offset;
    libclang.getFileLocation(libclang.getDiagnosticLocation(said), &handle, &line, &column, &offset);
    fault.file = parse_file(parsed, handle);
    fault.offset = offset;
    if (fault.file.index) fault.text = judging->text_of[fault.file.index];
    return fault;
}

static void keep(Known *known, ParsedUnit *parsed, const UnitFaults *faults) {
    UnitReads reads = {0};
    StrBuf bytes = {0};
    known_collect(known, parsed, &reads);
    unit_faults_write(&faults->list, &reads, &bytes);
    known_keep(known, parsed->fact, KIND, &reads, strbuf_str(&bytes));
    strbuf_release(&bytes);
    unit_reads_release(&reads);
}

static void parse_faults(const Judging *judging, const UnitFact *unit, bool after, UnitFaults *faults) {
    ParsedUnit parsed;
    parse_open(&parsed, judging->facts, unit, after ? &judging->after : &judging->before);
    if (!parsed.unit) BUG("libclang reads a unit no more that it has read before");
    unsigned count = libclang.getNumDiagnostics(parsed.unit);
    // The one warning that is asked for is an error in such a unit.
    enum CXDiagnosticSeverity least = unit->unused == UNUSED_MAY_STAY ? CXDiagnostic_Error : CXDiagnostic_Warning;
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic said = libclang.getDiagnostic(parsed.unit, i);
        if (libclang.getDiagnosticSeverity(said) >= least)
            vec_add(&faults->list, read_fault(&parsed, judging, said, &faults->arena));
        libclang.disposeDiagnostic(said);
    }
    if (judging->facts->sources->cache != NULL) keep(after ? judging->new_known : judging->old_known, &parsed, faults);
    parse_close(&parsed);
}

static void read_faults(const Judging *judging, const UnitFact *unit, bool after, UnitFaults *faults) {
    UnitReads reads = {0};
    Str bytes;
    bool found = known_find(after ? judging->new_known : judging->old_known, unit, KIND, &reads, &bytes) &&
                 unit_faults_read(bytes, &reads, judging->text_of, &faults->arena, &faults->list);
    unit_reads_release(&reads);
    if (!found) parse_faults(judging, unit, after, faults);
}

// Takes out as many of each message as there were before.
static void forget_old(UnitFaults *faults, UnitFaults *old) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < faults->list.count; i++) {
        uint32_t k = 0;
        while (k < old->list.count &&
               !str_equal(old->list.items[k].message, faults->list.items[i].message))
            k++;
        if (k < old->list.count)
            old->list.items[k] = old->list.items[--old->list.count];
        else
            faults->list.items[kept++] = faults->list.items[i];
    }
    faults->list.count = kept;
}

static void judge_unit(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Judging *judging = context;
    UnitFaults *faults = &judging->faults[index], old = {0};
    const UnitFact *unit = &judging->facts->units.items[judging->units.items[index]];
    read_faults(judging, unit, true, faults);
    if (faults->list.count > 0) read_faults(judging, unit, false, &old);
    forget_old(faults, &old);
    vec_release(&old.list);
    arena_release(&old.arena);
}

// ---- all of them -----------------------------------------------------------------------------------
static void find_units(Judging *judging) {
    const Facts *facts = judging->facts;
    for (uint32_t i = 0; i < facts->units.count; i++) {
        const UnitFact *unit = &facts->units.items[i];
        bool touched = false;
        for (uint32_t k = 0; k < unit->file_count && !touched; k++)
            touched = judging->text_of[facts->unit_files.items[unit->first_file + k].index] != 0;
        if (touched && unit->parses) vec_add(&judging->units, i);
    }
}

static int compare_faults(const void *left, const void *right) {
    const CompileFault *a = left, *b = right;
    if (a->file.index != b->file.index) return a->file.index < b->file.index ? -1 : 1;
    if (a->offset != b->offset) return a->offset < b->offset ? -1 : 1;
    return str_compare(a->message, b->message);
}

// A header's fault is said by each unit that has it.
static void take_faults(Judging *judging, Arena *arena, CompileFaults *faults) {
    for (uint32_t i = 0; i < judging->units.count; i++) {
        UnitFaults *unit = &judging->faults[i];
        for (uint32_t k = 0; k < unit->list.count; k++) {
            unit->list.items[k].message = arena_copy(arena, unit->list.items[k].message);
            vec_add(faults, unit->list.items[k]);
        }
        vec_release(&unit->list);
        arena_release(&unit->arena);
    }
    if (faults->count > 1) qsort(faults->items, faults->count, sizeof(CompileFault), compare_faults);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < faults->count; i++)
        if (kept == 0 || compare_faults(&faults->items[kept - 1], &faults->items[i]) != 0)
            faults->items[kept++] = faults->items[i];
    faults->count = kept;
}

void judge_texts(const Facts *facts, const NewText *texts, uint32_t count, unsigned threads, Arena *arena,
                 CompileFaults *faults) {
    Arena scratch = {0};
    uint32_t *text_of = memory_alloc_zeroed(facts->sources->files.count + 1, sizeof *text_of);
    Judging judging = {.facts = facts, .text_of = text_of};
    judging.old_known = known_open(facts->sources);
    judging.new_known = known_open(facts->sources);
    parse_find_unsaved(&scratch, facts->sources, &judging.before);
    parse_find_unsaved(&scratch, facts->sources, &judging.after);
    for (uint32_t i = 0; i < count; i++) {
        Str path = path_join(&scratch, facts->sources->root, texts[i].path);
        if (texts[i].file.index) text_of[texts[i].file.index] = i + 1;
        vec_add(&judging.after, ((struct CXUnsavedFile){arena_copy(&scratch, path).data, texts[i].text.data,
                                                        texts[i].text.length}));
        known_replace(judging.new_known, path, texts[i].file, texts[i].text);
    }
    find_units(&judging);
    judging.faults = memory_alloc_zeroed(judging.units.count + 1, sizeof *judging.faults);
    parallel_for_deep(judging.units.count, threads ? threads : parallel_default_threads(), judge_unit, &judging);
    take_faults(&judging, arena, faults);
    (void)known_close(judging.old_known);
    (void)known_close(judging.new_known);
    vec_release(&judging.before);
    vec_release(&judging.after);
    vec_release(&judging.units);
    free(judging.faults);
    free(text_of);
    arena_release(&scratch);
}
#else
void judge_texts(const Facts *facts, const NewText *texts, uint32_t count, unsigned threads, Arena *arena,
                 CompileFaults *faults) {
    (void)texts;
    (void)count;
    (void)threads;
    (void)arena;
    (void)faults;
    BUG_UNLESS(facts->units.count == 0); // there are none without libclang
}
#endif
