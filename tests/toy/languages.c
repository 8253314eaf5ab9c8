// The table of languages of the test program: what the product reads, and one language more.
#include "cli/languages.h"

#include "python/python.h"
#include "toy.h"

static bool accepts(Str path) {
    return str_ends_with(path, STR(".slip")) || str_ends_with(path, STR(".slipd"));
}

static bool is_builtin(Str name) { return str_is(name, "print"); }

const Language language_slip = {
    .name = "slip",
    .traits = {.named_arguments = false, .optional_parameters = false, .typed_parameters = false},
    .accepts = accepts,
    .extract = slip_extract,
    .resolve = slip_resolve,
    .count_errors = slip_count_errors,
    .is_builtin = is_builtin,
    .writer = &slip_writer,
};

static const Language *const LIST[] = {&language_python, &language_slip};

const Languages weft_languages = {LIST, sizeof LIST / sizeof *LIST};
