// Python that stands in something else. Comes in: a file's text. Goes out: a text of the same length in which only
// the code is left, so that a place in the one is the same place in the other. Must never read a file.
//
//     Call it:                        |
//         >>> greet("x")              |           \ngreet("x")        the byte before the code ends a line:
//         'hello x'                   |                               each block begins in column 0
#include "python/syntax/embedded.h"

#include "base/path.h"
#include "python/syntax/notebook.h"

// ---- masks ---------------------------------------------------------------------------------------
void mask_copy(Mask *mask, size_t start, size_t end, bool new_line) {
    memcpy(mask->code + start, mask->text.data + start, end - start);
    if (new_line && start > 0) mask->code[start - 1] = '\n';
    mask->any = mask->any || end > start;
}

static void mask_begin(Arena *arena, Str text, Mask *mask) {
    *mask = (Mask){.text = text, .code = arena_alloc(arena, text.length + 1)};
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        mask->code[i] = c == '\n' || c == '\r' ? c : ' ';
    }
    mask->code[text.length] = '\0';
}

// ---- lines ---------------------------------------------------------------------------------------
typedef struct Line {
    size_t start, content, end; // content: behind the white space at its start
} Line;

static bool next_line(Str text, Line *line) {
    size_t at = line->end;
    if (at < text.length && text.data[at] == '\r') at++;
    if (at < text.length && text.data[at] == '\n') at++;
    if (line->end > 0 && at == line->end) return false;
    if (at >= text.length) return false;
    line->start = line->content = line->end = at;
    while (line->end < text.length && text.data[line->end] != '\n' && text.data[line->end] != '\r')
        line->end++;
    while (line->content < line->end &&
           (text.data[line->content] == ' ' || text.data[line->content] == '\t'))
        line->content++;
    return true;
}

static Str content_of(Str text, const Line *line) {
    return str_slice(text, line->content, line->end);
}

// ">>> code" or "... code": the code's offset; 0 for anything else.
static size_t after_prompt(Str text, const Line *line, const char *prompt) {
    Str content = content_of(text, line);
    if (!str_starts_with(content, str_from(prompt))) return 0;
    if (content.length == 3) return line->end;
    return content.data[3] == ' ' ? line->content + 4 : 0;
}

// ---- doctests ------------------------------------------------------------------------------------
static void mask_doctests(Mask *mask) {
    bool inside = false, joined = false; // a line that ends with a backslash goes on
    for (Line line = {0}; next_line(mask->text, &line);) {
        size_t code = after_prompt(mask->text, &line, ">>>");
        if (!code && inside) code = after_prompt(mask->text, &line, "...");
        inside = code != 0;
        if (!inside || code >= line.end) continue;
        mask_copy(mask, code, line.end, !joined);
        joined = mask->text.data[line.end - 1] == '\\';
    }
}

// ---- blocks of reStructuredText -------------------------------------------------------------------
// What Sphinx runs: the lines below `.. testcode::` that are deeper, but for the options.
static void mask_testcode(Mask *mask) {
    size_t outer = 0, inner = 0;
    bool inside = false;
    for (Line line = {0}; next_line(mask->text, &line);) {
        Str content = content_of(mask->text, &line);
        size_t indent = line.content - line.start;
        if (str_starts_with(content, STR(".. testcode::"))) {
            inside = true;
            outer = indent;
            inner = 0;
        } else if (inside && content.length > 0) {
            inside = indent > outer;
            bool option = inner == 0 && content.data[0] == ':';
            if (!inside || option) continue;
            if (inner == 0) inner = indent;
            size_t from = line.start + (indent < inner ? indent : inner);
            mask_copy(mask, from, line.end, true);
        }
    }
}

// ---- fences of Markdown --------------------------------------------------------------------------
static bool is_python_fence(Str content) {
    while (content.length && (content.data[0] == '`' || content.data[0] == '~'))
        content = str_slice(content, 1, content.length);
    content = str_trim(content);
    size_t end = 0;
    while (end < content.length && str_is_word_byte(content.data[end])) end++;
    Str language = str_slice(content, 0, end);
    return str_is(language, "python") || str_is(language, "py") || str_is(language, "python3");
}

// Length of the run of backticks or tildes that a line begins with, three or more; else 0.
static size_t fence_length(Str content) {
    size_t length = 0;
    while (length < content.length && content.data[length] == content.data[0]) length++;
    bool fence = length >= 3 && (content.data[0] == '`' || content.data[0] == '~');
    return fence ? length : 0;
}

static void mask_fences(Mask *mask) {
    size_t open = 0, indent = 0;
    char mark = 0;
    bool python = false;
    for (Line line = {0}; next_line(mask->text, &line);) {
        Str content = content_of(mask->text, &line);
        size_t length = fence_length(content);
        if (!open && length) {
            open = length;
            mark = content.data[0];
            indent = line.content - line.start;
            python = is_python_fence(content);
        } else if (open && length >= open && content.data[0] == mark &&
                   str_trim(content).length == length) {
            open = 0;
        } else if (open && python && line.content < line.end) {
            size_t from = line.content - line.start < indent ? line.content : line.start + indent;
            bool prompt = str_starts_with(content, STR(">>>")); // a doctest, masked as such
            if (!prompt) mask_copy(mask, from, line.end, indent > 0);
        }
    }
}

// ---- what stands where ---------------------------------------------------------------------------
// Most files of JSON are data.
static bool is_settings(Str name) {
    return str_find_str(name, STR("log")) >= 0 || str_find_str(name, STR("setting")) >= 0 ||
           str_find_str(name, STR("config")) >= 0;
}

SourceKind python_beside(Str path) {
    Str name = path_basename(path), extension = path_extension(name);
    static const struct {
        const char *extension;
        SourceKind kind;
    } KINDS[] = {{"ipynb", SOURCE_EMBEDDED}, {"md", SOURCE_EMBEDDED}, {"rst", SOURCE_EMBEDDED},
                 {"txt", SOURCE_EMBEDDED},   {"pyx", SOURCE_WORDS},   {"pxd", SOURCE_WORDS},
                 {"pxi", SOURCE_WORDS},      {"toml", SOURCE_NAMES},  {"cfg", SOURCE_NAMES},
                 {"ini", SOURCE_NAMES},      {"conf", SOURCE_NAMES},  {"yml", SOURCE_NAMES},
                 {"yaml", SOURCE_NAMES}};
    if (str_is(extension, "json")) return is_settings(name) ? SOURCE_NAMES : SOURCE_CODE;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_is(extension, KINDS[i].extension)) return KINDS[i].kind;
    bool starts = str_is(name, "Procfile") || str_is(name, "Dockerfile") ||
                  str_is(name, "Makefile") || str_is(extension, "sh") ||
                  str_is(extension, "service");
    return starts ? SOURCE_NAMES : SOURCE_CODE;
}

// A test file, or what says how tests are run.
static bool is_about_tests(Str name, bool *settings) {
    *settings = str_is(name, "pytest.ini") || str_is(name, "pyproject.toml") ||
                str_is(name, "setup.cfg") || str_is(name, "tox.ini");
    return *settings || str_starts_with(name, STR("test_")) ||
           str_ends_with(name, STR("_test.py")) || str_is(name, "conftest.py");
}

// The names that end in ".md": "guide.md" of Path("docs/guide.md").
static void add_named(Str text, Interner *run) {
    for (size_t at = 0, end; at < text.length; at = end) {
        ptrdiff_t found = str_find_str(str_slice(text, at, text.length), STR(".md"));
        if (found < 0) return;
        size_t start = at + (size_t)found;
        end = start + 3;
        while (start > at && (str_is_word_byte(text.data[start - 1]) ||
                              text.data[start - 1] == '-' || text.data[start - 1] == '.'))
            start--;
        if (end == text.length || !str_is_word_byte(text.data[end]))
            intern(run, str_slice(text, start, end));
    }
}

void python_examples(Str path, Str text, Interner *run) {
    static const char *const RUNNERS[] = {"markdown-docs",  "markdown_docs", "sybil",
                                          "codeblocks",     "mktestdocs",    "phmdoctest",
                                          "markdown-pytest"};
    bool settings = false;
    if (!is_about_tests(path_basename(path), &settings)) return;
    for (size_t i = 0; i < sizeof RUNNERS / sizeof *RUNNERS; i++)
        if (str_find_str(text, str_from(RUNNERS[i])) >= 0) intern(run, STR("*"));
    if (!settings) add_named(text, run); // these name a README for other ends
}

Str python_embedded(Arena *arena, Str path, Str text, const Interner *run) {
    Str extension = path_extension(path_basename(path));
    bool notebook = str_is(extension, "ipynb");
    bool prompts = !notebook && str_find_str(text, STR(">>>")) >= 0;
    bool blocks = str_is(extension, "md") &&
                  (intern_find(run, STR("*")).index || intern_find(run, path_basename(path)).index);
    bool directives = str_is(extension, "rst") && str_find_str(text, STR(".. testcode::")) >= 0;
    if (!notebook && !prompts && !blocks && !directives) return STR_NONE;
    Mask mask;
    mask_begin(arena, text, &mask);
    if (notebook) notebook_mask(&mask);
    if (prompts) mask_doctests(&mask);
    if (blocks) mask_fences(&mask);
    if (directives) mask_testcode(&mask);
    return mask.any ? (Str){mask.code, text.length} : STR_NONE;
}
