// The command line of `weft migrate`.
#ifndef WEFT_CLI_MIGRATE_OPTIONS_H
#define WEFT_CLI_MIGRATE_OPTIONS_H

#include "base/list.h"
#include "cli/options.h"

typedef enum MigrateWord {
    MIGRATE_WORD_PLAN,
    MIGRATE_WORD_RUN,
    MIGRATE_WORD_RESUME,
    MIGRATE_WORD_PAUSE,
    MIGRATE_WORD_CANCEL,
    MIGRATE_WORD_ROLLBACK,
    MIGRATE_WORD_STATUS,
    MIGRATE_WORD_REPORT,
    MIGRATE_WORD_COUNT
} MigrateWord;

typedef enum MigrateFormat {
    MIGRATE_TEXT,
    MIGRATE_JSON,
    MIGRATE_MARKDOWN,
    MIGRATE_HTML
} MigrateFormat;

typedef struct MigrateOptions {
    MigrateWord word;
    Str root;                                   // real path of the tree
    Str plan;                                   // run: a file
    Str output;                                 // plan, report; empty: standard output
    Str name, description, database;            // plan
    StrItems families;                          // plan: words; none: all
    bool no_data, no_code, no_api, no_rollback; // plan
    StrItems approvals;                         // run, resume
    bool discard_tenants, restore;              // rollback
    bool watch;                                 // status
    MigrateFormat format;
    Options base; // packs, threads, colour, verbosity
} MigrateOptions;

// As options_parse; argv[0] is "migrate". What is wrong with the tree's folder is E100 or E903 in DIAGNOSTICS and false.
bool migrate_options_parse(int argc, char **argv, MigrateOptions *options,
                           Diagnostics *diagnostics);
void migrate_options_release(MigrateOptions *options);
// As options_argp.
const struct argp *migrate_argp(void);

#endif
