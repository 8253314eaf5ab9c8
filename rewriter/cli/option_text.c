// What argp says of options, as messages: the texts of its tables, and what is wrong with a command line. Without a
// catalogue argp says it itself; what argp says cannot be translated, so that with one its pages are made here.
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/message.h"
#include "cli/help_page.h"
#include "cli/options.h"

enum { KEY_USAGE = 0x7100 };

static void refer_to_help(const char *program) {
    message_print(stderr, "Try `%s --help' for more information.\n", program);
    exit(argp_err_exit_status);
}

void option_refuse(struct argp_state *state, const char *key, ...) {
    StrBuf text = {0};
    va_list arguments;
    va_start(arguments, key);
    message_addv(&text, key, arguments);
    va_end(arguments);
    if (message_has_catalogue()) {
        message_print(stderr, "%s: error[E902]: %.*s\n", state->name, STR_ARG(strbuf_str(&text)));
        refer_to_help(state->name);
    }
    argp_error(state, "error[E902]: %.*s", STR_ARG(strbuf_str(&text)));
    strbuf_release(&text);
}

// Paragraphs are messages, so that one which many pages have is translated once.
static void add_paragraphs(StrBuf *out, const char *text) {
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t length = end ? (size_t)(end - text) : strlen(text);
        char *paragraph = strndup(text, length);
        if (paragraph == NULL) memory_gone(length);
        strbuf_add_text(out, message_text(paragraph));
        free(paragraph);
        text += length + strspn(text + length, "\n");
        if (*text != '\0') strbuf_add_text(out, "\n\n");
    }
}

char *option_translate(int key, const char *text, void *input) {
    (void)key;
    (void)input;
    if (text == NULL || !message_has_catalogue()) return (char *)text;
    StrBuf said = {0};
    strbuf_add_text(&said, "");
    add_paragraphs(&said, text);
    return said.data; // argp frees it
}

static const struct argp_option HELP_OPTIONS[] = {
    {"help", '?', NULL, OPTION_HIDDEN, "", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "", 0},
    {"usage", KEY_USAGE, NULL, OPTION_HIDDEN, "", 0},
    {0},
};

// The word of the command line that no table takes.
static const char *refused_word(const struct argp_state *state) {
    const char *word = state->argv[state->next - 1];
    return word[0] != '-' && state->next < state->argc ? state->argv[state->next] : word;
}

static error_t parse_around(int key, char *value, struct argp_state *state) {
    (void)value;
    const struct argp *table = state->root_argp->children[0].argp;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = state->input; return 0;
    case '?':
    case 'h': help_page_print(table, state->name, stdout); exit(0);
    case KEY_USAGE: help_page_usage(table, state->name, stdout); exit(0);
    case ARGP_KEY_ERROR:
        message_print(stderr, "%s: '%s' is no option here, lacks its value, or takes none\n", state->name,
                      refused_word(state));
        refer_to_help(state->name);
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

void option_help(const struct argp *table, bool usage_only, char *program, FILE *out) {
    struct argp own = *table;
    if (own.help_filter == NULL) own.help_filter = option_translate;
    if (!message_has_catalogue())
        argp_help(&own, out, usage_only ? ARGP_HELP_SHORT_USAGE : ARGP_HELP_STD_HELP & ~(unsigned)ARGP_HELP_EXIT_OK, program);
    else if (usage_only)
        help_page_usage(&own, program, out);
    else
        help_page_print(&own, program, out);
}

void option_parse(const struct argp *table, int argc, char **argv, void *input) {
    struct argp own = *table;
    if (own.help_filter == NULL) own.help_filter = option_translate;
    if (!message_has_catalogue()) {
        argp_parse(&own, argc, argv, 0, NULL, input);
        return;
    }
    const struct argp_child children[] = {{&own, 0, NULL, 0}, {0}};
    const struct argp around = {.options = HELP_OPTIONS, .parser = parse_around, .children = children};
    argp_parse(&around, argc, argv, ARGP_NO_HELP | ARGP_NO_ERRS, NULL, input);
}
