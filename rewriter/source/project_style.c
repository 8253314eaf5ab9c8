// What a project's own tools hold it to. In: the root of a tree. Out: how long lines are, and which quotes strings
// have. Reads the files line by line and knows no more of their formats than sections and `key = value`.
#include "source/project_style.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/beneath.h"
#include "base/path.h"
#include "source/style_command.h"

enum { MOST_BYTES = 1 << 20, LEAST_LIMIT = 20, MOST_LIMIT = 1000, DEFAULT_OF_BLACK = 88 };

enum { MOST_SECTIONS = 5 };

typedef struct StyleFile {
    const char *name;
    const char *lines[MOST_SECTIONS];  // sections that speak of lines; "" is the top of the file
    const char *quotes[MOST_SECTIONS]; // and of quotes
    bool has_default;                  // black and ruff hold a project to 88 that says nothing else
} StyleFile;

#define FLAKE8_SECTIONS                                                                            \
    { "flake8", "pycodestyle", "pep8" }
static const StyleFile FILES[] = {
    {"pyproject.toml",
     {"tool.black", "tool.ruff", "tool.ruff.format", "tool.flake8"},
     {"tool.ruff.format", "tool.ruff.lint.flake8-quotes", "tool.ruff.flake8-quotes"},
     true},
    {"ruff.toml", {""}, {"format", "lint.flake8-quotes", "flake8-quotes"}, true},
    {".ruff.toml", {""}, {"format", "lint.flake8-quotes", "flake8-quotes"}, true},
    {"setup.cfg", FLAKE8_SECTIONS, {"flake8"}, false},
    {"tox.ini", FLAKE8_SECTIONS, {"flake8"}, false},
    {".flake8", {"flake8"}, {"flake8"}, false},
    {".editorconfig", {"*", "*.py", "*.{py,pyi}"}, {NULL}, false},
    {".isort.cfg", {NULL}, {NULL}, false},
};

static bool is_among(const char *const *sections, Str section) {
    for (size_t i = 0; i < MOST_SECTIONS && sections[i] != NULL; i++)
        if (str_is(section, sections[i])) return true;
    return false;
}

// "key = value", each without blanks around it; false for any other line.
static bool split_line(Str line, Str *key, Str *value) {
    ptrdiff_t equals = str_find(line, '=');
    if (equals < 0) return false;
    *key = str_trim(str_slice(line, 0, (size_t)equals));
    *value = str_trim(str_slice(line, (size_t)equals + 1, line.length));
    return true;
}

// 0 for what is no such number; some write it as a string.
static uint32_t limit_of(Str value) {
    uint32_t number = 0;
    if (value.length > 0 && (value.data[0] == '"' || value.data[0] == '\'')) value = str_slice(value, 1, value.length);
    for (size_t i = 0; i < value.length && number <= MOST_LIMIT; i++) {
        if (value.data[i] < '0' || value.data[i] > '9') break;
        number = number * 10 + (uint32_t)(value.data[i] - '0');
    }
    return number >= LEAST_LIMIT && number <= MOST_LIMIT ? number : 0;
}

// "line-length = 100"; 0 for any other line.
static uint32_t limit_of_line(Str key, Str value) {
    bool speaks = str_is(key, "line-length") || str_is(key, "line_length") || str_is(key, "max-line-length") ||
                  str_is(key, "max_line_length");
    return speaks ? limit_of(value) : 0;
}

// quote-style = "single" of ruff's formatter; inline-quotes of flake8-quotes.
static bool wants_single_quotes(Str key, Str value) {
    bool speaks =
        str_is(key, "quote-style") || str_is(key, "inline-quotes") || str_is(key, "inline_quotes");
    return speaks && (str_find_str(value, STR("single")) >= 0 || str_is(value, "'"));
}

// A section of isort's own, or ruff's rules I: "I", "I001" or all of them, on a line of `select`.
static bool sorts_imports(Str section, Str line) {
    static const char *const rules[] = {"\"I\"", "'I'", "\"I001\"", "'I001'", "\"ALL\"", "'ALL'"};
    if (str_is(section, "tool.isort") || str_is(section, "isort") || str_is(section, "settings") ||
        str_is(section, "tool.ruff.lint.isort") || str_is(section, "lint.isort"))
        return true;
    bool ruff = str_is(section, "") || str_is(section, "lint") || str_is(section, "tool.ruff") ||
                str_is(section, "tool.ruff.lint");
    if (!ruff || str_find_str(line, STR("ignore")) >= 0) return false;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (str_find_str(line, str_from(rules[i])) >= 0) return true;
    return false;
}

static void read_text(const StyleFile *file, Str text, ProjectStyle *style) {
    bool lines = is_among(file->lines, STR("")), any = lines;
    bool quotes = is_among(file->quotes, STR(""));
    uint32_t limit = 0;
    Str section = STR("");
    for (Str line, key, value; str_split_next(&text, '\n', &line);) {
        line = str_trim(line);
        if (str_starts_with(line, STR("[")) && str_ends_with(line, STR("]"))) {
            section = str_trim(str_slice(line, 1, line.length - 1));
            lines = is_among(file->lines, section);
            quotes = is_among(file->quotes, section);
            any = any || lines;
        }
        style->sorts_imports = style->sorts_imports || sorts_imports(section, line);
        if (!split_line(line, &key, &value)) continue;
        if (lines && limit == 0) limit = limit_of_line(key, value);
        style->single_quotes = style->single_quotes || (quotes && wants_single_quotes(key, value));
    }
    if (limit == 0 && any && file->has_default) limit = DEFAULT_OF_BLACK;
    if (style->line_limit == 0) style->line_limit = limit;
}

// ---- C ---------------------------------------------------------------------------------------------
// "ColumnLimit: 100" of clang-format; 0 stands for what a person has written, whatever that is.
static uint32_t limit_of_clang_format(Str text) {
    Str key = STR("ColumnLimit:");
    for (Str line; str_split_next(&text, '\n', &line);) {
        if (!str_starts_with(str_trim(line), key)) continue;
        Str value = str_trim(str_slice(str_trim(line), key.length, str_trim(line).length));
        return limit_of(value);
    }
    return 0;
}

static const StyleFile C_FILE = {
    ".editorconfig", {"*", "*.c", "*.[ch]", "*.{c,h}", "*.{h,c}"}, {NULL}, false};

static bool read_file(Arena *arena, Str root, const char *name, Str *text) {
    int folder = beneath_root(root);
    bool good = folder >= 0 &&
                beneath_read_linked(arena, folder, root, str_from(name), MOST_BYTES, text, NULL) == FILE_OK;
    if (folder >= 0) close(folder);
    return good;
}

static uint32_t read_c_limit(Arena *arena, Str root) {
    Str text;
    ProjectStyle style = {0};
    if (read_file(arena, root, ".clang-format", &text)) style.line_limit = limit_of_clang_format(text);
    if (read_file(arena, root, C_FILE.name, &text)) read_text(&C_FILE, text, &style);
    return style.line_limit;
}

// ---- tools without settings ------------------------------------------------------------------------
static int is_workflow(const struct dirent *entry) {
    Str name = str_from(entry->d_name);
    return str_ends_with(name, STR(".yml")) || str_ends_with(name, STR(".yaml"));
}

// What a check on the server runs.
static uint32_t read_workflows(Arena *arena, Str root) {
    static const char folder[] = ".github/workflows";
    struct dirent **entries = NULL;
    uint32_t limit = 0;
    Str text, path = path_join(arena, root, STR(".github/workflows"));
    int count = path_stays_inside(root, path) ? scandir(path.data, &entries, is_workflow, alphasort) : 0;
    for (int i = 0; i < count; i++) {
        Str name = arena_format(arena, "%s/%s", folder, entries[i]->d_name);
        if (limit == 0 && read_file(arena, root, name.data, &text)) limit = style_command_limit(text, DEFAULT_OF_BLACK);
        free(entries[i]);
    }
    free(entries);
    return limit;
}

// A formatter that is told on its command line how long lines are, or nothing.
static uint32_t read_commanded_limit(Arena *arena, Str root) {
    static const char *const names[] = {".pre-commit-config.yaml", "tox.ini", "Makefile", "noxfile.py", "justfile"};
    Str text;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t limit = read_file(arena, root, names[i], &text) ? style_command_limit(text, DEFAULT_OF_BLACK) : 0;
        if (limit > 0) return limit;
    }
    return read_workflows(arena, root);
}

static bool is_developed_with_black(Arena *arena, Str root) {
    static const char *const names[] = {"pyproject.toml",       "Pipfile",
                                        "requirements-dev.txt", "requirements_dev.txt",
                                        "dev-requirements.txt", "requirements/dev.txt",
                                        "requirements/devel.txt", "test-requirements.txt",
                                        "requirements.txt",     "setup.cfg"};
    Str text;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (read_file(arena, root, names[i], &text) && style_names_black(text)) return true;
    return false;
}

ProjectStyle project_style_read(Str root) {
    ProjectStyle style = {0};
    Arena arena = {0};
    Str text;
    bool asked = false;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        // What lays lines out has the last word on them, before what only looks at them.
        if (!FILES[i].has_default && !asked && style.line_limit == 0)
            style.line_limit = read_commanded_limit(&arena, root);
        asked = !FILES[i].has_default;
        if (read_file(&arena, root, FILES[i].name, &text)) read_text(&FILES[i], text, &style);
    }
    if (style.line_limit == 0 && is_developed_with_black(&arena, root)) style.line_limit = DEFAULT_OF_BLACK;
    style.c_line_limit = read_c_limit(&arena, root);
    arena_release(&arena);
    return style;
}
