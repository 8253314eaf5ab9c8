// The list of sinks, as `weft scan` shows it.
#ifndef WEFT_REPORT_SCAN_H
#define WEFT_REPORT_SCAN_H

#include <stdio.h>
#include "solve/solution.h"

// One sink, ready to be printed. Texts live as long as the arena they were made in.
typedef struct ScanRow {
    uint32_t sink; // index into Solution.sinks
    Str path;
    LineColumn at;
    Family family;
    Str rule;   // id of the rule; empty for a singleton that was found, not named
    Str pack;   // that the rule is from, or "weft.yml"
    Str symbol; // what the access resolves to: "src.config.config.global_config"
    Str line;   // the source line, trimmed
    bool migrated;// an earlier run wrote it
    bool ignored; // a comment says to leave it alone, for this reason,
    Str reason;   // empty when it gives none
} ScanRow;

typedef struct ScanRows {
    Vec(ScanRow) list; // in path and position order
    const Families *families; // of the rules
    uint32_t by_family[FAMILY_MOST];
    uint32_t files; // with at least one sink
} ScanRows;

// All accesses, or those only for which something is left to do or to say.
void scan_build(Arena *arena, const Program *program, const Solution *solution, bool all, ScanRows *rows);
void scan_release(ScanRows *rows);

// path:line:column: family[rule] symbol: source line
// COLUMNS: of the terminal; 0 where there is none, and then each sink is one line.
void scan_write_text(const ScanRows *rows, uint32_t columns, bool color, FILE *out);
// One object: schema_version, sinks, summary. Keys are in a fixed order.
void scan_write_json(const ScanRows *rows, FILE *out);

#endif
