// `weft init`: looks at a tree and writes a weft.yml to begin with. Never overwrites one.
#include <errno.h>
#include <sys/stat.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/path.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"
#include "python/python.h"
#include "report/guess.h"

enum { FILE_MODE = 0644 };

// The tree without rules; files that cannot be read are reported and left out.
static bool read_tree(Run *run, const Options *options) {
    const Language *languages[] = {&language_python};
    *run = (Run){0};
    if (!sources_load(&options->sources, &run->sources, &run->diagnostics)) return false;
    facts_extract(&run->sources, languages, 1, NULL, options->sources.threads, &run->facts,
                  &run->diagnostics);
    language_python.resolve(&run->facts);
    return true;
}

static bool write_file(Run *run, Str path, const Guesses *guesses) {
    char *bytes = NULL;
    size_t length = 0;
    struct stat status;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) memory_gone(0);
    guess_write_yaml(guesses, memory);
    if (fclose(memory) != 0) memory_gone(0);
    bool exists = lstat(path.data, &status) == 0;
    if (!exists && !output_place_is_safe(run->sources.root, path, &run->diagnostics)) {
        free(bytes);
        return false;
    }
    bool good = !exists && file_replace(path, (Str){bytes, length}, FILE_MODE);
    if (!good) {
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                       STR_ARG(path), exists ? "it is there already" : strerror(errno));
        if (exists)
            diagnostic_help(&run->diagnostics, "-o - prints the guesses; compare by hand");
    }
    free(bytes);
    return good;
}

static bool write_guesses(Run *run, const Options *options) {
    Guesses guesses;
    bool good = true, to_stdout = str_is(options->output, "-");
    guess_build(&run->facts, &guesses);
    if (to_stdout) {
        guess_write_yaml(&guesses, stdout);
    } else {
        Str path = options->output.length > 0
                       ? arena_copy(&run->sources.arena, options->output)
                       : path_join(&run->sources.arena, run->sources.root, STR("weft.yml"));
        good = write_file(run, path, &guesses);
        if (good)
            printf("wrote %.*s: %u singletons, %u carriers, %u boundaries, %u kinds of models; "
                   "correct it, then `weft scan`\n",
                   STR_ARG(path), guesses.singletons.count, guesses.carriers.count,
                   guesses.boundaries.count, guesses.models.count);
    }
    guess_release(&guesses);
    return good;
}

int cmd_init(int argc, char **argv) {
    Options options;
    Run run;
    options_parse(COMMAND_INIT, argc, argv, &options);
    bool good = read_tree(&run, &options) && write_guesses(&run, &options);
    run_print_diagnostics(&run, &options);
    return run_end(&run, &options, good, false);
}
