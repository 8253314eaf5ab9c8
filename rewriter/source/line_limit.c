// The line length that a project's own tools hold it to. In: the root of a tree. Out: a number. Reads the files
// line by line and knows no more of their formats than sections and `key = number`.
#include "source/line_limit.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"

enum { MOST_BYTES = 1 << 20, LEAST_LIMIT = 20, MOST_LIMIT = 1000, DEFAULT_OF_BLACK = 88 };

typedef struct LimitFile {
    const char *name;
    const char *sections[5]; // that speak of lines; "" is the top of the file
    bool has_default;        // black and ruff hold a project to 88 that says nothing else
} LimitFile;

static const LimitFile FILES[] = {
    {"pyproject.toml", {"tool.black", "tool.ruff", "tool.ruff.format", "tool.flake8"}, true},
    {"ruff.toml", {""}, true},
    {".ruff.toml", {""}, true},
    {"setup.cfg", {"flake8", "pycodestyle", "pep8"}, false},
    {"tox.ini", {"flake8", "pycodestyle", "pep8"}, false},
    {".flake8", {"flake8"}, false},
    {".editorconfig", {"*", "*.py", "*.{py,pyi}"}, false},
};

static bool speaks_of_lines(const LimitFile *file, Str section) {
    for (size_t i = 0; i < sizeof file->sections / sizeof *file->sections && file->sections[i]; i++)
        if (str_is(section, file->sections[i])) return true;
    return false;
}

// "line-length = 100"; 0 for any other line.
static uint32_t limit_of_line(Str line) {
    ptrdiff_t equals = str_find(line, '=');
    if (equals < 0) return 0;
    Str key = str_trim(str_slice(line, 0, (size_t)equals));
    Str value = str_trim(str_slice(line, (size_t)equals + 1, line.length));
    if (!str_is(key, "line-length") && !str_is(key, "line_length") &&
        !str_is(key, "max-line-length") && !str_is(key, "max_line_length"))
        return 0;
    uint32_t number = 0;
    for (size_t i = 0; i < value.length && number <= MOST_LIMIT; i++) {
        if (value.data[i] < '0' || value.data[i] > '9') break;
        number = number * 10 + (uint32_t)(value.data[i] - '0');
    }
    return number >= LEAST_LIMIT && number <= MOST_LIMIT ? number : 0;
}

static uint32_t limit_of_text(const LimitFile *file, Str text) {
    Str section = STR_NONE, line;
    bool inside = speaks_of_lines(file, STR("")), any = inside;
    while (str_split_next(&text, '\n', &line)) {
        line = str_trim(line);
        if (str_starts_with(line, STR("[")) && str_ends_with(line, STR("]"))) {
            section = str_trim(str_slice(line, 1, line.length - 1));
            inside = speaks_of_lines(file, section);
            any = any || inside;
        }
        uint32_t limit = inside ? limit_of_line(line) : 0;
        if (limit > 0) return limit;
    }
    return any && file->has_default ? DEFAULT_OF_BLACK : 0;
}

uint32_t line_limit_read(Str root) {
    uint32_t limit = 0;
    Arena arena = {0};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES && limit == 0; i++) {
        Str text, path = path_join(&arena, root, str_from(FILES[i].name));
        if (path_stays_inside(root, path) &&
            file_read(&arena, path, MOST_BYTES, &text, NULL) == FILE_OK)
            limit = limit_of_text(&FILES[i], text);
    }
    arena_release(&arena);
    return limit;
}
