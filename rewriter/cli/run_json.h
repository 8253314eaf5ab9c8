// What a command did to the tree, as JSON: apply, resume, rollback and prune.
#ifndef WEFT_CLI_RUN_JSON_H
#define WEFT_CLI_RUN_JSON_H

#include "apply/apply.h"

// One object with schema_version, COMMAND, `result` in a word, run, dry_run and the numbers of REPORT; PLAN (may be
// NULL) names the files of an apply.
void run_write_json(const char *command, ApplyResult result, const ApplyReport *report,
                    const Plan *plan, bool dry_run);
// The same for prune: how much is forgotten.
void prune_write_json(uint32_t runs, uint32_t files);

#endif
