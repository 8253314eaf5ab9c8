// What can be given on the command line; see option_tables.h. Values are read in options.c.
#include "cli/option_tables.h"

#include <stddef.h>

#include "cli/report_options.h"

#define STDIN_OPTION                                                                               \
    {                                                                                              \
        "stdin-filename", KEY_STDIN_FILENAME, "FILE", 0,                                           \
            "read this file of the tree from standard input, as an editor has it, and answer for " \
            "it alone",                                                                            \
            0                                                                                      \
    }

const struct argp_option COMMON_OPTIONS[] = {
    {NULL, 0, NULL, 0, "Selection:", 1},
    {"types", KEY_TYPES, "LIST", 0, "only these families of sinks, comma separated", 1},
    {"include", KEY_INCLUDE, "GLOB", 0, "load only files that match; may be repeated", 1},
    {"exclude", KEY_EXCLUDE, "GLOB", 0, "do not load files that match; may be repeated", 1},
    {"host", KEY_HOST, "TREE", 0, "this tree is a plugin of TREE: what it calls there is known by TREE's files, which stay as they are", 1},
    {"pack", KEY_PACK, "NAME", 0, "use this rule pack (a name, a folder or a .yml file)", 1},
    {"mode", KEY_MODE, "MODE", 0,
     "whether the parameter is required: hybrid, required or optional; overrides the rules", 1},
    {"stage", KEY_STAGE, "STAGE", 0,
     "change in two steps: expand adds optional parameters, contract makes them required", 1},
    {"strict", KEY_STRICT, NULL, 0,
     "plan all or nothing: a place that does not pass weft's own check stops the plan", 1},
    {"size-limit", KEY_SIZE_LIMIT, "BYTES", 0, "skip larger files (suffix K, M or G; 10M)", 1},
    {NULL, 0, NULL, 0, "General:", 2},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 2},
    {"jobs", 'j', "N", 0, "use N threads (the number of processors)", 2},
    {"no-cache", KEY_NO_CACHE, NULL, 0, "work everything out anew, and keep nothing for the next run", 2},
    {"facts", KEY_FACTS, "FILE", 0, "use facts that `weft facts` has found, on another machine perhaps; may be repeated", 2},
    {"stats", KEY_STATS, NULL, 0, "show how many files were read, parsed, and known already", 2},
    {"profile", KEY_PROFILE, "FILE", OPTION_ARG_OPTIONAL,
     "show what each stage took in time and memory; or write it to FILE, as a trace for Chrome or Perfetto", 2},
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 2},
    OPTION_LANG(2),
    {"quiet", 'q', NULL, 0, "errors only", 2},
    {"verbose", 'v', NULL, 0, "also show every refused and bridged site", 2},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 2},
    {"dump", KEY_DUMP, "STAGE", OPTION_HIDDEN, "print facts, solution or plan instead", 2},
    {0},
};
const struct argp_option FORMAT_OPTIONS[] = {
    {"format", KEY_FORMAT, "FORMAT", 0, "text or json", 0},
    {0},
};
const struct argp_option EXPLAIN_OPTIONS[] = {
    STDIN_OPTION,
    {"format", KEY_FORMAT, "FORMAT", 0, "text or json", 0},
    {"dot", KEY_DOT, NULL, 0, "the chains as a graph for Graphviz: weft explain --dot NAME | dot -Tsvg", 0},
    {"bug", KEY_BUG, NULL, 0,
     "write what weft could not change safely, for a report of the fault: rules, names of modules, "
     "lines",
     0},
    {0},
};
const struct argp_option SCAN_OPTIONS[] = {
    STDIN_OPTION,
    {"format", KEY_FORMAT, "FORMAT", 0, "text or json", 0},
    {"debug-pattern", KEY_DEBUG_PATTERN, "PATTERN", 0,
     "show how a pattern is understood and, for arguments FILE:LINE, why it does not match there",
     0},
    {0},
};
const struct argp_option DIFF_OPTIONS[] = {
    STDIN_OPTION,
    {"phase", KEY_PHASE, "FAMILY", 0,
     "of the whole change only what the accesses of this family need; the phases in order are all "
     "of "
     "it",
     0},
    {"stat", KEY_STAT, NULL, 0, "show sums instead of the diff", 0},
    {"format", KEY_FORMAT, "FORMAT", 0, "with --stat: text or json", 0},
    {"exit-code", KEY_EXIT_CODE, NULL, 0, "exit with 1 when there are changes", 0},
    {"unified", 'U', "N", 0, "show N lines of context (3)", 0},
    {"plan", KEY_PLAN, "FILE", 0, "show what this plan file would change", 0},
    {"safety", KEY_SAFETY, "LEVEL", 0, "of the plan file: only `safe` edits, or `review` ones too",
     0},
    {0},
};
const struct argp_option REPORT_OPTIONS[] = {
    {"format", KEY_FORMAT, "FORMAT[:FILE]", 0,
     FORMATS "; to FILE when it is named; may be repeated", 0},
    {"around", KEY_AROUND, "NAME", 0, "dot: the functions around this function or module", 0},
    {"output", 'o', "FILE", 0, "write the format without a file to FILE", 0},
    {"history", KEY_HISTORY, "FILE", 0, "add a line to FILE, and show the course of its lines", 0},
    {"date", KEY_DATE, "DATE", 0, "of that line: 2026-11-23 or 2026-11-23T03:45:24Z (now)", 0},
    {"before", KEY_BEFORE, "COMMIT", 0, "html: also what changed in the public interface since this commit", 0},
    {"usage", KEY_USAGE, "FILE", 0, "html: counts of old callers, besides those of the rules' folder; may be repeated", 0},
    {"serve", KEY_SERVE, NULL, 0, "show the page in a browser on this machine, and anew whenever a file is saved", 0},
    {"port", KEY_PORT, "N", 0, "--serve: on this port (a free one)", 0},
    {0},
};
const struct argp_option CHECK_OPTIONS[] = {
    {"api", KEY_API, NULL, 0, "given first: as `weft api check`, whose options follow", 0},
    {"max-complexity", KEY_MAX_COMPLEXITY, "N", 0, "highest complexity of the tree, 0 to 10", 0},
    {"max-refused", KEY_MAX_REFUSED, "N", 0, "most accesses that weft refuses to change", 0},
    {"max-shared", KEY_MAX_SHARED, "N", 0, "most places that keep values or files for all tenants (W310, W314)", 0},
    {"max-taken-back", KEY_MAX_TAKEN_BACK, "N", 0, "most places that weft could not change safely",
     0},
    {"min-isolated", KEY_MIN_ISOLATED, "PERCENT", 0, "least share of isolated accesses", 0},
    {"start-up-counts", KEY_START_UP_COUNTS, NULL, 0,
     "--min-isolated: also those that the default tenant has at start-up", 0},
    {"max-risk", KEY_MAX_RISK, "LEVEL", 0, "low, medium, high or critical", 0},
    {"no-new", KEY_NO_NEW, NULL, 0, "no access that the baseline does not have", 0},
    {"changed-since", KEY_CHANGED_SINCE, "REVISION", 0,
     "no access in lines that differ from this git revision", 0},
    {"baseline", KEY_BASELINE, "FILE", 0, "accesses that are accepted; implies --no-new", 0},
    {"strict-baseline", KEY_STRICT_BASELINE, NULL, 0, "fail also when one of them is gone", 0},
    {"update-baseline", KEY_UPDATE_BASELINE, NULL, 0, "write the baseline instead of checking", 0},
    {"format", KEY_FORMAT, "FORMAT[:FILE]", 0,
     "also write the report, with what fails marked: " FORMATS, 0},
    {"output", 'o', "FILE", 0, "write the format without a file to FILE", 0},
    {0},
};
const struct argp_option APPLY_OPTIONS[] = {
    STDIN_OPTION,
    {"phase", KEY_PHASE, "FAMILY", 0,
     "of the whole change only what the accesses of this family need; the phases in order are all "
     "of "
     "it",
     0},
    {"interactive", 'i', NULL, 0, "choose hunk by hunk, as with `git add -p`", 0},
    {"dry-run", 'n', NULL, 0, "name the files that would be written, and write none", 0},
    {"format", KEY_FORMAT, "FORMAT", 0, "what was written: text or json", 0},
    {"plan", KEY_PLAN, "FILE", 0, "carry out this plan file, made by `weft plan`", 0},
    {"safety", KEY_SAFETY, "LEVEL", 0, "of the plan file: only `safe` edits, or `review` ones too",
     0},
    {"allow-dirty", KEY_ALLOW_DIRTY, NULL, 0, "also write files with uncommitted changes", 0},
    {"backup", KEY_BACKUP, "DIR", 0, "first copy the files that change to the new folder DIR", 0},
    {"no-fsync", KEY_NO_FSYNC, NULL, 0,
     "do not wait for the disk: faster, but a power failure may lose the run and its undo", 0},
    {"usage", KEY_USAGE, "FILE", 0,
     "--stage contract: counts of old callers, besides those of the rules' folder; may be repeated",
     0},
    {"force", KEY_FORCE, NULL, 0, "--stage contract: also when old callers are left; says which break",
     0},
    {0},
};
// Of what is shown, or written.
const struct argp_option WRITING_OPTIONS[] = {
    {"exit-code", KEY_EXIT_CODE, NULL, 0, "exit with 1 when there are changes", 0},
    {"unified", 'U', "N", 0, "show N lines of context (3)", 0},
    {"allow-dirty", KEY_ALLOW_DIRTY, NULL, 0, "also write files with uncommitted changes", 0},
    {"backup", KEY_BACKUP, "DIR", 0, "first copy the files that change to the new folder DIR", 0},
    {"no-fsync", KEY_NO_FSYNC, NULL, 0,
     "do not wait for the disk: faster, but a power failure may lose the run and its undo", 0},
    {0},
};
const struct argp_option PLAN_OPTIONS[] = {
    {"phase", KEY_PHASE, "FAMILY", 0,
     "of the whole change only what the accesses of this family need; the phases in order are all "
     "of "
     "it",
     0},
    {"output", 'o', "FILE", 0, "write the plan to FILE instead of standard output", 0},
    {"split", KEY_SPLIT, "KIND", 0,
     "write slices to the new folder -o DIR, to be applied in order: by family, package or "
     "component",
     0},
    {"max-files", KEY_MAX_FILES, "N", 0,
     "cut slices that change more files, where that is possible", 0},
    {"usage", KEY_USAGE, "FILE", 0,
     "--stage contract: counts of old callers, besides those of the rules' folder; may be repeated",
     0},
    {"force", KEY_FORCE, NULL, 0, "--stage contract: also when old callers are left; says which break",
     0},
    {0},
};

const struct argp_option INIT_OPTIONS[] = {
    {"output", 'o', "FILE", 0, "write to FILE instead of weft.yml; - is standard output", 0},
    {0},
};
const struct argp_option FACTS_OPTIONS[] = {
    {"shard", KEY_SHARD, "I/N", 0, "of the files only the Ith of N parts (1/1)", 0},
    {"output", 'o', "FILE", 0, "write the facts to FILE", 0},
    {0},
};
const struct argp_option VERIFY_OPTIONS[] = {
    {"before", KEY_BEFORE, "COMMIT", 0, "compare with this commit instead of a folder", 0},
    {"format", KEY_FORMAT, "FORMAT", 0, "text or json", 0},
    {"run", KEY_RUN, "COMMAND", 0,
     "run COMMAND by the shell in both trees and compare; may be repeated", 0},
    {"commands", KEY_COMMANDS, NULL, 0,
     "run the commands of weft.yml, also without `weft trust`: what they run is what the tree says",
     0},
    {"no-commands", KEY_NO_COMMANDS, NULL, 0, "do not run the commands of weft.yml", 0},
    {"write-tests", KEY_WRITE_TESTS, "DIR", 0,
     "write a pytest suite to DIR that checks that tenants do not see each other", 0},
    {0},
};
