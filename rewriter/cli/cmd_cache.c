// `weft cache`: where the cache is and how large, and `weft cache clear`. Looks at no tree.
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "cli/cache_options.h"
#include "cli/cmd.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "report/text.h"
#include "source/cache.h"

static const struct argp_option OPTIONS[] = {
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors only", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

typedef struct CacheOptions {
    bool clear;
    Options base;
} CacheOptions;

static error_t parse(int key, char *value, struct argp_state *state) {
    CacheOptions *options = state->input;
    if (key != ARGP_KEY_ARG) return option_take_common(state, key, value, &options->base);
    if (strcmp(value, "clear") != 0 || options->clear)
        option_refuse(state, "cache takes one word: 'clear', or none");
    options->clear = true;
    return 0;
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    "[clear]",
    "Say where weft keeps what it has worked out, and how much that is; with 'clear' remove it.\v"
    "It is kept in $XDG_CACHE_HOME/weft, else ~/.cache/weft, and is never more than 1 GiB, or what "
    "WEFT_CACHE_LIMIT says (suffix K, M or G): what was not used for longest goes first. Without it, and with "
    "--no-cache, every command says the same, later.\n\nExit status: 0 done; 2 wrong command line.",
    NULL,
    NULL,
    NULL};

const struct argp *cache_argp(void) { return &PARSER; }

static void show(const Cache *cache) {
    CacheSize size = cache_size(cache);
    StrBuf place = {0};
    text_add_shown(&place, size.place);
    message_print(stdout, "%s: %" PRIu64 " entries, %" PRIu64 " of at most %" PRIu64 " KiB\n", place.data,
                  size.entries, (size.bytes + 1023) / 1024, size.most / 1024);
    strbuf_release(&place);
}

int cmd_cache(int argc, char **argv) {
    static char program[] = "weft cache";
    CacheOptions options = {0};
    argv[0] = program;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, &options);
    Cache *cache = cache_open(STR_NONE);
    if (cache != NULL && options.clear)
        cache_clear(cache);
    else if (cache != NULL)
        show(cache);
    else if (options.base.verbosity >= 0)
        message_print(stderr, "weft: there is no place for a cache\n");
    cache_close(cache);
    options_release(&options.base);
    return output_finish() ? EXIT_DONE : EXIT_WRONG;
}
