// In: a table of argp, with its children. Out: how the command is called, its options in groups, what it does.
#include "cli/help_page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/vec.h"
#include "report/wrap.h"

enum { WIDTH = 79, ABOUT_COLUMN = 29, NAME_INDENT = 6 };

typedef Vec(const struct argp_option *) OptionList;

static void collect(const struct argp *table, OptionList *options) {
    const struct argp_option *option = table->options;
    for (; option != NULL && (option->name || option->key != 0 || option->doc); option++)
        if (!(option->flags & OPTION_HIDDEN)) vec_add(options, option);
    for (const struct argp_child *child = table->children; child != NULL && child->argp; child++)
        collect(child->argp, options);
}

// What the filter of TABLE makes of TEXT.
static void add_text(const struct argp *table, int key, const char *text, uint32_t column, uint32_t indent,
                     StrBuf *out) {
    char *said = table->help_filter(key, text, NULL);
    wrap_add(out, str_from(said), column, indent, WIDTH);
    if (said != text) free(said);
    strbuf_add_char(out, '\n');
}

static void add_option(const struct argp *table, const struct argp_option *option, StrBuf *out) {
    bool has_letter = option->key > 0 && option->key < 128 && isprint(option->key);
    size_t start = out->length;
    if (has_letter)
        strbuf_addf(out, "  -%c%s", option->key, option->name ? ", " : "");
    else
        strbuf_add_repeat(out, ' ', NAME_INDENT);
    if (option->name != NULL) strbuf_addf(out, "--%s", option->name);
    if (option->arg != NULL)
        strbuf_addf(out, option->flags & OPTION_ARG_OPTIONAL ? "[%s%s]" : "%s%s", option->name ? "=" : " ",
                    option->arg);
    uint32_t column = (uint32_t)(out->length - start);
    uint32_t gap = column + 1 < ABOUT_COLUMN ? ABOUT_COLUMN - column : 3;
    strbuf_add_repeat(out, ' ', gap);
    add_text(table, option->key, option->doc, column + gap, ABOUT_COLUMN, out);
}

static void add_options(const struct argp *table, StrBuf *out) {
    OptionList options = {0};
    collect(table, &options);
    int highest = 0;
    for (uint32_t i = 0; i < options.count; i++)
        if (options.items[i]->group > highest) highest = options.items[i]->group;
    for (int group = 0; group <= highest; group++) {
        for (uint32_t i = 0; i < options.count; i++) {
            const struct argp_option *option = options.items[i];
            if (option->group != group) continue;
            if (option->name == NULL && option->key == 0) {
                strbuf_add_text(out, "\n ");
                add_text(table, 0, option->doc, 1, 1, out);
            } else {
                add_option(table, option, out);
            }
        }
    }
    vec_release(&options);
}

static void add_usage(const struct argp *table, const char *program, StrBuf *out) {
    const char *line = table->args_doc ? table->args_doc : "";
    for (bool first = true; line != NULL; first = false) {
        size_t length = strcspn(line, "\n");
        StrBuf usage = {0};
        message_add(&usage, first ? "Usage: %s [OPTION...] %.*s\n" : "  or:  %s [OPTION...] %.*s\n", program, (int)length,
                    line);
        wrap_add(out, str_slice(strbuf_str(&usage), 0, usage.length - 1), 0, NAME_INDENT, WIDTH);
        strbuf_add_char(out, '\n');
        strbuf_release(&usage);
        line = line[length] == '\n' ? line + length + 1 : NULL;
    }
}

void help_page_usage(const struct argp *table, const char *program, FILE *out) {
    StrBuf text = {0};
    add_usage(table, program, &text);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}

void help_page_print(const struct argp *table, const char *program, FILE *out) {
    StrBuf text = {0};
    add_usage(table, program, &text);
    char *before = strdup(table->doc ? table->doc : ""), *after = strchr(before, '\v');
    if (after != NULL) *after++ = '\0';
    add_text(table, 0, before, 0, 0, &text);
    strbuf_add_char(&text, '\n');
    add_options(table, &text);
    message_add(&text, "\n  -?, -h, --help             Give this help list\n"
                       "      --usage                Give a short usage message\n"
                       "\nAn argument that a long option must or may have, its letter must or may have, too.\n");
    if (after != NULL) {
        strbuf_add_char(&text, '\n');
        add_text(table, 0, after, 0, 0, &text);
    }
    free(before);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
