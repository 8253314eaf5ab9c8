// A part of a plan.
#ifndef WEFT_PATCH_PLAN_SELECT_H
#define WEFT_PATCH_PLAN_SELECT_H

#include "edit/plan.h"

typedef struct PlanSelection {
    const Str *types; // families; TYPE_COUNT 0 = all
    uint32_t type_count;
    bool safe_only;             // without edits that want a review
    const SourceOptions *files; // paths (files and folders), include and exclude globs; root unused
} PlanSelection;

// An edit that was left out; texts are the plan's.
typedef struct LeftOut {
    Str path;
    Edit edit;
} LeftOut;
typedef Vec(LeftOut) LeftOuts;

// Whether anything is selected at all; without that a plan is taken whole.
bool plan_selects(const PlanSelection *selection);

// Takes the edits that are not selected out of a plan that was read and not yet resolved. Files that
// the plan creates stay as long as any edit does, since edits import them. The result of a file that
// lost edits is not promised any more (plan_resolve). Whether the rest makes sense is not asked here.
void plan_select(Plan *plan, const PlanSelection *selection, LeftOuts *left_out);

#endif
