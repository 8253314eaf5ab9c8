// Private to unit/: what libclang said of a unit, kept by all that it read: its command, every text, and which of the files
// that these ask for are there (clang/unit/reads.h).
//
// Which texts a unit reads is known only when it has been parsed. So there are entries of two kinds. One says which texts were
// read, and its key is the command and the main text; if one of the others is another one now, the next such entry is
// looked for by the state of all that the first one names. The other kind is what was said, by that state.
#ifndef WEFT_CLANG_UNIT_KNOWN_H
#define WEFT_CLANG_UNIT_KNOWN_H

#include "clang/unit/parse.h"
#include "clang/unit/reads.h"
#include "clang/unit/search.h"

// What a unit reads.
typedef struct UnitReads {
    Arena arena;
    Vec(const ReadFile *) files; // its main text first, each once
    Strs folders; // in which something was found, and that nothing names
    Strs names;   // of files that macros name
    bool certain; // nothing else decides what the unit reads
    Digest state; // of all that decides
} UnitReads;
void unit_reads_release(UnitReads *reads);

typedef struct Known Known;

// After clang_library_load. Finds and keeps what SOURCES say is kept, which may be nothing; they outlive it.
Known *known_open(const Sources *sources);
// What was kept is found by later runs from now on, unless something was added to the folders or removed meanwhile, of
// which nobody knows who has seen it: false.
bool known_close(Known *known);
// TEXT, which outlives KNOWN, is read in the place of what is at PATH by all units.
void known_replace(Known *known, Str path, FileId source, Str text);

// The rest is called by several threads at once.
//
// A number for each command of units; those that differ in their main text alone have the same.
uint32_t known_command(Known *known, const UnitFact *unit);
// True when something of KIND, which may be any word, is kept of UNIT as it is now: READS are what it reads.
bool known_has(Known *known, const UnitFact *unit, const char *kind, UnitReads *reads);
// The same, and what is kept, in the arena of READS.
bool known_find(Known *known, const UnitFact *unit, const char *kind, UnitReads *reads, Str *bytes);
// Keeps BYTES of a unit that is made of READS, if these are certain, and makes their state.
void known_keep(Known *known, const UnitFact *unit, const char *kind, UnitReads *reads, Str bytes);

#ifdef WEFT_WITH_LIBCLANG
// included.c: what PARSED has read.
void known_collect(Known *known, ParsedUnit *parsed, UnitReads *reads);
#endif

#endif
