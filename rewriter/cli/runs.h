// What the commands share that write to a tree or take that back: apply, status, resume, rollback and
// prune.
#ifndef WEFT_CLI_RUNS_H
#define WEFT_CLI_RUNS_H

#include "apply/apply.h"
#include "cli/exit.h"
#include "cli/options.h"
#include "cli/progress.h"

// The command line of status, resume, rollback and prune, which read no source files.
typedef struct RunsOptions {
    Arena arena;
    Str root; // real path; empty when it does not exist
    ColorMode color;
    bool quiet;
    Format format;
    bool no_sync;
    bool merge;    // rollback
    bool partial;
    bool dry_run;
    bool adopt;    // resume, rollback
    bool yes;      // with adopt
    uint32_t run;  // rollback; 0 = the newest
    uint32_t keep; // prune
} RunsOptions;

typedef enum RunsCommand { RUNS_STATUS, RUNS_RESUME, RUNS_ROLLBACK, RUNS_PRUNE } RunsCommand;

// As options_parse; a folder that does not exist is E100 in DIAGNOSTICS and false.
bool runs_options_parse(RunsCommand command, int argc, char **argv, RunsOptions *options,
                        Diagnostics *diagnostics);
void runs_options_release(RunsOptions *options);
// As options_argp.
const struct argp *runs_argp(RunsCommand command);

// The command line as one text, for the journal.
Str runs_command(Arena *arena, int argc, char **argv);
void runs_print_diagnostics(Diagnostics *diagnostics, const RunsOptions *options);
int runs_status(ApplyResult result);
// One line on stderr for a result that is not plain success, for apply and resume.
void runs_say(ApplyResult result, const ApplyReport *report, const char *what);

#endif
