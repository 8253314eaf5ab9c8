// The Python front end's row in the table of languages.
#include "python/python.h"

#include "base/path.h"
#include "python/syntax/embedded.h"
#include "python/syntax/parse.h"
#include "python/syntax/words.h"
#include "python/pattern/pattern.h"
#include "python/resolve/resolve.h"
#include "python/write/write.h"

static const LanguagePatterns python_patterns = {
    .compile = python_compile_patterns,
    .free = python_free_patterns,
    .search = python_search,
    .show = python_show_pattern,
    .explain = python_explain_pattern,
};

const Language language_python = {
    .name = "python",
    .facts_by_text = true,
    .traits = {.named_arguments = true, .optional_parameters = true, .typed_parameters = true},
    .accepts = python_accepts,
    .extract = python_extract,
    .extract_again = python_extract_again,
    .resolve = python_resolve,
    .beside = python_beside,
    .embedded = python_embedded,
    .examples = python_examples,
    .count_errors = python_count_errors,
    .is_builtin = python_is_builtin,
    .is_standard_module = python_is_standard_module,
    .builtin_module = {"builtins", sizeof "builtins" - 1},
    .name_flags = words_name_flags,
    .next_name = words_next_name,
    .guess_names = words_guess_names,
    .writer = &python_writer,
    .patterns = &python_patterns,
};

bool python_accepts(Str path) {
    Str extension = path_extension(path_basename(path)); // a file called ".py" has none
    return str_is(extension, "py") || str_is(extension, "pyi");
}

uint32_t python_count_errors(Str text, uint32_t *first_error) {
    return parse_count_errors(text, first_error);
}
