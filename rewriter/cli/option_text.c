// What argp says of options, as messages: the texts of its tables, and what is wrong with a command line. Without a
// catalogue argp says it itself; what argp says cannot be translated, so that with one its pages are made here.
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/message.h"
#include "cli/help_page.h"
#include "cli/near.h"
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

// ---- words that are no option ---------------------------------------------------------------------
enum { MOST_NAMES = 200 };
typedef struct LongNames {
    const char *names[MOST_NAMES];
    bool takes_value[MOST_NAMES];
    size_t count;
} LongNames;

static void add_names(const struct argp *table, LongNames *names) {
    const struct argp_option *option = table->options;
    for (; option && (option->name || option->key || option->doc); option++) {
        if (!option->name || names->count == MOST_NAMES) continue;
        names->takes_value[names->count] = option->arg && !(option->flags & OPTION_ARG_OPTIONAL);
        names->names[names->count++] = option->name;
    }
    for (const struct argp_child *child = table->children; child && child->argp; child++) add_names(child->argp, names);
}

// The option that WORD, as long as LENGTH, is or begins; COUNT when there is none.
static size_t find_name(const LongNames *names, const char *word, size_t length) {
    size_t i = 0;
    while (i < names->count && strncmp(names->names[i], word, length) != 0) i++;
    return i;
}

// A long option that is mistyped, and near to one that there is: argp would say no more than that it is none.
static void refuse_mistyped(const struct argp *table, int argc, char **argv) {
    LongNames names = {.names = {"help", "usage"}, .count = 2};
    add_names(table, &names);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--", 2) != 0) continue;
        char word[64];
        size_t length = strcspn(argv[i] + 2, "=");
        if (length >= sizeof word) continue;
        memcpy(word, argv[i] + 2, length);
        word[length] = '\0';
        size_t found = find_name(&names, word, length);
        if (found < names.count) {
            if (names.takes_value[found] && argv[i][2 + length] == '\0') i++;
            continue;
        }
        const char *near = near_word(word, names.names, names.count);
        if (near == NULL) return;
        message_print(stderr, "%s: error[E902]: unknown option '--%s'\nhelp: did you mean '--%s'?\n", argv[0], word, near);
        refer_to_help(argv[0]);
    }
}

void option_parse(const struct argp *table, int argc, char **argv, void *input) {
    refuse_mistyped(table, argc, argv);
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
