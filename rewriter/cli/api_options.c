// Command lines of `weft api`. In: argv. Out: ApiOptions. Looks at no file.
#include "cli/api_options.h"

#include <argp.h>
#include <string.h>

#include "api/timeline.h"
#include "base/parallel.h"
#include "cli/exit.h"
#include "cli/languages.h"

enum ApiKey {
    KEY_BEFORE = 256,
    KEY_FORMAT,
    KEY_BASELINE,
    KEY_UPDATE_BASELINE,
    KEY_PACK,
    KEY_TODAY,
    KEY_WRITE,
    KEY_USAGE
};
enum { FORMAT_COUNT = 4, MOST_TREES = 2 };

static const struct argp_option OPTIONS[] = {
    {"before", KEY_BEFORE, "COMMIT", 0, "diff, check: compare with this commit instead of a folder",
     0},
    {"format", KEY_FORMAT, "FORMAT", 0, "text, json, markdown or github; report: json or markdown",
     0},
    {"output", 'o', "FILE", 0, "write to FILE instead of standard output", 0},
    {"baseline", KEY_BASELINE, "FILE", 0, "diff, check: changes that are accepted", 0},
    {"update-baseline", KEY_UPDATE_BASELINE, NULL, 0, "diff: write the baseline instead of failing",
     0},
    {"usage", KEY_USAGE, "FILE", 0,
     "check: counts of old callers, besides those of the rules' folder; may be repeated", 0},
    {"today", KEY_TODAY, "DAY", 0, "timeline, report, check: as if it were this day, 2027-03-01",
     0},
    {"write", KEY_WRITE, NULL, 0,
     "timeline: write what the rules say into the runtime of the tree anew", 0},
    {"pack", KEY_PACK, "NAME", 0, "use the `public_api` of this rule pack", 0},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 0},
    {"jobs", 'j', "N", 0, "use N threads (the number of processors)", 0},
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors only", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

static Str own(ApiOptions *options, const char *value) {
    return arena_copy(&options->base.arena, str_from(value));
}

static const char *const WORDS[API_WORD_COUNT] = {"diff", "check", "usage", "report", "timeline"};

bool api_word_find(const char *name, ApiWord *word) {
    for (int i = 0; i < API_WORD_COUNT; i++) {
        if (strcmp(name, WORDS[i]) != 0) continue;
        *word = (ApiWord)i;
        return true;
    }
    return false;
}

static bool takes_trees(const ApiOptions *options) {
    return options->word == API_WORD_DIFF || options->word == API_WORD_CHECK;
}

// The first argument is the word, the others are trees, or usage files.
static void take_argument(struct argp_state *state, ApiOptions *options, const char *value) {
    if (state->arg_num == 0) {
        if (!api_word_find(value, &options->word))
            option_refuse(state,
                          "unknown command 'api %s'; known are: diff, check, usage, "
                          "report, timeline",
                          value);
        return;
    }
    if (value[0] == '\0') option_refuse(state, "a name is empty");
    if (options->word == API_WORD_USAGE || options->word == API_WORD_REPORT)
        vec_add(&options->base.usage, own(options, value));
    else if (takes_trees(options) && options->base.trees.count < MOST_TREES)
        vec_add(&options->base.trees, own(options, value));
    else
        option_refuse(state,
                      takes_trees(options)
                          ? "api %s takes BEFORE and AFTER, or one tree with --before"
                          : "api %s takes no argument",
                      WORDS[options->word]);
}

static void check_trees(struct argp_state *state, const ApiOptions *options) {
    bool commit = options->base.before.length > 0;
    bool good = commit ? options->base.trees.count <= 1 : options->base.trees.count == MOST_TREES;
    if (!good)
        option_refuse(state, "api %s takes BEFORE and AFTER, or one tree with --before",
                      WORDS[options->word]);
}

static void check_together(struct argp_state *state, const ApiOptions *options) {
    bool trees = takes_trees(options);
    if (state->arg_num == 0) option_refuse(state, "say what to do: weft api diff");
    if (trees) check_trees(state, options);
    if (!trees && (options->base.before.length > 0 || options->baseline.length > 0))
        option_refuse(state, "--before and --baseline are about `diff` and `check`");
    if (options->update_baseline && options->baseline.length == 0)
        option_refuse(state, "--update-baseline needs --baseline FILE");
    if (options->update_baseline && options->word != API_WORD_DIFF)
        option_refuse(state, "--update-baseline is about `diff`");
    if (options->write && options->word != API_WORD_TIMELINE)
        option_refuse(state, "--write is about `timeline`");
    if (options->format == API_GITHUB && !trees)
        option_refuse(state, "--format github is about `diff` and `check`");
}

static void take_day(struct argp_state *state, ApiOptions *options, const char *value) {
    int64_t day;
    options->today = own(options, value);
    if (!timeline_day(options->today, &day))
        option_refuse(state, "--today takes a day, as 2027-03-01, not '%s'", value);
}

static error_t parse(int key, char *value, struct argp_state *state) {
    static const char *const formats[] = {"text", "json", "markdown", "github"};
    ApiOptions *options = state->input;
    switch (key) {
    case KEY_BEFORE: options->base.before = own(options, value); break;
    case KEY_FORMAT:
        options->format = (ApiFormat)option_choose(state, "--format", value, formats, FORMAT_COUNT);
        break;
    case 'o': options->output = own(options, value); break;
    case KEY_BASELINE: options->baseline = own(options, value); break;
    case KEY_UPDATE_BASELINE: options->update_baseline = true; break;
    case KEY_TODAY: take_day(state, options, value); break;
    case KEY_WRITE: options->write = true; break;
    case KEY_USAGE: vec_add(&options->base.usage, own(options, value)); break;
    case KEY_PACK: vec_add(&options->base.packs, own(options, value)); break;
    case 'C': options->base.sources.root = own(options, value); break;
    case ARGP_KEY_ARG: take_argument(state, options, value); break;
    case ARGP_KEY_END: check_together(state, options); break;
    default: return option_take_common(state, key, value, &options->base);
    }
    return 0;
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    "diff BEFORE AFTER\ndiff [TREE] --before COMMIT\ncheck [TREE] --before COMMIT\n"
    "usage [FILE...]\nreport [FILE...]\ntimeline",
    "Say what changed in the public interface so that callers outside the tree break, who still "
    "calls the old one, and how long it stays.\v"
    "`diff` compares two trees; `check` fails when what breaks was not deprecated or its sunset is "
    "still to come, and when the sunset has passed and old callers are left. `usage` adds up the "
    "files that the program wrote while it ran, in the folder that the rules name, and lists such "
    "calls in the tree. `timeline` says what the dates of the rules mean today, `report` both.\n\n"
    "Public is what `public_api` of the rules lists; where no rules do, what modules export by "
    "`__all__`, or by names without a leading underscore; of C what headers declare. The kinds of changes are those of "
    "griffe, and "
    "a positional parameter that was put before others. Only layout may differ where texts are "
    "compared.\n\nExit status: 0 nothing breaks; 1 something does; 2 wrong command line, rules, "
    "baseline or usage file, or the trees cannot be compared; 3 some files could not be read or "
    "parsed.",
    NULL,
    NULL,
    NULL};

const struct argp *api_argp(void) { return &PARSER; }

void api_options_parse(int argc, char **argv, ApiOptions *options) {
    static char program[] = "weft api";
    *options = (ApiOptions){
        .base = {.sources = {.accepts = languages_accept, .threads = parallel_default_threads()},
                 .rules_need = RULES_OPTIONAL}};
    argv[0] = program;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, options);
    options->base.uncompiled = takes_trees(options);
    if (options->today.length == 0) options->today = timeline_today(&options->base.arena);
}

void api_options_release(ApiOptions *options) { options_release(&options->base); }
