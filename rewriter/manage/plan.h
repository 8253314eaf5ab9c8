// The plan of a whole migration, as `weft migrate plan` writes it and `weft migrate run` takes it. It says what the migration
// includes and what was found out beforehand; the commands follow from that, and are no part of the file: whoever
// wrote it cannot make weft run something else.
#ifndef WEFT_MANAGE_PLAN_H
#define WEFT_MANAGE_PLAN_H

#include "manage/graph.h"
#include "manage/limits.h"
#include "rule/level.h"
#include "source/diagnostic.h"

// Why the migration is as risky as it is.
typedef struct PlanReason {
    Str name;  // "no-repository"
    int level; // Level
    Str text;
} PlanReason;

typedef struct MigrationPlan {
    Arena arena;
    Str id; // of this plan: digits
    Str name, description;
    Str created;  // "2026-11-30T10:00:00Z"
    Str database; // for --database; empty without data
    Str commit;   // of the tree before; empty: in no repository
    Scope scope;
    bool rollback; // it may be taken back
    Limits limits; // at which it pauses
    Graph graph;
    List(PlanReason) reasons;
} MigrationPlan;

// The worst of the reasons.
Level plan_risk(const MigrationPlan *plan);
// How long the tasks take that somebody measured, and how many nobody did. Gates are not counted.
void plan_duration(const MigrationPlan *plan, int64_t *least, int64_t *most, uint32_t *unknown);

// Whether a plan may have TEXT: at most 4096 bytes, all of which can be shown.
bool migration_plan_may_say(Str text);
// Gives PLAN, which has all but the graph and the id, both.
void plan_finish(MigrationPlan *plan);
void migration_plan_write(const MigrationPlan *plan, StrBuf *out);
// Takes JSON, the bytes of the file NAME. False after E614; release it in any case.
bool migration_plan_read(Str name, Str json, MigrationPlan *plan, Diagnostics *diagnostics);
void migration_plan_release(MigrationPlan *plan);

#endif
