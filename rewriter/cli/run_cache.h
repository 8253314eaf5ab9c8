// Whole runs in the cache: the same question about the same tree is not worked out twice.
#ifndef WEFT_CLI_RUN_CACHE_H
#define WEFT_CLI_RUN_CACHE_H

#include "cli/run.h"

// Opens the cache for RUN, whose sources and rules are loaded, unless the options say not to; facts of single files
// go by it from then on. Then makes the digest of all that a solution depends on.
void run_cache_open(Run *run, const Options *options);
// Takes the run as far as STOP from what is kept. False, with RUN as it was, when nothing is, or when the plan that
// is kept can no longer be made.
bool run_cache_find(Run *run, RunStop stop);
// Keeps RUN, whose plan has passed.
void run_cache_keep(Run *run);
void run_cache_close(Run *run);

// What a command printed for the same tree, by what else that depends on: LOOK. It stands for the whole of the run:
// RUN gets its diagnostics and counts, but no facts and no plan. The text lives as long as RUN.
bool run_cache_find_text(Run *run, Str look, Str *text);
// Before the diagnostics are sorted.
void run_cache_keep_text(Run *run, Str look, Str text);

#endif
