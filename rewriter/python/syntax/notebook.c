// Code cells of notebooks. Comes in: JSON. Goes out: their lines in a mask, each beginning in column 0, without magics.
// The lines are strings, so escapes go: `\"` becomes ` "`, `\n` a line end, both of the same length as before.
//
//     "source": ["from main import greet\n", "%time greet('x')"]
#include "python/syntax/notebook.h"

enum { DEEPEST = 32 };

// What is known of an object that is being read.
typedef struct Cell {
    bool is_code;
    size_t start, end; // the value of "source", or of "input" in old notebooks; 0, 0: none yet
} Cell;

typedef struct Reader {
    Mask *mask;
    size_t at;
    uint32_t depth; // of objects
    Cell cells[DEEPEST];
} Reader;

// ---- tokens --------------------------------------------------------------------------------------
// The end of the string whose quote stands at AT, behind its last quote.
static size_t string_end(Str text, size_t at) {
    for (at++; at < text.length && text.data[at] != '"'; at++)
        if (text.data[at] == '\\') at++;
    return at < text.length ? at + 1 : text.length;
}

static size_t skip_space(Str text, size_t at) {
    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t' ||
                                text.data[at] == '\n' || text.data[at] == '\r'))
        at++;
    return at;
}

// The end of a string or a list of strings at AT; AT for anything else.
static size_t strings_end(Str text, size_t at) {
    if (at < text.length && text.data[at] == '"') return string_end(text, at);
    if (at >= text.length || text.data[at] != '[') return at;
    for (at++; at < text.length && text.data[at] != ']';)
        at = text.data[at] == '"' ? string_end(text, at) : at + 1;
    return at;
}

// ---- lines of a cell -----------------------------------------------------------------------------
// One escape at AT, which ends the line or stands for a character; how long it is.
static size_t copy_escape(Mask *mask, size_t at, size_t end) {
    char c = mask->text.data[at + 1];
    char *code = mask->code + at;
    bool first = at > 0 && mask->code[at - 1] == '\n';
    if (c == '"') { // a run of them stays together: `\"\"\"` is one token
        size_t count = 0;
        while (at + 2 * count + 1 < end && mask->text.data[at + 2 * count] == '\\' &&
               mask->text.data[at + 2 * count + 1] == '"')
            count++;
        memset(code, ' ', 2 * count);
        memset(count == 1 && !first ? code + 1 : code, '"', count);
        return 2 * count;
    }
    if (c == 'u') {
        size_t length = end - at < 6 ? end - at : 6;
        memset(code, '_', length);
        return length;
    }
    code[first ? 0 : 1] = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? ' ' : c;
    return 2;
}

static void copy_string(Mask *mask, size_t quote, size_t end) {
    Str text = mask->text;
    mask->code[quote] = '\n';
    for (size_t at = quote + 1; at + 1 < end;) {
        if (text.data[at] == '\\' && at + 2 < end) {
            at += copy_escape(mask, at, end - 1);
        } else {
            mask_copy(mask, at, at + 1, false);
            at++;
        }
    }
}

// `%time x`, `!ls`, `x = !ls`, `x?`: no Python. "%%time" is alone on its line, too.
static bool is_magic(Str line) {
    line = str_trim(line);
    if (!line.length) return false;
    char first = line.data[0], last = line.data[line.length - 1];
    if (first == '%' || first == '!' || first == '?' || last == '?') return true;
    ptrdiff_t equal = str_find(line, '=');
    Str value = equal < 0 ? STR_NONE : str_trim(str_slice(line, (size_t)equal + 1, line.length));
    return value.length > 0 && (value.data[0] == '!' || value.data[0] == '%');
}

// `%%bash` and the like: the whole cell is something else.
static bool is_other_language(Str code) {
    Str cell = str_trim(code);
    static const char *const PYTHON[] = {"%%time", "%%timeit", "%%capture", "%%prun"};
    if (!str_starts_with(cell, STR("%%"))) return false;
    for (size_t i = 0; i < sizeof PYTHON / sizeof *PYTHON; i++)
        if (str_starts_with(cell, str_from(PYTHON[i]))) return false;
    return true;
}

static void blank_magics(Mask *mask, size_t start, size_t end) {
    Str code = {mask->code, end};
    bool all = is_other_language(str_slice(code, start, end));
    for (size_t line = start; line < end;) {
        ptrdiff_t length = str_find(str_slice(code, line, end), '\n');
        size_t stop = length < 0 ? end : line + (size_t)length;
        if (all || is_magic(str_slice(code, line, stop)))
            memset(mask->code + line, ' ', stop - line);
        line = stop + 1;
    }
}

static void copy_cell(Mask *mask, const Cell *cell) {
    for (size_t at = cell->start; at < cell->end;) {
        size_t end = at + 1;
        if (mask->text.data[at] == '"') {
            end = string_end(mask->text, at);
            copy_string(mask, at, end);
        }
        at = end;
    }
    blank_magics(mask, cell->start, cell->end);
}

// ---- objects -------------------------------------------------------------------------------------
static Cell *cell_of(Reader *reader) {
    bool known = reader->depth > 0 && reader->depth <= DEEPEST;
    return known ? &reader->cells[reader->depth - 1] : NULL;
}

// A string: when it is a key of an object, its value says what the object is.
static void read_string(Reader *reader) {
    Str text = reader->mask->text;
    size_t end = string_end(text, reader->at);
    Str key = str_slice(text, reader->at + 1, end > reader->at + 1 ? end - 1 : end);
    size_t value = skip_space(text, end);
    Cell *cell = cell_of(reader);
    reader->at = end;
    if (!cell || value >= text.length || text.data[value] != ':') return;
    value = skip_space(text, value + 1);
    if (str_is(key, "cell_type")) {
        size_t stop = strings_end(text, value);
        cell->is_code = str_is(str_slice(text, value, stop), "\"code\"");
    } else if (str_is(key, "source") || str_is(key, "input")) {
        cell->start = value;
        cell->end = reader->at = strings_end(text, value);
    }
}

void notebook_mask(Mask *mask) {
    Reader reader = {.mask = mask};
    while (reader.at < mask->text.length) {
        char c = mask->text.data[reader.at];
        if (c == '"') {
            read_string(&reader);
            continue;
        }
        if (c == '{') {
            reader.depth++;
            Cell *cell = cell_of(&reader);
            if (cell) *cell = (Cell){0};
        } else if (c == '}' && reader.depth > 0) {
            const Cell *cell = cell_of(&reader);
            if (cell && cell->is_code) copy_cell(mask, cell);
            reader.depth--;
        }
        reader.at++;
    }
}
