// Command lines of `weft trust`. In: argv. Out: TrustOptions. Looks at no file.
#include "cli/trust_options.h"

#include <argp.h>

#include "cli/exit.h"

enum TrustKey { KEY_LIST = 256, KEY_REVOKE };

static const struct argp_option OPTIONS[] = {
    {"list", KEY_LIST, NULL, 0, "show every tree whose commands are allowed", 0},
    {"revoke", KEY_REVOKE, NULL, 0, "take back what was allowed for the tree", 0},
    {"yes", 'y', NULL, 0, "allow without asking", 0},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 0},
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors only", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state) {
    TrustOptions *options = state->input;
    switch (key) {
    case KEY_LIST: options->list = true; break;
    case KEY_REVOKE: options->revoke = true; break;
    case 'y': options->yes = true; break;
    case 'C': options->base.sources.root = arena_copy(&options->base.arena, str_from(value)); break;
    case ARGP_KEY_ARG:
        if (options->tree.length > 0 || value[0] == '\0')
            option_refuse(state, "trust takes one tree");
        options->tree = arena_copy(&options->base.arena, str_from(value));
        break;
    case ARGP_KEY_END:
        if (options->list && (options->revoke || options->yes || options->tree.length > 0))
            option_refuse(state, "--list goes with no tree, --revoke or --yes");
        break;
    default: return option_take_common(state, key, value, &options->base);
    }
    return 0;
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    "[TREE]",
    "Show the commands that the weft.yml of the tree names for `weft verify`, and allow them.\v"
    "What is allowed is exactly these commands for the tree in this place; once weft.yml names "
    "others, "
    "`weft verify` runs none until they are allowed, too. It is kept in $XDG_STATE_HOME/weft, else "
    "~/.local/state/weft.\n\nExit status: 0 done; 2 wrong command line or weft.yml, or not "
    "allowed.",
    NULL,
    NULL,
    NULL};

const struct argp *trust_argp(void) { return &PARSER; }

void trust_options_parse(int argc, char **argv, TrustOptions *options) {
    static char program[] = "weft trust";
    *options = (TrustOptions){0};
    argv[0] = program;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, options);
}

void trust_options_release(TrustOptions *options) { options_release(&options->base); }
