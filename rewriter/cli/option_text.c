// What argp says of options, as messages: the texts of its tables, and what is wrong with a command line.
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/message.h"
#include "cli/options.h"

void option_refuse(struct argp_state *state, const char *key, ...) {
    StrBuf text = {0};
    va_list arguments;
    va_start(arguments, key);
    message_addv(&text, key, arguments);
    va_end(arguments);
    argp_error(state, "error[E902]: %.*s", STR_ARG(strbuf_str(&text)));
    strbuf_release(&text);
}

char *option_translate(int key, const char *text, void *input) {
    (void)key;
    (void)input;
    const char *result = text ? message_text(text) : NULL;
    if (result == text) return (char *)text;
    char *copy = strdup(result);
    if (copy == NULL) memory_gone(strlen(result));
    return copy;
}

void option_parse(const struct argp *table, int argc, char **argv, void *input) {
    struct argp own = *table;
    if (own.help_filter == NULL) own.help_filter = option_translate;
    argp_parse(&own, argc, argv, 0, NULL, input);
}
