// `weft init`: looks at a tree and writes a weft.yml to begin with. Never overwrites one.
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/message.h"
#include "base/path.h"
#include "cli/cmd.h"
#include "cli/languages.h"
#include "cli/output.h"
#include "cli/run.h"
#include "data/propose.h"
#include "report/guess.h"
#include "rule/load.h"

enum { FILE_MODE = 0644 };

// The tree without rules; files that cannot be read are reported and left out.
static bool read_sources(Run *run, const Options *options) {
    *run = (Run){0};
    return sources_load(&options->sources, &run->sources, &run->diagnostics);
}

static uint32_t count_sources(const Sources *sources) {
    uint32_t count = 0;
    for (uint32_t i = 1; i < sources->files.count; i++)
        count += sources->files.items[i].kind == SOURCE_CODE && !sources->files.items[i].auxiliary;
    return count;
}

// As one of Python, or where there is more of C as that: which it is only rules say, and there are none.
static bool read_tree(Run *run, const Options *options, bool *is_c) {
    Run other;
    bool good = read_sources(run, options);
    *is_c = false;
    if (good && languages_choose(STR("c"))) {
        *is_c = read_sources(&other, options) && count_sources(&other.sources) > count_sources(&run->sources);
        run_release(*is_c ? run : &other);
        if (*is_c) *run = other;
        if (!*is_c) languages_choose(STR_NONE);
    }
    if (!good) return false;
    languages_add_compiled(&run->sources, &run->rules);
    languages_load(&run->sources, NULL, NULL, options->sources.threads, false, &run->facts,
                   &run->diagnostics);
    program_build(&run->program, &run->facts, &run->rules);
    return true;
}

static bool write_file(Run *run, Str path, Str text) {
    struct stat status;
    bool exists = lstat(path.data, &status) == 0;
    if (!exists && !output_place_is_safe(run->sources.root, path, &run->diagnostics)) return false;
    bool good = !exists && file_replace(path, text, FILE_MODE);
    if (!good) {
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                       STR_ARG(path), exists ? "it is there already" : strerror(errno));
        if (exists) diagnostic_help(&run->diagnostics, "-o - prints the guesses; compare by hand");
    }
    return good;
}

// TEXT to where the options say; the file is named in *PATH, which stays empty for standard output.
static bool write_text(Run *run, const Options *options, Str text, Str *path) {
    *path = STR_NONE;
    if (str_is(options->output, "-")) {
        fwrite(text.data, 1, text.length, stdout);
        return true;
    }
    *path = options->output.length > 0
                ? arena_copy(&run->sources.arena, options->output)
                : path_join(&run->sources.arena, run->sources.root, STR("weft.yml"));
    return write_file(run, *path, text);
}

static bool write_guesses_for_c(Run *run, const Options *options) {
    StrBuf text = {0};
    Str path;
    uint32_t count = guess_write_yaml_for_c(&run->program, &text);
    bool good = write_text(run, options, strbuf_str(&text), &path);
    if (good && path.length > 0 && options->verbosity >= 0)
        message_print(stdout, "wrote %.*s for C: %u globals; correct it, then `weft scan`\n", STR_ARG(path), count);
    strbuf_release(&text);
    return good;
}

static bool write_guesses(Run *run, const Options *options) {
    Guesses guesses;
    StrBuf text = {0};
    Str path;
    guess_build(&run->program, &guesses);
    guess_write_yaml(&guesses, &text);
    uint32_t tables = propose_data_rules(&run->program, &text);
    bool good = write_text(run, options, strbuf_str(&text), &path);
    bool says = good && path.length > 0 && options->verbosity >= 0;
    if (says)
        message_print(
            stdout,
            "wrote %.*s: %u kinds of shared state, %u carriers, %u boundaries, %u kinds of models; "
            "correct it, then `weft scan`\n",
            STR_ARG(path), guess_count_states(&guesses), guesses.carriers.count, guesses.boundaries.count,
            guesses.models.count);
    if (says && tables > 0)
        message_print(stdout, "%u tables have proposed rules for their rows: `weft data plan`\n",
                      tables);
    if (says && guess_count_states(&guesses) == 0)
        message_print(
            stdout,
            "no shared state was recognised: name yours under `sinks`; docs/rules.md begins with a "
            "tutorial\n");
    strbuf_release(&text);
    guess_release(&guesses);
    return good;
}

// A pack that fits knows the tree better than guesses do, which could only contradict it.
static bool write_pack(Run *run, const Options *options, Str pack) {
    Str path;
    Str text =
        arena_format(&run->sources.arena,
                     "# Written by weft init: this tree is one that the pack is for. What is added "
                     "here\n# goes before what the pack says; docs/rules.md is the reference.\n"
                     "version: 1\npacks: [%.*s]\n",
                     STR_ARG(pack));
    bool good = write_text(run, options, text, &path);
    if (good && path.length > 0 && options->verbosity >= 0)
        message_print(
            stdout, "wrote %.*s: the pack '%.*s' fits this tree; next: `weft scan`, `weft diff`\n",
            STR_ARG(path), STR_ARG(pack));
    return good;
}

static bool write_rules(Run *run, const Options *options) {
    RuleOptions rule_options = {.root = run->sources.root};
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    if (length > 0) rule_options.program_path = (Str){program, (size_t)length};
    Str pack;
    if (rules_detect(&rule_options, &run->sources, &run->sources.arena, &pack))
        return write_pack(run, options, pack);
    return write_guesses(run, options);
}

int cmd_init(int argc, char **argv) {
    Options options;
    Run run;
    options_parse(COMMAND_INIT, argc, argv, &options);
    bool is_c;
    bool good = read_tree(&run, &options, &is_c) &&
                (is_c ? write_guesses_for_c(&run, &options) : write_rules(&run, &options));
    run_print_diagnostics(&run, &options);
    return run_end(&run, &options, good, false);
}
