// The Python front end's row in the table of languages.
#include "python/python.h"

#include "python/parse.h"
#include "python/resolve.h"
#include "python/write.h"

const Language language_python = {
    .name = "python",
    .accepts = python_accepts,
    .extract = python_extract,
    .resolve = python_resolve,
    .count_errors = python_count_errors,
    .is_builtin = python_is_builtin,
    .writer = &python_writer,
};

bool python_accepts(Str path) {
    return str_ends_with(path, STR(".py")) || str_ends_with(path, STR(".pyi"));
}

uint32_t python_count_errors(Str text, uint32_t *first_error) {
    return parse_count_errors(text, first_error);
}
