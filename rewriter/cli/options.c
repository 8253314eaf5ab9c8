// Command lines. In: argv. Out: Options, every value checked. Opens no file and knows no pipeline.
#include "cli/options.h"

#include "base/parallel.h"
#include "base/path.h"
#include "cli/buffer.h"
#include "cli/exit.h"
#include "cli/language.h"
#include "cli/languages.h"
#include "cli/near.h"
#include "cli/option_tables.h"
#include "cli/output.h"
#include "cli/pattern_options.h"
#include "cli/report_made.h"
#include "cli/report_options.h"
#include "cli/root.h"
#include "cli/thread_options.h"
#include "rule/rule.h"

enum { MOST_FILES = 1000000, MOST_THREADS = 256, MOST_CONTEXT = 1000000, DEFAULT_CONTEXT = 3 };

// ---- values --------------------------------------------------------------------------------------

// The formats that are read as they are; the others are English, as all that programs read.
static bool is_for_people(const char *format) {
    return strcmp(format, "text") == 0 || strcmp(format, "markdown") == 0;
}

void option_take_language(struct argp_state *state, const char *value) {
    language_choose((SpokenLanguage)option_choose(state, "--lang", value, LANGUAGE_NAMES, SPOKEN_COUNT));
}

int option_choose(struct argp_state *state, const char *option, const char *value,
                  const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value, names[i]) != 0) continue;
        if (strcmp(option, "--format") == 0 && !is_for_people(value)) language_for_programs();
        return (int)i;
    }
    StrBuf known = {0};
    for (size_t i = 0; i < count; i++) strbuf_addf(&known, "%s%s", i > 0 ? ", " : "", names[i]);
    const char *near = near_word(value, names, count);
    option_refuse(state, "'%s' is no value of %s%s%s%s; known are: %s", value, option,
                  near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "", known.data);
    return 0; // not reached: option_refuse exits
}

uint64_t option_number(struct argp_state *state, const char *option, Str digits, uint64_t least,
                       uint64_t most) {
    uint64_t number = 0;
    bool good = digits.length > 0;
    for (size_t i = 0; good && i < digits.length; i++) {
        char c = digits.data[i];
        good = c >= '0' && c <= '9' && number <= most;
        if (good) number = number * 10 + (uint64_t)(c - '0');
    }
    if (!good || number < least || number > most)
        option_refuse(state, "'%.*s' is no value of %s; it takes a number from %llu to %llu",
                      STR_ARG(digits), option, (unsigned long long)least, (unsigned long long)most);
    return number;
}

static size_t read_size(struct argp_state *state, const char *value) {
    Str digits = str_from(value);
    unsigned shift = 0;
    if (digits.length > 0) {
        switch (digits.data[digits.length - 1]) {
        case 'k':
        case 'K': shift = 10; break;
        case 'm':
        case 'M': shift = 20; break;
        case 'g':
        case 'G': shift = 30; break;
        default: break;
        }
    }
    if (shift != 0) digits.length--;
    return (size_t)(option_number(state, "--size-limit", digits, 1, UINT32_MAX >> shift) << shift);
}

static void read_families(struct argp_state *state, const char *value, Options *options) {
    Str rest = str_from(value);
    if (rest.length == 0) option_refuse(state, "--types needs at least one family");
    for (Str part; str_split_next(&rest, ',', &part);) {
        Str word = arena_copy(&options->arena, str_trim(part));
        if (word.length == 0) option_refuse(state, "--types has an empty name");
        vec_add(&options->types, word);
    }
}

static void read_split(struct argp_state *state, const char *value, Options *options) {
    const char *names[SLICE_KIND_COUNT];
    for (int i = 0; i < SLICE_KIND_COUNT; i++) names[i] = slice_kind_name((SliceKind)i);
    options->split = (SliceKind)option_choose(state, "--split", value, names, SLICE_KIND_COUNT);
    options->splits = true;
}

static void read_mode(struct argp_state *state, const char *value, Options *options) {
    const char *names[MODE_COUNT];
    for (int i = 0; i < MODE_COUNT; i++) names[i] = mode_name((Mode)i);
    options->mode = (Mode)option_choose(state, "--mode", value, names, MODE_COUNT);
    options->has_mode = true;
}

static Str own(Options *options, const char *value) {
    return arena_copy(&options->arena, str_from(value));
}

static Str own_name(struct argp_state *state, Options *options, const char *option,
                    const char *value) {
    if (value[0] == '\0') option_refuse(state, "%s needs a name", option);
    return own(options, value);
}

// A plan file says itself what would change.
static void check_together(struct argp_state *state, const Options *options) {
    if (options->plan.length > 0 && (options->dump != DUMP_NONE || options->stat))
        option_refuse(state, "--plan takes no --stat or --dump; they go to `weft diff`");
    if (options->command == COMMAND_DIFF && options->format == FORMAT_JSON && !options->stat)
        option_refuse(state, "--format json is for --stat; `weft plan` writes the change "
                             "itself as JSON");
    if (options->sources.buffer_path.length > 0 &&
        (options->plan.length > 0 || options->has_phase || options->interactive ||
         options->dry_run || options->stat || options->backup.length > 0 || options->bug))
        option_refuse(state,
                      "--stdin-filename answers for one file and writes none; it "
                      "takes no --plan, --phase, --stat, --interactive, --dry-run, --backup or "
                      "--bug");
    if (options->plan.length == 0 && options->safe_only)
        option_refuse(state, "--safety selects from a plan file; give it with --plan");
    if (options->has_phase && (options->plan.length > 0 || options->types.count > 0))
        option_refuse(state, "--phase is a part of the whole change; it takes no --plan "
                             "or --types");
    if ((options->has_phase || options->splits) && options->stage == STAGE_CONTRACT)
        option_refuse(state, "--stage contract is one change; it takes no --phase or "
                             "--split");
    if (options->interactive && (options->plan.length > 0 || options->dump != DUMP_NONE ||
                                 options->stage == STAGE_CONTRACT))
        option_refuse(state, "--interactive takes no --plan, --dump or --stage contract");
    if ((options->force || options->usage.count > 0) && options->stage != STAGE_CONTRACT)
        option_refuse(state, "--force and --usage are about --stage contract");
    if (options->splits && (options->has_phase || options->dump != DUMP_NONE))
        option_refuse(state, "--split takes no --phase or --dump");
    if (options->splits && options->output.length == 0)
        option_refuse(state, "--split writes several files; name their folder with -o");
    if (options->most_files > 0 && !options->splits)
        option_refuse(state, "--max-files is for --split");
}

int option_take_common(struct argp_state *state, int key, const char *value, Options *options) {
    static const char *const colors[] = {"auto", "always", "never"};
    switch (key) {
    case 'j':
        options->sources.threads =
            (unsigned)option_number(state, "--jobs", str_from(value), 1, MOST_THREADS);
        break;
    case OPTION_KEY_COLOR:
        options->color = (ColorMode)option_choose(state, "--color", value, colors, 3);
        break;
    case OPTION_KEY_LANG: option_take_language(state, value); break;
    case 'q': options->verbosity = -1; break;
    case 'h': argp_state_help(state, stdout, ARGP_HELP_STD_HELP); break;
    default: return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

// ---- parsers -------------------------------------------------------------------------------------
static error_t parse_common(int key, char *value, struct argp_state *state) {
    static const char *const dumps[] = {"none", "facts", "solution", "plan"};
    static const char *const stages[] = {"whole", "expand", "contract"};
    Options *options = state->input;
    switch (key) {
    case KEY_TYPES: read_families(state, value, options); break;
    case KEY_INCLUDE: vec_add(&options->sources.include, own(options, value)); break;
    case KEY_EXCLUDE: vec_add(&options->sources.exclude, own(options, value)); break;
    case KEY_HOST: options->sources.host = own_name(state, options, "--host", value); break;
    case KEY_PACK: vec_add(&options->packs, own(options, value)); break;
    case KEY_MODE: read_mode(state, value, options); break;
    case KEY_STAGE:
        options->stage = (Stage)(1 + option_choose(state, "--stage", value, stages + 1, 2));
        break;
    case KEY_SIZE_LIMIT: options->sources.size_limit = read_size(state, value); break;
    case KEY_DUMP:
        options->dump = (DumpStage)option_choose(state, "--dump", value, dumps, 4);
        language_for_programs();
        break;
    case KEY_STRICT: options->strict = true; break;
    case KEY_NO_CACHE: options->no_cache = true; break;
    case KEY_FACTS: vec_add(&options->facts, own_name(state, options, "--facts", value)); break;
    case KEY_STATS: options->stats = true; break;
    case KEY_PROFILE:
        options->profile = true;
        if (value) options->profile_trace = own_name(state, options, "--profile", value);
        break;
    case 'C': options->sources.root = own(options, value); break;
    case 'v': options->verbosity = 1; break;
    case ARGP_KEY_ARG: vec_add(&options->sources.paths, own(options, value)); break;
    case ARGP_KEY_END:
        if (options->has_mode && options->stage != STAGE_WHOLE)
            option_refuse(state, "--mode and --stage do not go together: the stages "
                                 "lead to mode required");
        break;
    default: return option_take_common(state, key, value, options);
    }
    return 0;
}

static error_t parse_own(int key, char *value, struct argp_state *state) {
    static const char *const formats[] = {"text", "json"};
    Options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = options; break;
    case KEY_FORMAT:
        options->format = (Format)option_choose(state, "--format", value, formats, 2);
        break;
    case KEY_STAT: options->stat = true; break;
    case KEY_EXIT_CODE: options->exit_code = true; break;
    case 'U':
        options->context =
            (uint32_t)option_number(state, "--unified", str_from(value), 0, MOST_CONTEXT);
        break;
    case 'n': options->dry_run = true; break;
    case 'i': options->interactive = true; break;
    case 'o': options->output = own_name(state, options, "--output", value); break;
    case KEY_PLAN: options->plan = own_name(state, options, "--plan", value); break;
    case KEY_SAFETY: {
        static const char *const levels[] = {"review", "safe"};
        options->safe_only = option_choose(state, "--safety", value, levels, 2) == 1;
        break;
    }
    case KEY_ALLOW_DIRTY: options->allow_dirty = true; break;
    case KEY_BACKUP: options->backup = own_name(state, options, "--backup", value); break;
    case KEY_NO_FSYNC: options->no_sync = true; break;
    case KEY_FORCE: options->force = true; break;
    case KEY_USAGE: vec_add(&options->usage, own_name(state, options, "--usage", value)); break;
    case KEY_PHASE:
        options->phase = own_name(state, options, "--phase", value);
        options->has_phase = true;
        break;
    case KEY_SPLIT: read_split(state, value, options); break;
    case KEY_MAX_FILES:
        options->most_files =
            (uint32_t)option_number(state, "--max-files", str_from(value), 1, MOST_FILES);
        break;
    case KEY_STDIN_FILENAME:
        options->sources.buffer_path = own_name(state, options, "--stdin-filename", value);
        break;
    case ARGP_KEY_END: check_together(state, options); break;
    case KEY_DEBUG_PATTERN:
        options_read_pattern(state, value, options);
        options->debug_pattern = true;
        break;
    default: return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

// The first argument is the question, the others are paths.
static error_t parse_explain(int key, char *value, struct argp_state *state) {
    Options *options = state->input;
    if (key == KEY_BUG) {
        language_for_programs(); // who mends weft reads English
        options->bug = true;
        return 0;
    }
    if (key == KEY_DOT) {
        language_for_programs();
        options->dot = true;
        return 0;
    }
    if (key == ARGP_KEY_ARG && options->query.length == 0 && !options->bug) {
        options->query = own(options, value);
        if (options->query.length == 0) option_refuse(state, "the name is empty");
        return 0;
    }
    if (key == ARGP_KEY_END && options->query.length == 0 && !options->bug)
        option_refuse(state, "explain needs a name, FILE:LINE or a code such as W201");
    if (key == ARGP_KEY_END && options->dot && options->format == FORMAT_JSON)
        option_refuse(state, "--dot and --format json exclude each other");
    return parse_own(key, value, state);
}

// ---- report --------------------------------------------------------------------------------------

static error_t parse_report(int key, char *value, struct argp_state *state) {
    Options *options = state->input;
    switch (key) {
    case KEY_HISTORY: options->history = own_name(state, options, "--history", value); break;
    case KEY_DATE: options_read_date(state, value, options); break;
    case KEY_BEFORE: options->before = own_name(state, options, "--before", value); break;
    case KEY_USAGE: vec_add(&options->usage, own_name(state, options, "--usage", value)); break;
    case KEY_FORMAT: options_read_format(state, value, options); break;
    case KEY_AROUND: options->around = own_name(state, options, "--around", value); break;
    case KEY_SERVE: options->serve = true; break;
    case KEY_PORT:
        options->port = (uint16_t)option_number(state, "--port", str_from(value), 1, UINT16_MAX);
        break;
    case ARGP_KEY_END:
        if (!options->serve && options->port != 0) option_refuse(state, "--port goes with --serve");
        if (options->serve && (options->reports.count > 0 || options->output.length > 0 || options->history.length > 0))
            option_refuse(state, "--serve shows the page alone; it takes no --format, --output or --history");
        options_settle_formats(state, options);
        if ((options->before.length > 0 || options->usage.count > 0) && !options->serve && !report_made_has_page(options))
            option_refuse(state, "--before and --usage are about the page: --format html");
        break;
    default: return parse_own(key, value, state);
    }
    return 0;
}

// ---- check ---------------------------------------------------------------------------------------

// A number with at most one decimal, in tenths, up to MOST.
static int32_t read_tenths(struct argp_state *state, const char *option, const char *value,
                           int32_t most) {
    char *end = NULL;
    double number = strtod(value, &end);
    bool good = end != value && *end == '\0' && number >= 0 && number <= most;
    if (!good)
        option_refuse(state, "'%s' is no value of %s; it takes a number from 0 to %d", value,
                      option, most);
    return (int32_t)(number * 10 + 0.5);
}

static error_t parse_check(int key, char *value, struct argp_state *state) {
    static const char *const levels[] = {"low", "medium", "high", "critical"};
    Options *options = state->input;
    CheckOptions *check = &options->check;
    switch (key) {
    case KEY_MAX_COMPLEXITY:
        check->limits.max_complexity = read_tenths(state, "--max-complexity", value, 10);
        break;
    case KEY_MAX_REFUSED:
        check->limits.max_refused =
            (int32_t)option_number(state, "--max-refused", str_from(value), 0, INT32_MAX);
        break;
    case KEY_MAX_SHARED:
        check->limits.max_shared =
            (int32_t)option_number(state, "--max-shared", str_from(value), 0, INT32_MAX);
        break;
    case KEY_MAX_TAKEN_BACK:
        check->limits.max_taken_back =
            (int32_t)option_number(state, "--max-taken-back", str_from(value), 0, INT32_MAX);
        break;
    case KEY_MIN_ISOLATED:
        check->limits.min_isolated = read_tenths(state, "--min-isolated", value, 100);
        break;
    case KEY_MAX_RISK:
        check->limits.max_risk = option_choose(state, "--max-risk", value, levels, 4);
        break;
    case KEY_START_UP_COUNTS: check->limits.start_up_counts = true; break;
    case KEY_NO_NEW: check->limits.no_new = true; break;
    case KEY_API:
        option_refuse(state, "--api comes first: weft check --api --before COMMIT");
        break;
    case KEY_BASELINE:
        check->limits.baseline = own_name(state, options, "--baseline", value);
        break;
    case KEY_STRICT_BASELINE: check->limits.strict_baseline = true; break;
    case KEY_UPDATE_BASELINE: check->update_baseline = true; break;
    case KEY_CHANGED_SINCE:
        check->changed_since = own_name(state, options, "--changed-since", value);
        break;
    case ARGP_KEY_END:
        if (options->reports.count > 0 || options->output.length > 0)
            options_settle_formats(state, options);
        break;
    default: return parse_report(key, value, state);
    }
    return 0;
}

// ---- verify --------------------------------------------------------------------------------------

static void check_trees(struct argp_state *state, const Options *options) {
    if (options->commands && options->no_commands)
        option_refuse(state, "--commands and --no-commands exclude each other");
    if (options->trees.count > 2)
        option_refuse(state, "verify takes two trees at most: BEFORE and AFTER");
    if (options->trees.count == 2 && options->before.length > 0)
        option_refuse(state, "the tree before is '%.*s' or the commit '%.*s', not both",
                      STR_ARG(options->trees.items[0]), STR_ARG(options->before));
}

static error_t parse_verify(int key, char *value, struct argp_state *state) {
    Options *options = state->input;
    switch (key) {
    case KEY_BEFORE: options->before = own_name(state, options, "--before", value); break;
    case KEY_RUN: vec_add(&options->run, own_name(state, options, "--run", value)); break;
    case KEY_WRITE_TESTS: options->tests = own_name(state, options, "--write-tests", value); break;
    case KEY_COMMANDS: options->commands = true; break;
    case KEY_NO_COMMANDS: options->no_commands = true; break;
    case ARGP_KEY_ARG: vec_add(&options->trees, own_name(state, options, "a tree", value)); break;
    case ARGP_KEY_END: check_trees(state, options); break;
    default: return parse_own(key, value, state);
    }
    return 0;
}

// ---- facts ---------------------------------------------------------------------------------------
static void read_part(struct argp_state *state, const char *value, Options *options) {
    enum { MOST_PARTS = 100000 };
    Str count = str_from(value), number = STR_NONE;
    if (!str_split_next(&count, '/', &number) || count.length == 0)
        option_refuse(state, "'%s' is no value of --shard; it takes I/N, such as 2/8 for the second of eight", value);
    options->part.count = (uint32_t)option_number(state, "--shard", count, 1, MOST_PARTS);
    options->part.number = (uint32_t)option_number(state, "--shard", number, 1, options->part.count);
}

static error_t parse_facts(int key, char *value, struct argp_state *state) {
    Options *options = state->input;
    if (key == KEY_SHARD) {
        read_part(state, value, options);
        return 0;
    }
    if (key == ARGP_KEY_END && options->output.length == 0) option_refuse(state, "facts needs a file to write: -o FILE");
    return parse_own(key, value, state);
}

#define EXIT_READ "Exit status: 0 done; 2 wrong command line, configuration or rules; "
#define EXIT_FILES "3 some files could not be read or parsed."
#define EXIT_PLAN "2 wrong command line, rules or plan; "
#define ABOUT_PATHS                                                                                \
    "Names and calls are resolved over the files that are loaded: with PATHs, --include or "       \
    "--exclude, callers in the files left out are not seen and not changed."

static const struct argp_child COMMON[] = {
    {&(const struct argp){.options = COMMON_OPTIONS, .parser = parse_common}, 0, NULL, 0},
    {0},
};
// With --pattern and --rewrite.
static const struct argp_child SEARCHING[] = {
    {&(const struct argp){.options = PATTERN_OPTIONS, .parser = options_parse_pattern, .children = COMMON},
     0, NULL, 0},
    {0},
};
static const struct argp_child THREADING[] = {
    {&(const struct argp){.options = THREAD_OPTIONS, .parser = options_parse_thread, .children = COMMON},
     0, NULL, 0},
    {0},
};
static const struct argp PARSERS[] = {
    [COMMAND_SCAN] =
        {SCAN_OPTIONS, parse_own, "[PATH...]",
         "List every access that needs the context, and what it resolves to.\v" ABOUT_PATHS
         "\n\n" EXIT_READ EXIT_FILES,
         SEARCHING, NULL, NULL},
    [COMMAND_DIFF] =
        {DIFF_OPTIONS, parse_own, "[PATH...]",
         "Show what weft would change, as a diff for `git apply` or `patch -p1`. "
         "Nothing is written.\v" ABOUT_PATHS
         "\n\nExit status: 0 done; 1 with --exit-code, there are changes; " EXIT_PLAN EXIT_FILES,
         SEARCHING, NULL, NULL},
    [COMMAND_APPLY] =
        {APPLY_OPTIONS, parse_own, "[PATH...]",
         "Write the changes that `weft diff` shows: all of them or none.\v" ABOUT_PATHS
         "\n\nExit status: 0 done; " EXIT_PLAN EXIT_FILES
         " 4 the tree is not the one that the plan was made for; 5 it failed, and the tree is as "
         "it "
         "was; 6 interrupted: `weft resume` finishes it, `weft rollback` takes it back.",
         SEARCHING, NULL, NULL},
    [COMMAND_EXPLAIN] = {EXPLAIN_OPTIONS, parse_explain, "NAME|FILE:LINE|CODE [PATH...]",
                         "Say why something is changed, bridged or refused: a function, method, "
                         "class or sink, by its dotted name or the end of it; all that is decided "
                         "on a line; or a diagnostic code.\v" ABOUT_PATHS
                         "\n\n" EXIT_READ EXIT_FILES,
                         COMMON, NULL, NULL},
    [COMMAND_PLAN] =
        {PLAN_OPTIONS, parse_own, "[PATH...]",
         "Write the change that `weft diff` shows as a plan file (JSON), for review and "
         "for `weft apply --plan`.\v" ABOUT_PATHS "\n\n" EXIT_READ EXIT_FILES,
         COMMON, NULL, NULL},
    [COMMAND_INIT] =
        {INIT_OPTIONS, parse_own, "[PATH...]",
         "Look at the tree and write a weft.yml to begin with: singletons that change, "
         "likely carriers, handlers of frameworks, models, each with its evidence as a "
         "comment. A weft.yml that is there stays.\v" EXIT_READ EXIT_FILES,
         COMMON, NULL, NULL},
    [COMMAND_CHECK] = {CHECK_OPTIONS, parse_check, "[PATH...]",
                       "Fail when the tree breaks a limit: the gate for CI.\v"
                       "An option overrides the limit of weft.yml of the same name. " ABOUT_PATHS
                       "\n\nExit status: 0 passed; 1 a limit is broken; " EXIT_PLAN EXIT_FILES,
                       COMMON, options_name_formats, NULL},
    [COMMAND_REPORT] = {REPORT_OPTIONS, parse_report, "[PATH...]",
                        "Say how much there is to migrate, how hard and how risky it is.\v"
                        "Several formats come out of one run: --format json:report.json "
                        "--format text. " ABOUT_PATHS "\n\n" EXIT_READ EXIT_FILES,
                        COMMON, options_name_formats, NULL},
    [COMMAND_VERIFY] = {VERIFY_OPTIONS, parse_verify, "[TREE]\nBEFORE AFTER",
                        "Judge a tree after migration, by itself or beside the tree before: "
                        "syntax, calls, names, imports, what is left to migrate, and what the "
                        "project's own commands say.\vBoth trees are judged by the rules and the "
                        "weft.yml of the tree after.\n\nExit status: 0 nothing is worse; 1 "
                        "something is worse; " EXIT_PLAN EXIT_FILES,
                        COMMON, NULL, NULL},
    [COMMAND_THREAD] = {WRITING_OPTIONS, parse_own, "FUNCTION...", THREAD_TEXT
                        "\n\nExit status: 0 done; 1 with --exit-code, there are changes; 2 wrong command line, or a "
                        "place that cannot follow; " EXIT_FILES " With --apply also those of `weft apply`.",
                        THREADING, NULL, NULL},
    [COMMAND_FACTS] = {FACTS_OPTIONS, parse_facts, "[PATH...]",
                       "Find what stands in the files of the tree, or in one of several parts of them, and write it to a "
                       "file for `--facts` of the other commands: each part may be found on a machine of its own.\v"
                       "All runs need the same program, tree, packs and selection; a file whose facts are in none of the "
                       "parts is parsed as ever. A file of facts counts only for the user who made it, or with the same "
                       "secret in WEFT_FACTS_KEY.\n\n" EXIT_READ EXIT_FILES,
                       COMMON, NULL, NULL},
    [COMMAND_WATCH] = {FORMAT_OPTIONS, parse_own, "[PATH...]",
                       "Say what the change of the tree would be, and again whenever something in it is saved, "
                       "until a signal ends it.\vWith --format json each line is one object: all diagnostics, with "
                       "their places, and the counts; else '+' and '-' stand before what is new and what is gone, and "
                       "-v lists all at the beginning.\n\n" ABOUT_PATHS
                       "\n\nExit status: 0 ended by a signal; 2 wrong command line, or the tree cannot be watched.",
                       COMMON, NULL, NULL},
};
// argv[0] as argp's messages show it; argp wants it writable.
static char PROGRAMS[][16] = {
    [COMMAND_SCAN] = "weft scan",     [COMMAND_DIFF] = "weft diff",
    [COMMAND_APPLY] = "weft apply",   [COMMAND_EXPLAIN] = "weft explain",
    [COMMAND_PLAN] = "weft plan",     [COMMAND_REPORT] = "weft report",
    [COMMAND_CHECK] = "weft check",   [COMMAND_INIT] = "weft init",
    [COMMAND_VERIFY] = "weft verify", [COMMAND_THREAD] = "weft thread",
    [COMMAND_WATCH] = "weft watch",   [COMMAND_FACTS] = "weft facts",
};

const struct argp *options_argp(Command command) { return &PARSERS[command]; }

static void see_from(Options *options, Str below, Str *path) {
    if (!str_starts_with(*path, STR("/")))
        *path = path_normalize(&options->arena, path_join(&options->arena, below, *path));
}

// Without -C: the root is found from a subfolder, and paths are seen from there.
static void start_at_root(Options *options) {
    Str below, root = root_find_or_exit(&options->arena, &below, options->color);
    if (root.length == 0) return;
    options->sources.root = root;
    for (uint32_t i = 0; i < options->sources.paths.count; i++)
        see_from(options, below, &options->sources.paths.items[i]);
    if (options->sources.buffer_path.length > 0)
        see_from(options, below, &options->sources.buffer_path);
}

static void read_buffer_or_exit(Options *options) {
    Diagnostics diagnostics = {0};
    if (buffer_read(options, &diagnostics)) return;
    output_diagnostics(&diagnostics, options->color);
    exit(EXIT_WRONG);
}

void options_begin(Command command, Options *options) {
    *options =
        (Options){.command = command,
                  .sources = {.accepts = languages_accept, .threads = parallel_default_threads()},
                  .context = DEFAULT_CONTEXT,
                  .part = {1, 1},
                  .check.limits = {.max_complexity = -1,
                                   .max_refused = -1,
                                   .max_taken_back = -1,
                                   .max_shared = -1,
                                   .min_isolated = -1,
                                   .max_risk = -1}};
}

void options_parse(Command command, int argc, char **argv, Options *options) {
    options_begin(command, options);
    argv[0] = PROGRAMS[command];
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSERS[command], argc, argv, options);
    if (options->sources.root.length == 0 && command != COMMAND_INIT && command != COMMAND_VERIFY)
        start_at_root(options);
    options->sources.buffer_only = options->pattern.length > 0; // a search resolves no names
    if (buffer_is_used(options)) read_buffer_or_exit(options);
}

void options_release(Options *options) {
    vec_release(&options->sources.paths);
    vec_release(&options->sources.include);
    vec_release(&options->sources.exclude);
    vec_release(&options->packs);
    vec_release(&options->facts);
    vec_release(&options->types);
    vec_release(&options->reports);
    vec_release(&options->usage);
    vec_release(&options->trees);
    vec_release(&options->run);
    signature_request_release(&options->signature);
    arena_release(&options->arena);
}
