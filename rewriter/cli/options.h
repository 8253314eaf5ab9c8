// The command line of every command, read strictly: a value that is not known is an error that
// names the nearest one that is.
#ifndef WEFT_CLI_OPTIONS_H
#define WEFT_CLI_OPTIONS_H

#include <stdio.h>
#include "solve/part/slice.h"
#include "rule/signature.h"
#include "source/shard.h"
#include "source/source.h"

struct argp;

typedef enum Command {
    COMMAND_SCAN,
    COMMAND_DIFF,
    COMMAND_APPLY,
    COMMAND_EXPLAIN,
    COMMAND_PLAN,
    COMMAND_REPORT,
    COMMAND_CHECK,
    COMMAND_INIT,
    COMMAND_VERIFY,
    COMMAND_THREAD,
    COMMAND_WATCH,
    COMMAND_FACTS,
} Command;
typedef enum ColorMode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorMode;
typedef enum Format { FORMAT_TEXT, FORMAT_JSON } Format;
// A stage to print instead of the command's own output (developers).
typedef enum DumpStage { DUMP_NONE, DUMP_FACTS, DUMP_SOLUTION, DUMP_PLAN } DumpStage;

// One --format of a report, and where it goes.
typedef struct ReportOutput {
    Str format;
    Str file; // as given; empty: standard output
} ReportOutput;

// The whole change at once, or one of two steps that together are mode required.
typedef enum Stage { STAGE_WHOLE, STAGE_EXPAND, STAGE_CONTRACT } Stage;
// Whether a command can do without rules, where nobody names any and no pack is for the tree.
typedef enum RulesNeed { RULES_NEEDED, RULES_OPTIONAL, RULES_NONE } RulesNeed;
typedef struct CheckOptions {
    CheckRule limits;  // -1 and false: as the rules say
    Str changed_since; // revision; empty: all lines
    bool update_baseline;
} CheckOptions;

typedef struct Options {
    Arena arena; // owns texts
    Command command;
    SourceOptions sources;
    Vec(Str) packs;
    Vec(Str) types; // families; none = all
    bool has_mode;
    Mode mode;         // when has_mode
    Stage stage;
    bool profile;      // say what each stage took
    Str profile_trace; // to a file, as a trace; empty: to standard error, as a table
    bool (*given_up)(void *data); // asked between stages: nobody wants the rest of the run any more; NULL: somebody does
    void *given_up_data;
    struct Resident *resident; // cli/resident.h: what runs of one program have in common; NULL: there is none
    bool no_cache;     // nothing of an earlier run is used, and nothing kept for a later one
    Vec(Str) facts;    // files of facts that other runs have found
    bool stats;        // say how facts were had
    Shard *made;       // gets the facts that are found; NULL: nobody wants them
    ShardPart part;    // facts: which files
    bool strict;       // nothing is taken back: a fault stops the plan
    bool splits;       // plan: into slices, in the folder OUTPUT
    SliceKind split;
    uint32_t most_files; // plan: that a slice changes; 0 = no limit
    bool has_phase;      // diff, apply, plan: of the whole change one phase only
    Str phase;           // a family
    ColorMode color;
    int verbosity; // -1 quiet, 0, 1 verbose
    DumpStage dump;
    Format format;             // not of report and check, which have REPORTS
    bool stat, exit_code;      // diff
    uint32_t context;          // diff: lines around a hunk
    bool dry_run;              // apply
    bool interactive;          // apply
    bool allow_dirty, no_sync; // apply
    Str backup;                // apply: a folder; empty = none
    bool force;                // apply, stage contract: whoever breaks
    Vec(Str) usage;            // apply, stage contract: usage files
    Str plan;                  // diff, apply: the plan file to use instead of making a plan
    bool safe_only; // of that plan: without edits that want a review
    Str query;                 // explain: its first argument
    bool bug;                  // explain: what could not be changed safely, instead of an answer
    bool serve;        // report: in a browser
    uint16_t port;     // on this port; 0: a free one
    bool dot;          // explain: as a graph
    Str pattern;               // scan: a code pattern to search for instead of sinks
    Str rewrite;               // scan, diff, apply: what such code becomes; empty: nothing
    bool debug_pattern;        // scan: say how it is understood, and why a line does not match
    Str output;                // -o: a file for what else goes to standard output
    Str around;                // report: what the dot format shows
    Str history;               // report: the file that gets a line; empty: none
    Str date;                  // report: that line's date; empty: now
    Vec(ReportOutput) reports; // report: never empty; report, check: at most one to standard output
    RulesNeed rules_need;
    bool uncompiled;           // only declarations count: no compiler is asked what names mean
    StrBuf *shown_rules;       // rules: gets those that count, as YAML; NULL: nobody asks
    Str rules_root;            // tree whose weft.yml counts, and its builds where this one has none; empty = the tree itself
    Vec(Str) trees;            // verify: one folder, or before and after
    Str before;                // verify: a commit that stands for the tree before
    Vec(Str) run;              // verify: commands for the shell
    bool commands, no_commands; // verify: run those of weft.yml without trust; run none of them
    Str tests;                 // verify: folder for a regression suite; empty: none is written
    CheckOptions check;
    SignatureRequest signature; // thread
    Str thread_rule;            // thread: the entry of the rules that says it all; empty: none
    bool write;                 // thread: apply it, instead of showing it
} Options;

// What COMMAND does when nothing is said: OPTIONS to begin with.
void options_begin(Command command, Options *options);
// Reads the arguments of COMMAND; argv[0] is its name. Prints and exits by itself for --help
// (status 0) and for a wrong command line (status 2).
void options_parse(Command command, int argc, char **argv, Options *options);
void options_release(Options *options);
// The options of COMMAND and what --help says of it, for manual pages and completions.
const struct argp *options_argp(Command command);

// The keys of --color and --lang in every table; those of a table's own begin at 256.
enum { OPTION_KEY_COLOR = 0x7000, OPTION_KEY_LANG };
// The row of --lang, in GROUP of its table.
#define OPTION_LANG(group)                                                                         \
    {"lang", OPTION_KEY_LANG, "LANGUAGE", 0, "en or zh: the language of messages; else what LANG and its like say", group}
// For the parsers of single commands: takes -j, --color, --lang, -q and -h, which a table may have. 0, or ARGP_ERR_UNKNOWN
// when KEY is none of them.
struct argp_state;
int option_take_common(struct argp_state *state, int key, const char *value, Options *options);
// A number in [LEAST, MOST], decimal digits only; the index of
// VALUE among NAMES. Anything else ends the program with status 2 and names the option.
uint64_t option_number(struct argp_state *state, const char *option, Str digits, uint64_t least,
                       uint64_t most);
// Ends the program with E902 and status 2; KEY is a message (base/message.h).
void option_refuse(struct argp_state *state, const char *key, ...)
    __attribute__((format(printf, 2, 3)));
// As argp_parse without flags, with the texts of TABLE as messages. A help_filter that TABLE has itself begins with
// option_translate, which is one: TEXT itself, or what takes its place, to be freed.
char *option_translate(int key, const char *text, void *input);
void option_parse(const struct argp *table, int argc, char **argv, void *input);
// VALUE of --lang: messages are in that language from here on.
void option_take_language(struct argp_state *state, const char *value);
// The page of TABLE for PROGRAM ("weft data"), or only how it is called; it does not end the program.
void option_help(const struct argp *table, bool usage_only, char *program, FILE *out);
int option_choose(struct argp_state *state, const char *option, const char *value,
                  const char *const *names, size_t count);

#endif
