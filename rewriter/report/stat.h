// What a run found and would change, in numbers.
#ifndef WEFT_REPORT_STAT_H
#define WEFT_REPORT_STAT_H

#include <stdio.h>
#include "edit/plan.h"
#include "patch/diff.h"
#include "solve/solution.h"

typedef struct Stat {
    uint32_t sinks; // the outcomes add up to this, and so do the families
    uint32_t by_outcome[OUTCOME_COUNT];
    uint32_t by_family[FAMILY_MOST];
    const Families *families; // of the rules
    uint32_t isolated; // sinks all of whose origins bear a tenant
    uint32_t functions_changed, calls_changed, classes_holding, accessors;
    uint32_t files_read;       // files of the tree that could be read and decoded
    uint32_t files_unreadable; // unreadable, undecodable or over the size limit
    uint32_t files_unparsable;
    DiffStat diff;
    DiffRow *rows; // by planned file; owned
} Stat;

// Counts; a sum that does not add up is a BUG, because then a sink got lost.
void stat_build(const Program *program, const Solution *solution, const Plan *plan, Stat *stat);
void stat_release(Stat *stat);

// The table of `git diff --stat`, WIDTH columns wide, and below it the numbers.
void stat_write_text(const Stat *stat, const Plan *plan, uint32_t width, bool color, FILE *out);

// The same as one JSON object, docs/report.md.
void stat_write_json(const Stat *stat, const Plan *plan, FILE *out);

#endif
