// In: the units of a tree. Out: what each name means where it is spelled. A worker walks a unit at a time, and
// what stands in a header only once; no order of threads reaches the result, which is sorted.
//
// libclang gives the place in the body of a macro, or in the argument of one, only since LLVM 19. What it pastes
// together stands in no file: the bytes at its place spell something else.
#include "clang/unit/mark.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/parallel.h"
#include "clang/unit/flow.h"
#include "clang/unit/parse.h"

#ifdef WEFT_WITH_LIBCLANG
typedef struct Worker {
    MarkList marks;
    FlowList flows;
    Map seen; // (file, offset) of what stands in headers -> 1
} Worker;

// What is to be said of a unit, in the order of units.
typedef struct Outcome {
    Vec(FileId) files;
    bool parses;
    Str fault; // of a unit that does not
    Span span;
    Arena arena;
} Outcome;

typedef struct Reading {
    Facts *facts;
    UnsavedFiles unsaved;
    Worker *workers;
    Outcome *outcomes;
} Reading;

typedef struct TopVisit {
    Visit visit;
    Worker *worker;
} TopVisit;

// ---- one name --------------------------------------------------------------------------------------
static MarkKind kind_of(CXCursor meant) {
    switch ((int)meant.kind) {
    case CXCursor_FunctionDecl: return MARK_FUNCTION;
    case CXCursor_VarDecl:
        return libclang.Cursor_hasVarDeclGlobalStorage(meant) == 1 ? MARK_VARIABLE : MARK_OTHER;
    case CXCursor_EnumConstantDecl: return MARK_VARIABLE;
    default: return MARK_OTHER;
    }
}

// What is said in a header is said to all who include it.
static bool is_local(const Visit *visit, CXCursor meant, FileId file) {
    if ((int)meant.kind == CXCursor_EnumConstantDecl)
        return !str_ends_with(source_file(visit->parsed->facts->sources, file)->path, STR(".h"));
    return libclang.Cursor_getStorageClass(meant) == CX_SC_Static;
}

static bool spells(const Visit *visit, FileId file, uint32_t offset, CXCursor meant) {
    Str text = source_file(visit->parsed->facts->sources, file)->text;
    CXString name = libclang.getCursorSpelling(meant);
    Str wanted = str_from(libclang.getCString(name));
    bool same = wanted.length > 0 && str_equal(str_slice(text, offset, offset + wanted.length), wanted) &&
                !str_is_word_byte(offset + wanted.length < text.length ? text.data[offset + wanted.length] : ' ');
    libclang.disposeString(name);
    return same;
}

bool mark_place(Visit *visit, CXCursor declaration, FileId *file, uint32_t *offset) {
    return parse_place(visit->parsed, libclang.getCursorLocation(declaration), file, offset) &&
           spells(visit, *file, *offset, declaration);
}

// What cannot be edited where it stands holds the function fast, which has a declaration that is in the tree.
void mark_fixed(Visit *visit, CXCursor declaration) {
    MarkFact row = {.kind = MARK_FIXED};
    if (mark_place(visit, declaration, &row.file, &row.offset)) vec_add(visit->marks, row);
}

bool mark_name(Visit *visit, CXCursor cursor, CXCursor meant, MarkKind kind) {
    MarkFact row = {0};
    if (libclang.Cursor_isNull(meant)) meant = cursor;
    if (!parse_place(visit->parsed, libclang.getCursorLocation(cursor), &row.file, &row.offset) ||
        !spells(visit, row.file, row.offset, meant))
        return false;
    row.kind = kind == MARK_OTHER ? kind_of(meant) : kind;
    FileId home = {0};
    uint32_t offset;
    if (row.kind != MARK_OTHER) parse_place(visit->parsed, libclang.getCursorLocation(meant), &home, &offset);
    if (home.index && is_local(visit, meant, home)) row.home = home;
    if ((int)meant.kind == CXCursor_FieldDecl)
        parse_place(visit->parsed, libclang.getCursorLocation(meant), &row.home, &row.at);
    vec_add(visit->marks, row);
    return true;
}

// What a header declares is the same for all who include it, as far as a worker has seen.
static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data) {
    TopVisit *top = data;
    Visit *visit = &top->visit;
    CXFile handle;
    unsigned line, column, offset;
    (void)parent;
    libclang.getFileLocation(libclang.getCursorLocation(cursor), &handle, &line, &column, &offset);
    FileId file = parse_file(visit->parsed, handle);
    if (!file.index) return CXChildVisit_Continue;
    if (file.index != visit->parsed->fact->file.index) {
        uint32_t seen = 0;
        if (map_get(&top->worker->seen, map_key(file.index, offset), &seen)) return CXChildVisit_Continue;
        map_put(&top->worker->seen, map_key(file.index, offset), 1);
    }
    flow_walk(visit, cursor, (Place){.kind = PLACE_HARMLESS});
    return CXChildVisit_Continue;
}

// ---- one unit --------------------------------------------------------------------------------------
typedef struct Including {
    ParsedUnit *parsed;
    Outcome *outcome;
} Including;

static void add_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data) {
    (void)stack;
    (void)depth;
    Including *including = data;
    FileId id = parse_file(including->parsed, file);
    if (id.index) vec_add(&including->outcome->files, id);
}

static void find_fault(ParsedUnit *parsed, Outcome *outcome) {
    unsigned count = libclang.getNumDiagnostics(parsed->unit);
    for (unsigned i = 0; i < count && outcome->parses; i++) {
        CXDiagnostic said = libclang.getDiagnostic(parsed->unit, i);
        if (libclang.getDiagnosticSeverity(said) >= CXDiagnostic_Error) {
            uint32_t offset = 0;
            outcome->parses = false;
            outcome->fault = parse_message(parsed, said, &outcome->arena);
            parse_place(parsed, libclang.getDiagnosticLocation(said), &outcome->span.file, &offset);
            outcome->span.start = outcome->span.end = offset;
        }
        libclang.disposeDiagnostic(said);
    }
}

static void read_unit(void *context, uint32_t index, unsigned worker) {
    Reading *reading = context;
    Outcome *outcome = &reading->outcomes[index];
    ParsedUnit parsed;
    parse_open(&parsed, reading->facts, &reading->facts->units.items[index], &reading->unsaved);
    if (!parsed.unit) {
        outcome->fault = STR("libclang cannot read it");
    } else {
        outcome->parses = true;
        Including including = {&parsed, outcome};
        libclang.getInclusions(parsed.unit, add_file, &including);
        find_fault(&parsed, outcome);
        Worker *own = &reading->workers[worker];
        TopVisit top = {{.parsed = &parsed, .marks = &own->marks, .flows = &own->flows}, own};
        libclang.visitChildren(libclang.getTranslationUnitCursor(parsed.unit), visit_top, &top);
        if (top.visit.too_deep && outcome->parses) {
            outcome->parses = false;
            outcome->fault = STR("something in it is nested too deeply");
        }
    }
    parse_close(&parsed);
}

// ---- all units -------------------------------------------------------------------------------------
static int compare_marks(const void *left, const void *right) {
    const MarkFact *a = left, *b = right;
    if (a->file.index != b->file.index) return a->file.index < b->file.index ? -1 : 1;
    if (a->offset != b->offset) return a->offset < b->offset ? -1 : 1;
    if (a->kind != b->kind) return a->kind > b->kind ? -1 : 1; // a function in any unit is one
    if (a->home.index != b->home.index) return a->home.index < b->home.index ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static int compare_flows(const void *left, const void *right) {
    const FlowFact *a = left, *b = right;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->file.index != b->file.index) return a->file.index < b->file.index ? -1 : 1;
    if (a->offset != b->offset) return a->offset < b->offset ? -1 : 1;
    if (a->to.index != b->to.index) return a->to.index < b->to.index ? -1 : 1;
    return (a->to_offset > b->to_offset) - (a->to_offset < b->to_offset);
}

static void sort_flows(Facts *facts) {
    if (facts->flows.count > 1) qsort(facts->flows.items, facts->flows.count, sizeof(FlowFact), compare_flows);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < facts->flows.count; i++)
        if (kept == 0 || compare_flows(&facts->flows.items[kept - 1], &facts->flows.items[i]) != 0)
            facts->flows.items[kept++] = facts->flows.items[i];
    facts->flows.count = kept;
}

static void join_marks(Reading *reading, unsigned threads) {
    Facts *facts = reading->facts;
    for (unsigned i = 0; i < threads; i++) {
        MarkList *list = &reading->workers[i].marks;
        for (uint32_t k = 0; k < list->count; k++) vec_add(&facts->marks, list->items[k]);
        vec_release(list);
        FlowList *flows = &reading->workers[i].flows;
        for (uint32_t k = 0; k < flows->count; k++) vec_add(&facts->flows, flows->items[k]);
        vec_release(flows);
        map_release(&reading->workers[i].seen);
    }
    if (facts->marks.count > 1) qsort(facts->marks.items, facts->marks.count, sizeof(MarkFact), compare_marks);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < facts->marks.count; i++) {
        const MarkFact *mark = &facts->marks.items[i];
        MarkFact *last = kept ? &facts->marks.items[kept - 1] : NULL;
        if (last && last->file.index == mark->file.index && last->offset == mark->offset) {
            // In a macro a name may be a field of this structure and of that one.
            bool other = last->home.index != mark->home.index || last->at != mark->at;
            if (last->kind == MARK_OTHER && other) last->home = (FileId){0};
            continue;
        }
        facts->marks.items[kept++] = *mark;
    }
    facts->marks.count = kept;
    sort_flows(facts);
}

static void settle_unit(Facts *facts, uint32_t index, Outcome *outcome, Diagnostics *diagnostics) {
    UnitFact *unit = &facts->units.items[index];
    unit->parses = outcome->parses;
    unit->first_file = facts->unit_files.count;
    for (uint32_t i = 0; i < outcome->files.count; i++)
        vec_add(&facts->unit_files, outcome->files.items[i]);
    unit->file_count = facts->unit_files.count - unit->first_file;
    if (outcome->parses) return;
    Str path = source_file(facts->sources, unit->file)->path;
    Span span = outcome->span.file.index ? outcome->span : (Span){unit->file, 0, 0};
    diagnostic_add(diagnostics, DIAGNOSTIC_W106, span, "'%.*s' does not compile here: %.*s", STR_ARG(path),
                   STR_ARG(outcome->fault));
    diagnostic_help(diagnostics, "it stays as it is, and so do the functions that it calls: make what is missing "
                                 "(generated headers, libraries), or take it out of the compile database");
}

void marks_read(Facts *facts, unsigned threads, Diagnostics *diagnostics) {
    if (threads == 0) threads = parallel_default_threads();
    uint32_t count = facts->units.count;
    Arena arena = {0};
    Reading reading = {.facts = facts};
    reading.workers = memory_alloc_zeroed(threads, sizeof *reading.workers);
    reading.outcomes = memory_alloc_zeroed(count + 1, sizeof *reading.outcomes);
    parse_find_unsaved(&arena, facts->sources, &reading.unsaved);
    parallel_for_deep(count, threads, read_unit, &reading);
    for (uint32_t i = 0; i < count; i++) {
        settle_unit(facts, i, &reading.outcomes[i], diagnostics);
        vec_release(&reading.outcomes[i].files);
        arena_release(&reading.outcomes[i].arena);
    }
    join_marks(&reading, threads);
    vec_release(&reading.unsaved);
    free(reading.workers);
    free(reading.outcomes);
    arena_release(&arena);
}
#else
void marks_read(Facts *facts, unsigned threads, Diagnostics *diagnostics) {
    (void)facts;
    (void)threads;
    (void)diagnostics;
    BUG("units are read without libclang");
}
#endif

const MarkFact *marks_find(const Facts *facts, FileId file, uint32_t offset) {
    uint32_t low = 0, high = facts->marks.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const MarkFact *mark = &facts->marks.items[middle];
        bool before = mark->file.index != file.index ? mark->file.index < file.index : mark->offset < offset;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    const MarkFact *found = low < facts->marks.count ? &facts->marks.items[low] : NULL;
    return found && found->file.index == file.index && found->offset == offset ? found : NULL;
}
