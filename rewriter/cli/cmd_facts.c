// `weft facts`: what stands in the files of a tree, or in a part of them, as a file for `--facts`. Decides and changes nothing.
#include "base/message.h"
#include "cli/cmd.h"
#include "cli/languages.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/run_shards.h"

enum { FILE_MODE = 0644 };

// What a compiler says of a unit depends on more files than a part has, and is kept by the cache.
static bool can_be_parted(Run *run) {
    const Languages *languages = languages_chosen();
    for (uint32_t i = 0; i < languages->count; i++) {
        if (languages->list[i]->compile == NULL) continue;
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E908, SPAN_NONE,
                       "facts of the language '%s' cannot be found in parts: a compiler reads each unit with all of its headers",
                       languages->list[i]->name);
        diagnostic_help(&run->diagnostics, "the cache keeps what it said of each unit; let the machines share it");
        return false;
    }
    return true;
}

static uint32_t find_facts(Run *run, const Options *options) {
    const Languages *languages = languages_chosen();
    uint32_t files = 0;
    for (uint32_t i = 0; i < languages->count; i++) {
        const Language *language = languages->list[i];
        bool matched = language == languages_with_patterns(languages);
        files += facts_keep_part(&run->sources, language, matched ? run->patterns : NULL, options->sources.threads,
                                 options->part);
    }
    return files;
}

static bool write_file(Run *run, const Options *options, uint32_t files) {
    StrBuf text = {0};
    DigestKey key;
    bool good = run_shards_key(run->sources.root, true, &key, &run->diagnostics);
    if (good) {
        shard_write(options->made, options->part, &key, &text);
        good = output_write(run->sources.root, options->output, strbuf_str(&text), FILE_MODE, &run->diagnostics);
    }
    if (good && options->verbosity >= 0)
        message_print(stderr, "weft: facts of %u of %u files in '%.*s', part %u of %u\n", shard_count(options->made), files,
                      STR_ARG(options->output), options->part.number, options->part.count);
    strbuf_release(&text);
    return good;
}

int cmd_facts(int argc, char **argv) {
    Options options;
    Run run;
    options_parse(COMMAND_FACTS, argc, argv, &options);
    options.no_cache = true; // what is kept there already would not be in the file
    Shard *made = options.made = shard_new();
    bool good = run_begin(&run, &options, RUN_TO_SOLUTION) && can_be_parted(&run) &&
                write_file(&run, &options, find_facts(&run, &options));
    run_print_diagnostics(&run, &options);
    int status = run_end(&run, &options, good, false);
    shard_free(made);
    return status;
}
