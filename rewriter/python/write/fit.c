// Lines that grow too long because something in a call of theirs grows.
//
// In: a line, and the edits on it. Out: line breaks behind its last parenthesis, as black has them: the items on a
// line of their own where they fit, else each on its own with a comma behind. Only white space and commas between
// items change. A line that is no plain statement around that call is left as it is: where black would put
// parentheses of its own, or break at an operator.
//
//     total = add(first(x, ctx=ctx), second)      total = add(
//                                                     first(x, ctx=ctx),
//                                                     second,
//                                                 )
#include "python/write/layout.h"
#include "python/write/operations.h"

enum { DEEPEST = 32 };

typedef struct FitItem {
    uint32_t start, end;
} FitItem;

typedef struct FitLine {
    const Writing *writing;
    const GrownLine *line;
    Str text;             // the whole file
    uint32_t first;       // offset of the first text of the line
    uint32_t open, close; // the parentheses that end it
    Vec(FitItem) items;
} FitLine;

static uint32_t width(Str text) {
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; i++) count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

// ---- reading the line ----------------------------------------------------------------------------

// Behind the string that begins at AT; 0 where it does not end on the line, or may hold code.
static uint32_t skip_string(const FitLine *fit, uint32_t at) {
    char quote = fit->text.data[at];
    bool formatted = at > fit->line->start && (fit->text.data[at - 1] | 32) == 'f';
    for (uint32_t i = at + 1; i < fit->line->end; i++) {
        char c = fit->text.data[i];
        if (c == '\\')
            i++;
        else if (c == quote)
            return i + 1;
        else if (formatted && c == '{')
            return 0;
    }
    return 0;
}

// Finds the parentheses that the line ends with. False where brackets are not closed on it.
static bool find_parentheses(FitLine *fit, uint32_t last) {
    uint32_t stack[DEEPEST], depth = 0;
    for (uint32_t at = fit->first; at < fit->line->end;) {
        char c = fit->text.data[at];
        if (c == '#' || c == '\\' || c == ';') return false;
        if (c == '"' || c == '\'') {
            at = skip_string(fit, at);
            if (at == 0) return false;
            continue;
        }
        if (c == '(' || c == '[' || c == '{') {
            if (depth == DEEPEST) return false;
            stack[depth++] = at;
        }
        if (c == ')' || c == ']' || c == '}') {
            if (depth == 0) return false;
            fit->open = stack[--depth];
            if (at == last) fit->close = at;
        }
        if (at == last) break;
        at++;
    }
    return depth == 0 && fit->close == last && fit->text.data[fit->open] == '(';
}

static bool is_keyword(Str word) {
    static const char *const words[] = {"return", "in",    "and",   "or",     "not",  "if",
                                        "elif",   "while", "await", "yield",  "is",   "else",
                                        "assert", "del",   "from",  "except", "for",  "lambda",
                                        "raise",  "with",  "as",    "import", "case", "match"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i])) return true;
    return false;
}

// What stands before the call: names, dots and what is called or indexed on the way, behind at most one
// assignment and words such as `return`. No definition, which is laid out where its parameter is added.
static bool is_plain_statement(const FitLine *fit) {
    uint32_t depth = 0;
    Str word = STR_NONE;
    bool word_before = false; // right before the parenthesis
    for (uint32_t at = fit->first; at < fit->open; at++) {
        char c = fit->text.data[at];
        if (c == '"' || c == '\'') {
            at = skip_string(fit, at) - 1;
            word_before = false;
            continue;
        }
        if (c == '(' || c == '[' || c == '{') depth++;
        if (c == ')' || c == ']' || c == '}') depth--;
        if (depth > 0 || c == ']' || c == ')' || c == '}') {
            word_before = c == ']' || c == ')';
            continue;
        }
        if (str_is_word_byte(c)) {
            uint32_t end = at;
            while (end < fit->open && str_is_word_byte(fit->text.data[end])) end++;
            word = str_slice(fit->text, at, end);
            at = end - 1;
            word_before = true;
            if (str_is(word, "and") || str_is(word, "or") || str_is(word, "def") ||
                str_is(word, "class") || str_is(word, "lambda") || str_is(word, "else") ||
                str_is(word, "is"))
                return false;
        } else if (c == ' ' || c == '.' || c == '@' || c == ',' || c == '=' || c == ':') {
            // An annotation, an assignment; `==` and `x, y = f()` are black's own affair.
            if (c == '=' && at > fit->first && fit->text.data[at - 1] != ' ') return false;
            if (c == ',' || (c == '@' && at != fit->first)) return false;
            word_before = false;
        } else {
            return false;
        }
    }
    return word_before && !is_keyword(word);
}

// Cuts what is between the parentheses at its commas. False for a generator and a lambda.
static bool find_items(FitLine *fit) {
    uint32_t depth = 0, start = fit->open + 1;
    for (uint32_t at = start; at <= fit->close; at++) {
        char c = fit->text.data[at];
        if (c == '"' || c == '\'') {
            at = skip_string(fit, at) - 1;
            continue;
        }
        if (c == '(' || c == '[' || c == '{') depth++;
        bool ends = at == fit->close || (c == ',' && depth == 0);
        if (depth > 0 && (c == ')' || c == ']' || c == '}')) depth--;
        if (!ends) continue;
        Str item = str_trim(str_slice(fit->text, start, at));
        if (item.length == 0) break; // behind a last comma
        if (str_find_word(item, STR("lambda")) >= 0 || str_find_word(item, STR("for")) >= 0)
            return false;
        uint32_t from = (uint32_t)(item.data - fit->text.data);
        vec_add(&fit->items, ((FitItem){from, from + (uint32_t)item.length}));
        start = at + 1;
    }
    return fit->items.count > 0;
}

// Each edit is in an item, not at the gap beside it; some one is.
static bool edits_fit(const FitLine *fit) {
    uint32_t inside = 0;
    for (uint32_t i = 0; i < fit->line->count; i++) {
        const TextEdit *edit = &fit->line->edits[i];
        if (edit->end <= fit->open || edit->start > fit->close) continue;
        bool found = false;
        for (uint32_t k = 0; k < fit->items.count; k++) {
            const FitItem *item = &fit->items.items[k];
            bool empty = edit->start == edit->end;
            found |= edit->start >= item->start && edit->end <= item->end &&
                     !(empty && (edit->start == item->start || edit->end == item->end));
        }
        if (!found) return false;
        inside++;
    }
    return inside > 0;
}

// ---- writing it ----------------------------------------------------------------------------------

// Width of [start, end) with the edits in it.
static uint32_t width_after(const FitLine *fit, uint32_t start, uint32_t end) {
    uint32_t sum = width(str_slice(fit->text, start, end));
    for (uint32_t i = 0; i < fit->line->count; i++) {
        const TextEdit *edit = &fit->line->edits[i];
        if (edit->start < start || edit->end > end) continue;
        sum += width(edit->text);
        sum -= width(str_slice(fit->text, edit->start, edit->end));
    }
    return sum;
}

static void write_breaks(const FitLine *fit, Str indent, bool one_line, bool had_comma) {
    const Writing *writing = fit->writing;
    StrBuf inner = {0}, text = {0};
    strbuf_add(&inner, writing->file->newline);
    strbuf_add(&inner, indent);
    strbuf_add(&inner, writing->indent);
    write_replace(writing, fit->open + 1, fit->items.items[0].start, strbuf_str(&inner));
    for (uint32_t i = 1; i < fit->items.count && !one_line; i++) {
        strbuf_clear(&text);
        strbuf_add_char(&text, ',');
        strbuf_add(&text, strbuf_str(&inner));
        write_replace(writing, fit->items.items[i - 1].end, fit->items.items[i].start,
                      strbuf_str(&text));
    }
    strbuf_clear(&text);
    if (!one_line || had_comma) strbuf_add_char(&text, ',');
    strbuf_add(&text, writing->file->newline);
    strbuf_add(&text, indent);
    write_replace(writing, vec_last(&fit->items)->end, fit->close, strbuf_str(&text));
    strbuf_release(&inner);
    strbuf_release(&text);
}

static void fit_line(FitLine *fit) {
    const SourceFile *file = fit->writing->file;
    uint32_t limit = fit->writing->facts->sources->line_limit, last = fit->line->end;
    Str indent = source_line_indent(file, fit->line->start);
    fit->first = fit->line->start + (uint32_t)indent.length;
    while (last > fit->first && layout_is_blank(fit->text.data[last - 1])) last--;
    if (last > fit->first && (fit->text.data[last - 1] == ':' || fit->text.data[last - 1] == ','))
        last--;
    if (last <= fit->first || fit->text.data[last - 1] != ')') return;
    if (!find_parentheses(fit, last - 1) || !is_plain_statement(fit) || !find_items(fit) ||
        !edits_fit(fit))
        return;
    uint32_t head = width(indent) + width_after(fit, fit->first, fit->open + 1);
    uint32_t end = vec_last(&fit->items)->end;
    bool had_comma = str_find(str_slice(fit->text, end, fit->close), ',') >= 0;
    uint32_t body = width(indent) + width(fit->writing->indent) +
                    width_after(fit, fit->items.items[0].start, end);
    if (head <= limit) write_breaks(fit, indent, body <= limit && !had_comma, had_comma);
}

// ---- strings of several lines ----------------------------------------------------------------------

// Where the string that begins at AT ends; the end of the text when nowhere.
static uint32_t string_end(Str text, uint32_t at) {
    char quote = text.data[at];
    bool triple = at + 2 < text.length && text.data[at + 1] == quote && text.data[at + 2] == quote;
    for (uint32_t i = at + (triple ? 3 : 1); i < text.length; i++) {
        char c = text.data[i];
        if (c == '\\')
            i++;
        else if (!triple && (c == quote || c == '\n'))
            return i + 1;
        else if (triple && c == quote && i + 2 < text.length && text.data[i + 1] == quote &&
                 text.data[i + 2] == quote)
            return i + 3;
    }
    return (uint32_t)text.length;
}

void write_fit_lines(const Facts *facts, ModuleId module, const GrownLine *lines, uint32_t count,
                     TextEdits *out) {
    Writing writing = writing_on(facts, module, out);
    Str text = writing.file->text;
    uint32_t at = 0, next = 0;
    while (at < text.length && next < count) {
        if (at >= lines[next].start) {
            // A line that begins inside a string is none of the program's.
            FitLine fit = {.writing = &writing, .line = &lines[next], .text = text};
            if (at == lines[next].start) fit_line(&fit);
            vec_release(&fit.items);
            next++;
            continue;
        }
        char c = text.data[at];
        if (c == '#')
            at = source_line_end(writing.file, at);
        else if (c == '"' || c == '\'')
            at = string_end(text, at);
        else
            at++;
    }
}
