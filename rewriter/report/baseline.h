// The baseline of `weft check`: accesses that a team accepts for now, one a line.
//
// A line is the identity of an access (report/model.h): path, function, family, rule and symbol, no
// line number, so that it survives edits elsewhere. Lines are sorted when weft writes them; reading
// takes any order and any repetition, so that a file that git merged by `union` is a good one. Empty
// lines and lines that begin with '#' say nothing.
#ifndef WEFT_REPORT_BASELINE_H
#define WEFT_REPORT_BASELINE_H

#include "report/model.h"

typedef struct BaselineEntry {
    Str text;
    uint32_t line; // 1-based
    bool found;    // some access of the tree is this one
} BaselineEntry;

typedef struct Baseline {
    Arena arena;
    Vec(BaselineEntry) list; // sorted by text, each once
} Baseline;

// Reads the file at PATH. False after E701: it cannot be read, or holds marks of a merge conflict.
bool baseline_read(Str path, Baseline *baseline, Diagnostics *diagnostics);
void baseline_release(Baseline *baseline);

// Whether ENTRY is one of the lines, which is marked as found.
bool baseline_has(Baseline *baseline, Str entry);
// How many entries were not found.
uint32_t baseline_stale(const Baseline *baseline);
// Writes HEADER and the entries of BASELINE, sorted and each once, whole or not at all. False after E901.
bool baseline_write_entries(Str path, const char *header, Baseline *baseline,
                            Diagnostics *diagnostics);

// Marks the accesses that the baseline has as known, and its entries as found. Returns how many
// entries were not found.
uint32_t baseline_match(Baseline *baseline, Report *report);
// Writes all accesses of REPORT to PATH, whole or not at all. False after E901.
bool baseline_write(Str path, const Report *report, Diagnostics *diagnostics);

#endif
