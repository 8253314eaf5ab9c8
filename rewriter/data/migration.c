// Names and life time of a plan.
#include "data/migration.h"

static const char *const phase_names[PHASE_COUNT] = {
    [PHASE_EXPAND] = "expand", [PHASE_BACKFILL] = "backfill", [PHASE_VERIFY] = "verify",
    [PHASE_SWITCH] = "switch", [PHASE_CONTRACT] = "contract",
};
static const char *const step_kind_names[STEP_KIND_COUNT] = {
    [STEP_STATEMENTS] = "statements",
    [STEP_BATCHES] = "batches",
    [STEP_PROBE] = "probe",
    [STEP_REBUILD] = "rebuild",
};

const char *phase_name(Phase phase) { return phase_names[phase]; }
const char *step_kind_name(StepKind kind) { return step_kind_names[kind]; }

bool phase_find(Str name, Phase *phase) {
    for (int i = 0; i < PHASE_COUNT; i++) {
        if (!str_is(name, phase_names[i])) continue;
        *phase = (Phase)i;
        return true;
    }
    return false;
}

void migration_release(Migration *migration) { arena_release(&migration->arena); }
