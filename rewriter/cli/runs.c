// Commands about runs. In: their command lines, and what apply/ reports. Out: options, exit statuses
// and the line that tells a person how to go on.
#include "cli/runs.h"

#include <argp.h>
#include <errno.h>

#include "base/message.h"
#include "base/path.h"
#include "cli/output.h"
#include "cli/root.h"

enum {
    KEY_NO_FSYNC = 256,
    KEY_MERGE,
    KEY_PARTIAL,
    KEY_DRY_RUN,
    KEY_ADOPT,
    KEY_YES,
    KEY_KEEP,
    KEY_COLOR,
    KEY_FORMAT,
    MOST_RUNS = 999999999
};

static const struct argp_option GENERAL_OPTIONS[] = {
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 2},
    {"color", KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 2},
    OPTION_LANG(2),
    {"quiet", 'q', NULL, 0, "errors only", 2},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 2},
    {0},
};
#define FORMAT_OPTION                                                                              \
    { "format", KEY_FORMAT, "FORMAT", 0, "text or json", 0 }
static const struct argp_option STATUS_OPTIONS[] = {FORMAT_OPTION, {0}};
#define NO_FSYNC_OPTION                                                                            \
    { "no-fsync", KEY_NO_FSYNC, NULL, 0, "do not wait for the disk", 0 }
#define ADOPT_OPTIONS                                                                              \
    {"adopt",                                                                                      \
     KEY_ADOPT,                                                                                    \
     NULL,                                                                                         \
     0,                                                                                            \
     "show the paths of runs that your weft did not record, and ask whether to take them over",    \
     0},                                                                                           \
    {                                                                                              \
        "yes", KEY_YES, NULL, 0, "with --adopt: show them, and do not ask", 0                      \
    }
static const struct argp_option RESUME_OPTIONS[] = {
    ADOPT_OPTIONS, NO_FSYNC_OPTION, FORMAT_OPTION, {0}};
static const struct argp_option ROLLBACK_OPTIONS[] = {
    {"merge", KEY_MERGE, NULL, 0,
     "take weft's changes out of files that were changed since, where both do not overlap", 0},
    {"partial", KEY_PARTIAL, NULL, 0,
     "leave files that were changed since as they are, and take the others back", 0},
    {"dry-run", KEY_DRY_RUN, NULL, 0, "only say what would be taken back", 0},
    ADOPT_OPTIONS,
    NO_FSYNC_OPTION,
    FORMAT_OPTION,
    {0},
};
static const struct argp_option PRUNE_OPTIONS[] = {
    {"keep", KEY_KEEP, "N", 0, "keep the newest N finished runs (1)", 0},
    FORMAT_OPTION,
    {0},
};

typedef struct Parse {
    RunsCommand command;
    RunsOptions *options;
    const char *folder;
} Parse;

static error_t parse_general(int key, char *value, struct argp_state *state) {
    static const char *const colors[] = {"auto", "always", "never"};
    static const char *const formats[] = {"text", "json"};
    Parse *parse = state->input;
    RunsOptions *options = parse->options;
    switch (key) {
    case 'C': parse->folder = value; break;
    case 'q': options->quiet = true; break;
    case 'h': argp_state_help(state, stdout, ARGP_HELP_STD_HELP); break;
    case KEY_COLOR:
        options->color = (ColorMode)option_choose(state, "--color", value, colors, 3);
        break;
    case OPTION_KEY_LANG: option_take_language(state, value); break;
    case KEY_FORMAT:
        options->format = (Format)option_choose(state, "--format", value, formats, 2);
        break;
    case KEY_NO_FSYNC: options->no_sync = true; break;
    case KEY_MERGE: options->merge = true; break;
    case KEY_PARTIAL: options->partial = true; break;
    case KEY_DRY_RUN: options->dry_run = true; break;
    case KEY_ADOPT: options->adopt = true; break;
    case KEY_YES: options->yes = true; break;
    case KEY_KEEP:
        options->keep = (uint32_t)option_number(state, "--keep", str_from(value), 0, MOST_RUNS);
        break;
    default: return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static error_t parse_own(int key, char *value, struct argp_state *state) {
    Parse *parse = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = parse;
    } else if (key == ARGP_KEY_ARG) {
        if (parse->command != RUNS_ROLLBACK || parse->options->run != 0)
            option_refuse(state, "'%s' is one argument too many", value);
        parse->options->run = (uint32_t)option_number(state, "RUN", str_from(value), 1, MOST_RUNS);
    } else {
        return parse_general(key, value, state);
    }
    return 0;
}

static const struct argp_child GENERAL[] = {
    {&(const struct argp){.options = GENERAL_OPTIONS, .parser = parse_general}, 0, NULL, 0},
    {0},
};
#define EXIT_RUNS "\vExit status: 0 done; 2 wrong command line, or there is nothing to do"
#define EXIT_WRITTEN                                                                               \
    "; 5 it failed, and the tree is as it was; 6 interrupted, to be resumed or rolled back."
static const struct argp PARSERS[] = {
    [RUNS_STATUS] =
        {STATUS_OPTIONS, parse_own, NULL,
         "List what weft has done to the tree: when, how far, and how to go on." EXIT_RUNS ".",
         GENERAL, NULL, NULL},
    [RUNS_RESUME] =
        {RESUME_OPTIONS, parse_own, NULL,
         "Finish the apply or the rollback that was interrupted." EXIT_RUNS EXIT_WRITTEN, GENERAL,
         NULL, NULL},
    [RUNS_ROLLBACK] = {ROLLBACK_OPTIONS, parse_own, "[RUN]",
                       "Take a run back: the one that was interrupted, else the newest. Files get "
                       "their old bytes and permissions. When files were changed since, they are listed, "
                       "and nothing is touched without --merge or --partial." EXIT_RUNS "; 3 some files were left as they are" EXIT_WRITTEN,
                       GENERAL, NULL, NULL},
    [RUNS_PRUNE] = {PRUNE_OPTIONS, parse_own, NULL,
                    "Forget finished runs, and delete the old files that only they keep. They "
                    "cannot be taken back then." EXIT_RUNS ".",
                    GENERAL, NULL, NULL},
};
static char PROGRAMS[][16] = {"weft status", "weft resume", "weft rollback", "weft prune"};

const struct argp *runs_argp(RunsCommand command) { return &PARSERS[command]; }

bool runs_options_parse(RunsCommand command, int argc, char **argv, RunsOptions *options,
                        Diagnostics *diagnostics) {
    *options = (RunsOptions){.keep = 1};
    Str below;
    Parse parse = {command, options, NULL};
    argv[0] = PROGRAMS[command];
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSERS[command], argc, argv, &parse);
    if (parse.folder == NULL) {
        Str root;
        if (!root_find(&options->arena, &root, &below, diagnostics)) return false;
        parse.folder = root.length > 0 ? root.data : ".";
    }
    if (path_real(&options->arena, str_from(parse.folder), &options->root)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%s': %s", parse.folder,
                   strerror(errno));
    return false;
}

void runs_options_release(RunsOptions *options) { arena_release(&options->arena); }

Str runs_command(Arena *arena, int argc, char **argv) {
    StrBuf text = {0};
    for (int i = 0; i < argc; i++) strbuf_addf(&text, "%s%s", i > 0 ? " " : "", argv[i]);
    Str kept = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return kept;
}

void runs_print_diagnostics(Diagnostics *diagnostics, const RunsOptions *options) {
    output_diagnostics(diagnostics, options->color);
}

int runs_status(ApplyResult result) {
    switch (result) {
    case APPLY_DONE: return EXIT_DONE;
    case APPLY_NOTHING: return EXIT_WRONG;
    case APPLY_STALE: return EXIT_STALE;
    case APPLY_REFUSED:
    case APPLY_FAILED: return EXIT_ROLLED_BACK;
    case APPLY_INTERRUPTED: return EXIT_INTERRUPTED;
    case APPLY_PARTLY: return EXIT_INCOMPLETE;
    }
    return EXIT_WRONG;
}

void runs_say(ApplyResult result, const ApplyReport *report, const char *what) {
    switch (result) {
    case APPLY_REFUSED:
    case APPLY_STALE:
    case APPLY_FAILED:
        message_print(stderr, "weft: %s failed; the tree is as it was\n", what);
        break;
    case APPLY_INTERRUPTED:
        message_print(
            stderr,
            "weft: run %u is not finished: `weft resume` finishes it, `weft rollback` takes it "
            "back\n",
            report->run);
        break;
    case APPLY_DONE:
    case APPLY_NOTHING:
    case APPLY_PARTLY: break;
    }
}
