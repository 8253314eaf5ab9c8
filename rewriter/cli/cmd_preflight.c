// `weft preflight`: looks whether a migration can begin, and says what to do where it cannot. Changes nothing but the file of
// --json.
#include <argp.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/parallel.h"
#include "base/path.h"
#include "cli/cmd.h"
#include "cli/language.h"
#include "cli/languages.h"
#include "cli/output.h"
#include "cli/preflight_tree.h"

enum PreflightKey {
    KEY_DATABASE = 256,
    KEY_NO_CODE,
    KEY_NO_DATA,
    KEY_JSON,
    KEY_FORMAT,
    KEY_STRICT
};
enum { FILE_MODE = 0644 };

static const struct argp_option OPTIONS[] = {
    {"database", KEY_DATABASE, "NAME", 0, "the database, in place of that of the rules", 0},
    {"no-code", KEY_NO_CODE, NULL, 0, "only the database and the machine", 0},
    {"no-data", KEY_NO_DATA, NULL, 0, "only the tree and the machine", 0},
    {"strict", KEY_STRICT, NULL, 0, "fail on what is unknown or a warning, too", 0},
    {"format", KEY_FORMAT, "FORMAT", 0, "text or json", 0},
    {"json", KEY_JSON, "FILE", 0, "also write JSON to FILE", 0},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 0},
    {"jobs", 'j', "N", 0, "use N threads (the number of processors)", 0},
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors only", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

typedef struct PreflightOptions {
    PreflightInput input;
    Str json;
    Format format;
    bool strict;
    Options base;
} PreflightOptions;

static error_t parse(int key, char *value, struct argp_state *state) {
    static const char *const formats[] = {"text", "json"};
    PreflightOptions *options = state->input;
    Arena *arena = &options->base.arena;
    switch (key) {
    case KEY_DATABASE: options->input.database = arena_copy(arena, str_from(value)); break;
    case KEY_NO_CODE: options->input.no_code = true; break;
    case KEY_NO_DATA: options->input.no_data = true; break;
    case KEY_STRICT: options->strict = true; break;
    case KEY_FORMAT:
        options->format = (Format)option_choose(state, "--format", value, formats, 2);
        break;
    case KEY_JSON:
        options->json = arena_copy(arena, str_from(value));
        language_for_programs();
        break;
    case 'C': options->base.sources.root = arena_copy(arena, str_from(value)); break;
    case ARGP_KEY_ARG: option_refuse(state, "'%s' is one argument too many", value); break;
    default: return option_take_common(state, key, value, &options->base);
    }
    return 0;
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    "",
    "Look whether a migration can begin: Python, dependencies, tree, database, memory, disk.\v"
    "Each answer is pass, warn, fail or unknown, with what to do. Unknown is not pass, and is "
    "told.\n\nExit status: 0 nothing fails; 1 something does, with --strict also a warning or what "
    "is unknown; 2 wrong command line or rules.",
    NULL,
    NULL,
    NULL};

const struct argp *preflight_argp(void) { return &PARSER; }

static bool write_file(Str root, const PreflightOptions *options, const Preflight *preflight,
                       Diagnostics *diagnostics) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) memory_gone(0);
    preflight_write_json(preflight, memory);
    if (fclose(memory) != 0) memory_gone(0);
    bool good = output_write(root, options->json, (Str){bytes, length}, FILE_MODE, diagnostics);
    free(bytes);
    return good;
}

static bool write_answers(Str root, const PreflightOptions *options, const Preflight *preflight,
                          Diagnostics *diagnostics) {
    StrBuf text = {0};
    if (options->format == FORMAT_JSON)
        preflight_write_json(preflight, stdout);
    else if (options->base.verbosity >= 0)
        preflight_write_text(preflight, &text);
    if (text.length > 0) fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
    return options->json.length == 0 || write_file(root, options, preflight, diagnostics);
}

int cmd_preflight(int argc, char **argv) {
    static char program[] = "weft preflight";
    PreflightOptions options = {
        .base = {.sources = {.accepts = languages_accept, .threads = parallel_default_threads()},
                 .verbosity = 0}};
    Preflight preflight = {0};
    Run run;
    argv[0] = program;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, &options);
    bool good = preflight_ask(&options.input, &options.base, &run, &preflight) &&
                write_answers(run.sources.root, &options, &preflight, &run.diagnostics);
    if (!good) run_print_diagnostics(&run, &options.base);
    if (!output_finish()) good = false;
    bool fails =
        preflight_count(&preflight, PREFLIGHT_FAIL) > 0 ||
        (options.strict && preflight_count(&preflight, PREFLIGHT_PASS) < preflight.checks.count);
    run_release(&run);
    preflight_release(&preflight);
    options_release(&options.base);
    return !good ? EXIT_WRONG : fails ? EXIT_FOUND : EXIT_DONE;
}
