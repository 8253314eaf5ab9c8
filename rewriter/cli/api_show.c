// `weft api usage`, `weft api report` and `weft api timeline`: where the old interface stands. Change nothing but, with
// --write, the file of the runtime that has the dates.
#include <errno.h>
#include <string.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/message.h"
#include "base/path.h"
#include "cli/api_command.h"
#include "cli/api_options.h"
#include "cli/api_standing.h"
#include "cli/output.h"

enum { FILE_MODE = 0644 };

bool api_standing_read(Run *run, const Options *options, Str today, ApiStanding *standing) {
    const ApiRule *rule = &run->rules.api;
    *standing = (ApiStanding){.program = &run->program};
    bool good = rule->usage.length == 0 || usage_read_folder(run->sources.root, rule->usage,
                                                             &standing->usage, &run->diagnostics);
    for (uint32_t i = 0; i < options->usage.count; i++)
        good = usage_read_file(options->usage.items[i], &standing->usage, &run->diagnostics) &&
               good;
    usage_finish(&standing->usage);
    old_calls_find(&run->program, &standing->calls);
    timeline_build(rule, today, &standing->usage.arena, &standing->timeline);
    return good;
}

static void write_text(const ApiOptions *options, const ApiStanding *standing, FILE *out) {
    StrBuf text = {0};
    if (options->word == API_WORD_TIMELINE)
        api_timeline_write_text(standing, &text);
    else if (options->word == API_WORD_REPORT || options->format == API_MARKDOWN)
        api_report_write_markdown(standing, &text);
    else
        api_usage_write_text(standing, &text);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}

static void write_view(const ApiOptions *options, const ApiStanding *standing, FILE *out) {
    if (options->format != API_JSON)
        write_text(options, standing, out);
    else if (options->word == API_WORD_TIMELINE)
        api_timeline_write_json(standing, out);
    else
        api_report_write_json(standing, out);
}

static bool write_output(Run *run, const ApiOptions *options, const ApiStanding *standing) {
    if (options->output.length == 0) {
        write_view(options, standing, stdout);
        return true;
    }
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) memory_gone(0);
    write_view(options, standing, memory);
    if (fclose(memory) != 0) memory_gone(0);
    bool good = output_write(run->sources.root, options->output, (Str){bytes, length}, FILE_MODE,
                             &run->diagnostics);
    free(bytes);
    return good;
}

// ---- the runtime's copy of the dates -------------------------------------------------------------

static bool cannot_write(Run *run, Str path, const char *why) {
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                   STR_ARG(path), why);
    return false;
}

// Only what weft made is written over.
static bool write_settings(Run *run, const RuntimeFile *file, bool quiet) {
    Arena *arena = &run->rules.arena;
    Str path = path_join(arena, run->sources.root, file->path), old;
    if (!path_stays_inside(run->sources.root, path))
        return cannot_write(run, file->path, "it leads out of the tree");
    if (file_read(arena, path, 0, &old, NULL) != FILE_OK ||
        !str_starts_with(old, STR(API_RULES_HEADER)))
        return cannot_write(
            run, file->path,
            "there is no such file of weft's; `weft apply --stage expand` makes it");
    if (!str_equal(old, file->bytes) && !file_replace(path, file->bytes, FILE_MODE))
        return cannot_write(run, file->path, strerror(errno));
    if (!quiet) message_print(stdout, "%.*s says what the rules say\n", STR_ARG(file->path));
    return true;
}

static bool write_runtime(Run *run, const ApiOptions *options) {
    for (uint32_t i = 0; i < run->rules.runtime.count; i++)
        if (run->rules.runtime.items[i].generated)
            return write_settings(run, &run->rules.runtime.items[i], options->base.verbosity < 0);
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E902, SPAN_NONE,
                   "--write: the rules have no `api:`, or no package of a runtime");
    return false;
}

int api_show(int argc, char **argv) {
    ApiOptions options;
    Run run;
    ApiStanding standing = {0};
    api_options_parse(argc, argv, &options);
    bool good = run_pipeline(&run, &options.base, RUN_TO_FACTS);
    if (good) good = api_standing_read(&run, &options.base, options.today, &standing);
    if (good && options.write) good = write_runtime(&run, &options);
    if (good) good = write_output(&run, &options, &standing);
    options.base.verbosity = options.base.verbosity < 0 ? -1 : 0;
    run_print_diagnostics(&run, &options.base);
    api_standing_release(&standing);
    int status = run_status(&run, good, false);
    if (!output_finish()) status = EXIT_WRONG;
    run_release(&run);
    api_options_release(&options);
    return status;
}
