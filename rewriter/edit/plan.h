// The plan: what every changed or new file will contain. The plan is the truth; a diff is a view.
#ifndef WEFT_EDIT_PLAN_H
#define WEFT_EDIT_PLAN_H

#include <sys/stat.h>

#include "edit/edit.h"
#include "source/blob_id.h"

typedef struct PlannedFile {
    FileId file;       // {0} for a new file, and in a plan that was read from a plan file
    Str path;          // relative to the root
    Str before;        // bytes on disk; empty for a new file
    Str after;         // bytes to write, in the file's own encoding, with its BOM
    bool is_new;
    mode_t mode;       // permissions of the result
    struct stat status; // of the file when `before` was read by plan_resolve; else zeroed
    BlobId before_id, after_id; // of the bytes; before_id means nothing for a new file
    uint32_t first_edit, edit_count; // range of Plan.edits.list
} PlannedFile;

typedef struct Plan {
    Arena arena;
    Edits edits;
    Vec(PlannedFile) files; // sorted by path; only files whose bytes change
    bool nameless;          // nobody asks for the ids of its files: plan_build leaves them out
} Plan;

void plan_release(Plan *plan);

// Turns finished EDITS into whole new contents, and adds the runtime files of the rules which the
// tree does not have yet (only when something changes). E503 when a text cannot be written in the
// file's encoding, E504 when a runtime file exists with other content that is not ours.
// FAULTS (NULL: not asked for) gets the first of them.
bool plan_build(const Sources *sources, const Rules *rules, Plan *plan, PlanFaults *faults,
                Diagnostics *diagnostics);

// Fills the ids of all files from their bytes; plan_build has done so, unless the plan is nameless.
void plan_identify(Plan *plan);
void plan_identify_file(PlannedFile *file);

#endif
