// In: the units of a tree. Out: what each name means where it is spelled, from what was kept or by parsing. What stands in a
// header is walked once for all units of the same command: of those that are kept, and of those that are parsed, whoever
// comes first has it, and says so (UnitSaid.walked). No order of threads reaches the result, which is sorted.
#include <pthread.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/parallel.h"
#include "clang/unit/flow.h"
#include "clang/unit/mark.h"
#include "source/digest.h"

#ifdef WEFT_WITH_LIBCLANG
static const char KIND[] = "marks";

typedef struct Reading {
    Facts *facts;
    Known *known;
    UnsavedFiles unsaved;
    UnitSaid *said;              // of each unit
    Vec(uint32_t) left;          // units that are to be parsed
    pthread_mutex_t claiming;    // guards the next
    Vec(Map) claimed;            // by command: the places in headers that some unit has -> 1
} Reading;

typedef struct TopVisit {
    Visit visit;
    Reading *reading;
    UnitSaid *said;
    uint32_t command;
} TopVisit;

// ---- headers ---------------------------------------------------------------------------------------
static bool claim_locked(Reading *reading, uint32_t command, FileId file, uint32_t offset) {
    uint32_t seen = 0;
    if (command >= reading->claimed.count) vec_extend(&reading->claimed, command + 1 - reading->claimed.count);
    Map *claimed = &reading->claimed.items[command];
    if (map_get(claimed, map_key(file.index, offset), &seen)) return false;
    map_put(claimed, map_key(file.index, offset), 1);
    return true;
}

static bool claim(Reading *reading, uint32_t command, FileId file, uint32_t offset) {
    if (pthread_mutex_lock(&reading->claiming) != 0) BUG("cannot lock what is claimed");
    bool mine = claim_locked(reading, command, file, offset);
    pthread_mutex_unlock(&reading->claiming);
    return mine;
}

// What a header declares is the same for all that include it by the same command. A unit with a fault may have missed
// something: it speaks for nobody else.
static bool is_mine(TopVisit *top, FileId file, uint32_t offset) {
    if (file.index == top->visit.parsed->fact->file.index || top->said->fault != UNIT_PARSES) return true;
    bool mine = claim(top->reading, top->command, file, offset);
    HeaderPlaces *places = mine ? &top->said->walked : &top->said->skipped;
    vec_add(places, ((HeaderPlace){file, offset}));
    return mine;
}

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data) {
    TopVisit *top = data;
    CXFile handle;
    unsigned line, column, offset;
    (void)parent;
    libclang.getFileLocation(libclang.getCursorLocation(cursor), &handle, &line, &column, &offset);
    FileId file = parse_file(top->visit.parsed, handle);
    if (file.index && is_mine(top, file, offset)) flow_walk(&top->visit, cursor, (Place){.kind = PLACE_HARMLESS});
    return CXChildVisit_Continue;
}

// ---- one unit --------------------------------------------------------------------------------------
static void find_fault(ParsedUnit *parsed, UnitSaid *said) {
    unsigned count = libclang.getNumDiagnostics(parsed->unit);
    for (unsigned i = 0; i < count && said->fault == UNIT_PARSES; i++) {
        CXDiagnostic one = libclang.getDiagnostic(parsed->unit, i);
        if (libclang.getDiagnosticSeverity(one) >= CXDiagnostic_Error) {
            uint32_t offset = 0;
            bool inside = parse_message(parsed, one, &said->arena, &said->message);
            said->fault = inside ? UNIT_SAYS : UNIT_OUTSIDE;
            parse_place(parsed, libclang.getDiagnosticLocation(one), &said->span.file, &offset);
            said->span.start = said->span.end = offset;
        }
        libclang.disposeDiagnostic(one);
    }
}

static void keep(Reading *reading, const UnitFact *unit, UnitSaid *said) {
    StrBuf bytes = {0};
    if (reading->facts->sources->cache != NULL && said->reads.certain) {
        unit_said_write(said, &bytes);
        known_keep(reading->known, unit, KIND, &said->reads, strbuf_str(&bytes));
    }
    strbuf_release(&bytes);
}

static void parse_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Reading *reading = context;
    UnitSaid *said = &reading->said[reading->left.items[index]];
    const UnitFact *unit = &reading->facts->units.items[reading->left.items[index]];
    ParsedUnit parsed;
    parse_open(&parsed, reading->facts, unit, &reading->unsaved);
    if (!parsed.unit) {
        said->fault = UNIT_UNREADABLE;
    } else {
        known_collect(reading->known, &parsed, &said->reads);
        find_fault(&parsed, said);
        TopVisit top = {{.parsed = &parsed, .marks = &said->marks, .flows = &said->flows}, reading, said,
                        known_command(reading->known, unit)};
        libclang.visitChildren(libclang.getTranslationUnitCursor(parsed.unit), visit_top, &top);
        if (top.visit.too_deep && said->fault == UNIT_PARSES) said->fault = UNIT_DEEP;
        keep(reading, unit, said);
    }
    parse_close(&parsed);
}

// ---- what is kept ----------------------------------------------------------------------------------
static void find_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Reading *reading = context;
    UnitSaid *said = &reading->said[index];
    Str bytes;
    bool found = known_find(reading->known, &reading->facts->units.items[index], KIND, &said->reads, &bytes) &&
                 unit_said_read(bytes, said);
    if (!found) unit_said_release(said);
    if (!found) *said = (UnitSaid){0};
}

static bool is_found(const UnitSaid *said) { return said->reads.files.count > 0; }

// Headers that units which are kept have walked need no other walk.
static void claim_kept(Reading *reading) {
    for (uint32_t i = 0; i < reading->facts->units.count; i++) {
        const UnitSaid *said = &reading->said[i];
        uint32_t command = known_command(reading->known, &reading->facts->units.items[i]);
        for (uint32_t k = 0; k < said->walked.count; k++)
            claim_locked(reading, command, said->walked.items[k].file, said->walked.items[k].offset);
    }
}

// A declaration that a kept unit left to another one, which has another text now and does not have it any more.
static bool misses_something(Reading *reading, uint32_t unit) {
    const UnitSaid *said = &reading->said[unit];
    uint32_t command = known_command(reading->known, &reading->facts->units.items[unit]), seen = 0;
    for (uint32_t i = 0; i < said->skipped.count; i++) {
        const HeaderPlace *place = &said->skipped.items[i];
        bool has = command < reading->claimed.count &&
                   map_get(&reading->claimed.items[command], map_key(place->file.index, place->offset), &seen);
        if (!has) return true;
    }
    return false;
}

static void parse_left(Reading *reading, unsigned threads) {
    parallel_for_deep(reading->left.count, threads, parse_one, reading);
    vec_clear(&reading->left);
}

static void read_units(Reading *reading, unsigned threads) {
    uint32_t count = reading->facts->units.count;
    parallel_for(count, threads, find_one, reading);
    claim_kept(reading);
    for (uint32_t i = 0; i < count; i++)
        if (!is_found(&reading->said[i])) vec_add(&reading->left, i);
    bool all_kept = reading->left.count == 0;
    parse_left(reading, threads);
    for (uint32_t i = 0; i < count && !all_kept; i++) {
        if (!misses_something(reading, i)) continue;
        unit_said_release(&reading->said[i]);
        reading->said[i] = (UnitSaid){0};
        vec_add(&reading->left, i);
        parse_left(reading, threads); // the next ones may find theirs in this one
    }
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

static void sort_marks(Facts *facts) {
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
}

static Str fault_of(const UnitSaid *said) {
    if (said->fault == UNIT_UNREADABLE) return STR("libclang cannot read it");
    if (said->fault == UNIT_DEEP) return STR("something in it is nested too deeply");
    return said->fault == UNIT_OUTSIDE ? parse_outside() : said->message;
}

static void settle_unit(Facts *facts, uint32_t index, const UnitSaid *said, Diagnostics *diagnostics) {
    UnitFact *unit = &facts->units.items[index];
    unit->parses = said->fault == UNIT_PARSES;
    unit->first_file = facts->unit_files.count;
    for (uint32_t i = 0; i < said->reads.files.count; i++)
        if (said->reads.files.items[i]->source.index) vec_add(&facts->unit_files, said->reads.files.items[i]->source);
    unit->file_count = facts->unit_files.count - unit->first_file;
    for (uint32_t i = 0; i < said->marks.count; i++) vec_add(&facts->marks, said->marks.items[i]);
    for (uint32_t i = 0; i < said->flows.count; i++) vec_add(&facts->flows, said->flows.items[i]);
    if (unit->parses) return;
    Str path = source_file(facts->sources, unit->file)->path;
    Span span = said->span.file.index ? said->span : (Span){unit->file, 0, 0};
    diagnostic_add(diagnostics, DIAGNOSTIC_W106, span, "'%.*s' does not compile here: %.*s", STR_ARG(path),
                   STR_ARG(fault_of(said)));
    diagnostic_help(diagnostics, "it stays as it is, and so do the functions that it calls: make what is missing "
                                 "(generated headers, libraries), or take it out of the compile database");
}

static void add_digest(StrBuf *out, const Digest *digest) {
    strbuf_add(out, (Str){(const char *)digest->bytes, sizeof digest->bytes});
}

// What all units were made of, when it is known of all.
static void settle_digest(Facts *facts, const UnitSaid *said) {
    StrBuf all = {0};
    facts->compiled_known = true;
    add_digest(&all, &facts->compiled);
    for (uint32_t i = 0; i < facts->units.count; i++) {
        if (!said[i].reads.certain) facts->compiled_known = false;
        add_digest(&all, &said[i].reads.state);
    }
    facts->compiled = digest_of(strbuf_str(&all));
    strbuf_release(&all);
}

void marks_read(Facts *facts, unsigned threads, Diagnostics *diagnostics) {
    if (threads == 0) threads = parallel_default_threads();
    Arena arena = {0};
    Reading reading = {.facts = facts, .known = known_open(facts->sources), .claiming = PTHREAD_MUTEX_INITIALIZER};
    reading.said = memory_alloc_zeroed(facts->units.count + 1, sizeof *reading.said);
    parse_find_unsaved(&arena, facts->sources, &reading.unsaved);
    read_units(&reading, threads);
    settle_digest(facts, reading.said);
    for (uint32_t i = 0; i < facts->units.count; i++) {
        settle_unit(facts, i, &reading.said[i], diagnostics);
        unit_said_release(&reading.said[i]);
    }
    sort_marks(facts);
    sort_flows(facts);
    for (uint32_t i = 0; i < reading.claimed.count; i++) map_release(&reading.claimed.items[i]);
    vec_release(&reading.claimed);
    vec_release(&reading.left);
    vec_release(&reading.unsaved);
    if (!known_close(reading.known)) facts->compiled_known = false;
    pthread_mutex_destroy(&reading.claiming);
    free(reading.said);
    arena_release(&arena);
}

bool marks_digest(const Facts *facts, Digest *digest) {
    Known *known = known_open(facts->sources);
    StrBuf all = {0};
    bool good = facts->sources->cache != NULL;
    add_digest(&all, &facts->compiled);
    for (uint32_t i = 0; good && i < facts->units.count; i++) {
        UnitReads reads = {0};
        good = known_has(known, &facts->units.items[i], KIND, &reads);
        add_digest(&all, &reads.state);
        unit_reads_release(&reads);
    }
    *digest = digest_of(strbuf_str(&all));
    strbuf_release(&all);
    (void)known_close(known);
    return good;
}
#else
void marks_read(Facts *facts, unsigned threads, Diagnostics *diagnostics) {
    (void)facts;
    (void)threads;
    (void)diagnostics;
    BUG("units are read without libclang");
}

bool marks_digest(const Facts *facts, Digest *digest) {
    (void)facts;
    (void)digest;
    return false;
}
#endif
