// Files of facts that the command line names (--facts), and who may have written them.
#ifndef WEFT_CLI_RUN_SHARDS_H
#define WEFT_CLI_RUN_SHARDS_H

#include "cli/run.h"
#include "source/digest.h"

// The key of such files: made of $WEFT_FACTS_KEY where that is set, for machines that have no user in common; else the
// user's (apply/key.h), which MAKE makes when there is none. ROOT is the tree's real path. False after E613 or E908.
bool run_shards_key(Str root, bool make, DigestKey *key, Diagnostics *diagnostics);
// Reads the files of OPTIONS for RUN, whose sources are loaded. False after E908.
bool run_shards_open(Run *run, const Options *options);
// What --stats asks for, to standard error: how the facts of RUN were had.
void run_shards_show_counts(const Run *run);

#endif
