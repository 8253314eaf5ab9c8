// Command lines of `weft migrate`. In: argv. Out: MigrateOptions. Looks at no file but the folder it works in.
#include "cli/migrate_options.h"

#include <argp.h>
#include <errno.h>
#include <string.h>

#include "base/parallel.h"
#include "base/path.h"
#include "cli/exit.h"
#include "cli/languages.h"
#include "cli/root.h"
#include "manage/plan.h"

enum MigrateKey {
    KEY_PLAN = 256,
    KEY_NAME,
    KEY_DESCRIPTION,
    KEY_DATABASE,
    KEY_NO_DATA,
    KEY_NO_CODE,
    KEY_NO_API,
    KEY_NO_ROLLBACK,
    KEY_TYPES,
    KEY_APPROVE,
    KEY_DISCARD,
    KEY_RESTORE,
    KEY_WATCH,
    KEY_FORMAT
};

static const char *const WORDS[MIGRATE_WORD_COUNT] = {"plan",   "run",      "resume", "pause",
                                                      "cancel", "rollback", "status", "report"};

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "plan, report: write to FILE instead of standard output", 0},
    {"name", KEY_NAME, "TEXT", 0, "plan: what the migration is called", 0},
    {"description", KEY_DESCRIPTION, "TEXT", 0, "plan: more words", 0},
    {"database", KEY_DATABASE, "NAME", 0, "plan: the database, in place of that of the rules", 0},
    {"no-data", KEY_NO_DATA, NULL, 0, "plan: leave the database out", 0},
    {"no-code", KEY_NO_CODE, NULL, 0, "plan: leave the tree out", 0},
    {"no-api", KEY_NO_API, NULL, 0, "plan: do not wait for old callers", 0},
    {"types", KEY_TYPES, "LIST", 0,
     "plan: these families of accesses only, one task for each, comma separated", 0},
    {"no-rollback", KEY_NO_ROLLBACK, NULL, 0, "plan: it is not taken back as a whole", 0},
    {"plan", KEY_PLAN, "FILE", 0, "run: the plan, as `weft migrate plan -o` wrote it", 0},
    {"approve", KEY_APPROVE, "TASK", 0,
     "run, resume: your word for this gate; may be given several times", 0},
    {"discard-tenants", KEY_DISCARD, NULL, 0,
     "rollback: delete the rows of tenants that came since, once they are written to a file", 0},
    {"restore", KEY_RESTORE, NULL, 0,
     "rollback: also from the backup, when no other way is left; gives up what is newer", 0},
    {"watch", KEY_WATCH, NULL, 0, "status: again and again, until nothing runs", 0},
    {"format", KEY_FORMAT, "FORMAT", 0, "status, report: text, json, markdown or html", 0},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 0},
    {"jobs", 'j', "N", 0, "plan: use N threads (the number of processors)", 0},
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors only", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

typedef struct Parse {
    MigrateOptions *options;
    const char *folder;
} Parse;

static Str own(MigrateOptions *options, const char *value) {
    return arena_copy(&options->base.arena, str_from(value));
}

static void take_word(struct argp_state *state, MigrateOptions *options, const char *value) {
    if (state->arg_num > 0) option_refuse(state, "'%s' is one argument too many", value);
    for (int i = 0; i < MIGRATE_WORD_COUNT; i++) {
        if (strcmp(value, WORDS[i]) != 0) continue;
        options->word = (MigrateWord)i;
        return;
    }
    option_refuse(state,
                  "unknown command 'migrate %s'; known are: plan, run, resume, pause, "
                  "cancel, rollback, status, report",
                  value);
}

static void take_families(struct argp_state *state, MigrateOptions *options, const char *value) {
    Str rest = str_from(value);
    if (rest.length == 0) option_refuse(state, "--types needs at least one family");
    for (Str part; str_split_next(&rest, ',', &part);)
        list_add(&options->base.arena, &options->families,
                 arena_copy(&options->base.arena, str_trim(part)));
}

static Str own_text(struct argp_state *state, MigrateOptions *options, const char *option,
                    const char *value) {
    Str text = own(options, value);
    if (text.length == 0 || !migration_plan_may_say(text))
        option_refuse(state, "%s takes a text of one line, in UTF-8", option);
    return text;
}

static void check_together(struct argp_state *state, const MigrateOptions *options) {
    MigrateWord word = options->word;
    bool runs = word == MIGRATE_WORD_RUN || word == MIGRATE_WORD_RESUME;
    if (state->arg_num == 0) option_refuse(state, "say what to do: weft migrate plan");
    if (options->plan.length > 0 && word != MIGRATE_WORD_RUN)
        option_refuse(state, "--plan is about `run`");
    if (options->approvals.count > 0 && !runs)
        option_refuse(state, "--approve is about `run` and `resume`");
    if (word == MIGRATE_WORD_PLAN && options->no_data && options->no_code)
        option_refuse(state, "without data and code nothing is left to plan");
    if (options->database.length > 0 && options->no_data)
        option_refuse(state, "--database goes with no --no-data");
    if (options->watch && word != MIGRATE_WORD_STATUS)
        option_refuse(state, "--watch is about `status`");
}

static error_t parse_plan(int key, char *value, struct argp_state *state, MigrateOptions *options) {
    switch (key) {
    case KEY_NAME: options->name = own_text(state, options, "--name", value); break;
    case KEY_DESCRIPTION:
        options->description = own_text(state, options, "--description", value);
        break;
    case KEY_DATABASE: options->database = own_text(state, options, "--database", value); break;
    case KEY_NO_DATA: options->no_data = true; break;
    case KEY_NO_CODE: options->no_code = true; break;
    case KEY_NO_API: options->no_api = true; break;
    case KEY_NO_ROLLBACK: options->no_rollback = true; break;
    case KEY_TYPES: take_families(state, options, value); break;
    default: return option_take_common(state, key, value, &options->base);
    }
    return 0;
}

static error_t parse(int key, char *value, struct argp_state *state) {
    static const char *const formats[] = {"text", "json", "markdown", "html"};
    Parse *parse = state->input;
    MigrateOptions *options = parse->options;
    switch (key) {
    case KEY_PLAN: options->plan = own(options, value); break;
    case 'o': options->output = own(options, value); break;
    case KEY_APPROVE:
        list_add(&options->base.arena, &options->approvals, own(options, value));
        break;
    case KEY_DISCARD: options->discard_tenants = true; break;
    case KEY_RESTORE: options->restore = true; break;
    case KEY_WATCH: options->watch = true; break;
    case KEY_FORMAT:
        options->format = (MigrateFormat)option_choose(state, "--format", value, formats, 4);
        break;
    case 'C': parse->folder = value; break;
    case ARGP_KEY_ARG: take_word(state, options, value); break;
    case ARGP_KEY_END: check_together(state, options); break;
    default: return parse_plan(key, value, state, options);
    }
    return 0;
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    "plan | run --plan FILE | resume | pause | cancel | rollback | status | report",
    "Carry the whole migration of a program out: its database, its code, its interface.\v"
    "`plan` says which tasks there are, what each needs, and how risky it is. `run` carries the "
    "plan out, each task by a command of weft, and stops where it needs the word of a person, "
    "which is given by --approve. `pause` stops it behind the batch or file at hand, `resume` "
    "looks "
    "whether what was done still holds and goes on. `cancel` stops it for good, `rollback` takes "
    "the tree and the database back.\n\nExit status: 0 done; 1 a task failed; 2 wrong command line "
    "or plan, or not possible now; 6 paused, or it waits for a person: `weft migrate resume` goes "
    "on.",
    NULL,
    NULL,
    NULL};

const struct argp *migrate_argp(void) { return &PARSER; }

static bool find_root(MigrateOptions *options, const char *folder, Diagnostics *diagnostics) {
    Str below, named = str_from(folder);
    if (folder == NULL && !root_find(&options->base.arena, &named, &below, diagnostics))
        return false;
    if (named.length == 0) named = STR(".");
    if (path_real(&options->base.arena, named, &options->root)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s", STR_ARG(named),
                   strerror(errno));
    return false;
}

bool migrate_options_parse(int argc, char **argv, MigrateOptions *options,
                           Diagnostics *diagnostics) {
    static char program[] = "weft migrate";
    *options = (MigrateOptions){
        .base = {.sources = {.accepts = languages_accept, .threads = parallel_default_threads()}}};
    Parse parse_state = {.options = options};
    argv[0] = program;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, &parse_state);
    if (!find_root(options, parse_state.folder, diagnostics)) return false;
    options->base.sources.root = options->root;
    return true;
}

void migrate_options_release(MigrateOptions *options) { options_release(&options->base); }
