// Command lines of `weft rules`. In: argv. Out: RulesOptions. Looks at no file.
#include "cli/rules_options.h"

#include <argp.h>

#include "base/message.h"
#include "base/parallel.h"
#include "cli/exit.h"
#include "cli/languages.h"
#include "cli/near.h"

enum RulesKey { KEY_ACCEPT = 256, KEY_FORMAT, KEY_LANGUAGE, KEY_TO, KEY_PACK, KEY_WRITE };

static const char *const NAMES[] = {"list", "check", "test", "schema", "new", "show", "upgrade"};

static const struct argp_option OPTIONS[] = {
    {"accept", KEY_ACCEPT, NULL, 0, "test: write what weft makes of a test as what it expects", 0},
    {"format", KEY_FORMAT, "FORMAT", 0, "list, check, test: text or json", 0},
    {"language", KEY_LANGUAGE, "LANGUAGE", 0, "new: python, which is the usual one, or c", 0},
    {"to", KEY_TO, "TREE", 0, "upgrade: the new version of the program", 0},
    {"pack", KEY_PACK, "PACK", 0, "upgrade: the pack, when TREE or the current folder does not tell", 0},
    {"write", KEY_WRITE, NULL, 0, "upgrade: into the weft.yml of TREE, which must not be there", 0},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 0},
    {"jobs", 'j', "N", 0, "use N threads (the number of processors)", 0},
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors and failed tests only", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

static Str own(RulesOptions *options, const char *value) {
    return arena_copy(&options->base.arena, str_from(value));
}

static error_t parse(int key, char *value, struct argp_state *state) {
    static const char *const formats[] = {"text", "json"}, *const languages[] = {"python", "c"};
    RulesOptions *options = state->input;
    switch (key) {
    case KEY_ACCEPT: options->accept = true; break;
    case KEY_FORMAT:
        options->base.format = (Format)option_choose(state, "--format", value, formats, 2);
        break;
    case KEY_LANGUAGE: options->for_c = option_choose(state, "--language", value, languages, 2) == 1; break;
    case KEY_TO: options->to = own(options, value); break;
    case KEY_PACK: vec_add(&options->names, own(options, value)); break;
    case KEY_WRITE: options->write = true; break;
    case 'C': options->base.sources.root = own(options, value); break;
    case ARGP_KEY_ARG: vec_add(&options->names, own(options, value)); break;
    default: return option_take_common(state, key, value, &options->base);
    }
    return 0;
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    "list | check [PACK...] | test [PACK...] | schema | new FOLDER | show [PACK...] | upgrade --to TREE",
    "Work on rule packs.\v"
    "list    every pack that weft finds, and the trees that each is for\n"
    "check   read packs strictly, and look for what they name in the tree\n"
    "test    carry out the tests of packs; exit status 7 when one fails\n"
    "schema  print the JSON Schema of rule files, for editors\n"
    "new     make a pack to begin with, with comments and a test\n"
    "show    the rules that count, with what is inherited, and the file that each comes from\n"
    "upgrade propose what to rename and remove so that a pack fits TREE, a new version of its program; the current "
    "folder may be the old one\n\n"
    "A PACK is a name, a folder or a .yml file; without one, those of weft.yml or the one that "
    "fits the tree are checked, and every pack that is found is tested.\n\n"
    "Exit status: 0 done; 2 wrong command line or a mistake in a pack; 7 a test failed.",
    NULL,
    NULL,
    NULL};

// The command is the first argument; "weft rules" alone is a question.
static RulesCommand choose_command(int argc, char **argv) {
    const char *given = argc > 1 ? argv[1] : "";
    for (int i = 0; i < RULES_COMMAND_COUNT; i++)
        if (strcmp(given, NAMES[i]) == 0) return (RulesCommand)i;
    bool asks =
        strcmp(given, "--help") == 0 || strcmp(given, "-h") == 0 || strcmp(given, "-?") == 0;
    static char program[] = "weft rules";
    option_help(&PARSER, !asks, program, asks ? stdout : stderr);
    if (asks) exit(EXIT_DONE);
    const char *near = near_word(given, NAMES, RULES_COMMAND_COUNT);
    message_print(stderr, "weft rules: error[E902]: '%s' is no command of rules%s%s%s\n", given,
                  near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    exit(EXIT_WRONG);
}

static void check_together(const RulesOptions *options) {
    const char *wrong = NULL;
    if (options->command == RULES_NEW && options->names.count != 1) wrong = "new takes one folder";
    if ((options->command == RULES_LIST || options->command == RULES_SCHEMA) &&
        options->names.count > 0)
        wrong = "list and schema take no names";
    if (options->accept && options->command != RULES_TEST) wrong = "only test takes --accept";
    if (options->for_c && options->command != RULES_NEW) wrong = "only new takes --language";
    bool upgrades = options->command == RULES_UPGRADE;
    if (upgrades && options->to.length == 0) wrong = "upgrade needs --to TREE";
    if (upgrades && options->names.count > 1) wrong = "upgrade takes one pack";
    if (!upgrades && (options->to.length > 0 || options->write)) wrong = "only upgrade takes --to and --write";
    if (wrong == NULL) return;
    message_print(stderr, "weft rules: error[E902]: %s\n", wrong);
    exit(EXIT_WRONG);
}

const struct argp *rules_argp(void) { return &PARSER; }

void rules_options_parse(int argc, char **argv, RulesOptions *options) {
    static char program[] = "weft rules";
    *options = (RulesOptions){.command = choose_command(argc, argv)};
    options->base.sources.threads = parallel_default_threads();
    options->base.sources.accepts = languages_accept;
    argv[1] = program;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc - 1, argv + 1, options);
    check_together(options);
}

void rules_options_release(RulesOptions *options) {
    vec_release(&options->names);
    options_release(&options->base);
}
