// Command lines that search for code. In: argv. Out: the pattern and the rewrite, and that they go together with
// what else is asked.
#include "cli/pattern_options.h"

enum PatternKey { KEY_PATTERN = 1024, KEY_REWRITE };

const struct argp_option PATTERN_OPTIONS[] = {
    {"pattern", KEY_PATTERN, "PATTERN", 0,
     "search for code such as '$X.get($KEY, None)'; no rules are needed", 0},
    {"rewrite", KEY_REWRITE, "CODE", 0,
     "what stands there instead, such as '$X.get($KEY)': `scan` and `diff` show the change, "
     "`apply` writes it",
     0},
    {0},
};

void options_read_pattern(struct argp_state *state, const char *value, Options *options) {
    if (options->pattern.length > 0) option_refuse(state, "one pattern at a time");
    options->pattern = arena_copy(&options->arena, str_from(value));
    if (options->pattern.length == 0) option_refuse(state, "the pattern is empty");
}

static void check_together(struct argp_state *state, const Options *options) {
    if (options->rewrite.length > 0 && (options->pattern.length == 0 || options->debug_pattern))
        option_refuse(state, "--rewrite says what a --pattern becomes; give both");
    if (options->rewrite.length == 0) return;
    if (options->plan.length > 0 || options->has_phase || options->interactive || options->stat ||
        options->types.count > 0 || options->dump != DUMP_NONE || options->format == FORMAT_JSON)
        option_refuse(state,
                      "--rewrite needs no rules; it takes no --plan, --phase, --interactive, "
                      "--stat, --types, --dump or --format json");
}

error_t options_parse_pattern(int key, char *value, struct argp_state *state) {
    Options *options = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = options; break;
    case KEY_PATTERN: options_read_pattern(state, value, options); break;
    case KEY_REWRITE:
        options->rewrite = arena_copy(&options->arena, str_from(value));
        if (options->rewrite.length == 0)
            option_refuse(state,
                          "the rewrite is empty; code that goes is a change to make by hand");
        break;
    case ARGP_KEY_END: check_together(state, options); break;
    default: return ARGP_ERR_UNKNOWN;
    }
    return 0;
}
