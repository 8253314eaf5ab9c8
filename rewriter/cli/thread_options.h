// The options of `weft thread`.
#ifndef WEFT_CLI_THREAD_OPTIONS_H
#define WEFT_CLI_THREAD_OPTIONS_H

#include <argp.h>

#include "cli/options.h"

extern const struct argp_option THREAD_OPTIONS[];
#define THREAD_TEXT                                                                                \
    "Give functions a parameter, and have all that call them pass it, up to where the value is known. Shows the " \
    "change; --apply writes it, and `weft rollback` takes it back.\v"                               \
    "FUNCTION is a dotted name, the end of one (Store.load), or a glob (app.store.*); a class stands for its "     \
    "constructor. Methods change with all that override them. A caller that has a value of the type passes that; "  \
    "else it gains the parameter too, unless --value, --default, --until or --hops say otherwise. Where a place "   \
    "cannot follow nothing is changed, and every such place is said. "                              \
    "EXPR is code; a dotted name in it is imported where its first part means nothing."

// Reads one option or argument into Options.signature, which an argp parser's state has.
error_t options_parse_thread(int key, char *value, struct argp_state *state);

#endif
