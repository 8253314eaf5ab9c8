// The words of `weft migrate`, behind their options. The result is the exit status.
#ifndef WEFT_CLI_MIGRATE_COMMAND_H
#define WEFT_CLI_MIGRATE_COMMAND_H

#include "cli/migrate_options.h"

// One for each word.
int migrate_plan(const MigrateOptions *options, Diagnostics *diagnostics);
int migrate_run(const MigrateOptions *options, Diagnostics *diagnostics); // `resume` too
int migrate_rollback(const MigrateOptions *options, Diagnostics *diagnostics);
int migrate_ask(const MigrateOptions *options, Diagnostics *diagnostics);  // `pause` and `cancel`
int migrate_show(const MigrateOptions *options, Diagnostics *diagnostics); // `status` and `report`

#endif
