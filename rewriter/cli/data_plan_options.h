// The command lines of the words of `weft data` that plan: `plan`, `check` and
// `models`.
#ifndef WEFT_CLI_DATA_PLAN_OPTIONS_H
#define WEFT_CLI_DATA_PLAN_OPTIONS_H

#include "cli/options.h"
#include "data/distribute.h"
#include "data/emit.h"
#include "rule/data_rule.h"

typedef struct DataPlanOptions {
    Options base;     // of the pipeline
    Str database;     // a file or an address; empty: that of the rules
    bool no_database; // plan from the models alone
    bool has_engine;
    DataEngine engine;
    Str output;    // empty: no plan file
    bool sql;      // a script instead of the view
    bool free_sql; // rules may bring SQL of their own
    bool emits;    // plan: as a migration of another tool
    EmitTool tool;
    bool has_target; // check
    DistributeTarget target;
} DataPlanOptions;

// As options_parse; argv[0] is the word.
void data_plan_options_parse(int argc, char **argv, DataPlanOptions *options);
void data_plan_options_release(DataPlanOptions *options);
const struct argp *data_plan_argp(void);

#endif
