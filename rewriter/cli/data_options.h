// The command lines of those words of `weft data` that work on a database.
#ifndef WEFT_CLI_DATA_OPTIONS_H
#define WEFT_CLI_DATA_OPTIONS_H

#include "cli/options.h"
#include "migrate/tenant_add.h"

typedef struct DataOptions {
    Arena arena;
    Str word;
    SessionOptions session;
    Str plan; // a file; empty: the one that was begun with
    bool has_phase;
    Phase phase;   // apply: the last; rollback: the one that is taken back with all behind it
    bool contract; // apply
    bool discard_tenants; // rollback
    bool restore;         // rollback
    TenantAdd add;        // tenant: its name; add: the rest
    Str output;           // tenant: a file; empty: standard output
    bool yes;
    bool quiet;
    ColorMode color;
    Format format; // status
} DataOptions;

// As options_parse; argv[0] is the word. What is wrong with the tree's folder is E100 or E903 in DIAGNOSTICS and false.
bool data_options_parse(int argc, char **argv, DataOptions *options, Diagnostics *diagnostics);
void data_options_release(DataOptions *options);
// As options_argp.
const struct argp *data_argp(void);

#endif
