// Private to unit/: what libclang said of one unit, and the same as bytes.
#ifndef WEFT_CLANG_UNIT_SAID_H
#define WEFT_CLANG_UNIT_SAID_H

#include "clang/unit/judge.h"
#include "clang/unit/known.h"

typedef Vec(MarkFact) MarkList;
typedef Vec(FlowFact) FlowList;

// A declaration in a header: its place.
typedef struct HeaderPlace {
    FileId file;
    uint32_t offset;
} HeaderPlace;
typedef Vec(HeaderPlace) HeaderPlaces;

// Why a unit does not parse.
typedef enum UnitFault {
    UNIT_PARSES,
    UNIT_UNREADABLE, // libclang has no tree of it
    UNIT_DEEP,
    UNIT_OUTSIDE,    // something outside of the tree is at fault
    UNIT_SAYS,       // UnitSaid.message
} UnitFault;

typedef struct UnitSaid {
    UnitReads reads;
    UnitFault fault;
    Str message;
    Span span; // of the fault, in the tree; else none
    MarkList marks;
    FlowList flows;
    HeaderPlaces walked;  // declarations of headers that MARKS and FLOWS are about, too
    HeaderPlaces skipped; // those that another unit was asked about
    Arena arena;
} UnitSaid;

void unit_said_release(UnitSaid *said);
// Files are written as places in READS.
void unit_said_write(const UnitSaid *said, StrBuf *out);
// SAID has the reads. False, with nothing else in it, when the bytes are none that were written for these.
bool unit_said_read(Str bytes, UnitSaid *said);

// The same of faults that a compiler finds in new texts.
void unit_faults_write(const CompileFaults *faults, const UnitReads *reads, StrBuf *out);
// TEXT_OF has, by file, 1 + the index of its new text. The messages live in ARENA.
bool unit_faults_read(Str bytes, const UnitReads *reads, const uint32_t *text_of, Arena *arena, CompileFaults *faults);

#endif
