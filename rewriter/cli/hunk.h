// Hunks of a plan: edits of one file that stand close together, as a person is asked about them.
#ifndef WEFT_CLI_HUNK_H
#define WEFT_CLI_HUNK_H

#include "edit/plan.h"
#include "patch/diff.h"

typedef struct Hunk {
    uint32_t file;         // index into Plan.files
    uint32_t first, count; // of Plan.edits.list
    uint32_t start,
        end; // the whole lines of the source that change; empty where lines are only added
} Hunk;
typedef Vec(Hunk) Hunks;

// Lines of a source in which hunks are as small as can be.
typedef struct Stretch {
    FileId file;
    uint32_t start, end;
} Stretch;
typedef Vec(Stretch) Stretches;

// The hunks of PLAN, made from SOURCES, with CONTEXT lines around them; new files have none. Clears HUNKS
// first.
void hunks_find(const Sources *sources, const Plan *plan, uint32_t context, const Stretches *split,
                Hunks *hunks);
// Whether it would be several in a split stretch.
bool hunk_can_split(const Sources *sources, const Plan *plan, const Hunk *hunk);
// Appends the diff of the hunk alone.
void hunk_show(const Plan *plan, const Hunk *hunk, uint32_t context, DiffLook look, StrBuf *out);
// What its lines read after it.
Str hunk_text(const Sources *sources, const Plan *plan, const Hunk *hunk, Arena *arena);

#endif
