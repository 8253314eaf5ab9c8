// `weft lsp`: a language server, for editors.
#include <argp.h>

#include "cli/cmd.h"
#include "cli/exit.h"
#include "cli/lsp/server.h"
#include "cli/lsp_options.h"
#include "cli/options.h"

enum { KEY_STDIO = 256 };

static const struct argp_option OPTIONS[] = {
    {"stdio", KEY_STDIO, NULL, 0, "talk on standard input and output: it never does anything else", 0},
    OPTION_LANG(0),
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state) {
    if (key == KEY_STDIO) return 0;
    if (key == ARGP_KEY_ARG) option_refuse(state, "lsp takes no argument: the editor says which folders it has open");
    return option_take_common(state, key, value, state->input);
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    NULL,
    "Be a language server (LSP 3.17) for an editor: accesses that are not isolated as they are typed, what weft would "
    "change there as a code action, why on hover.\v"
    "It reads the folders that the editor has open, with what is not saved, by their weft.yml or the pack that fits; it "
    "writes no file, and runs nothing that they name.\n\nExit status: 0 the editor said shutdown and exit; 2 it went "
    "without, or something else than an editor talks.",
    NULL,
    NULL,
    NULL};

const struct argp *lsp_argp(void) { return &PARSER; }

int cmd_lsp(int argc, char **argv) {
    static char program[] = "weft lsp";
    Options options;
    options_begin(COMMAND_REPORT, &options);
    argv[0] = program;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, &options);
    int status = server_run();
    options_release(&options);
    return status;
}
