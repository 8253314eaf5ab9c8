// A second reading for a subscript that begins a larger annotation, `def f(a: U[str] or tuple)`: behind a colon or an
// arrow the grammar takes `U[str]` for a whole type and allows no operator behind it.
//
// In: a text with errors. Out: the same text with other brackets, `U(str) or tuple`, in such places, which the walk
// reads as what the original has. Offsets stay the same. Must leave targets alone: no call can be assigned to.
#include "python/syntax/parse.h"

enum { OPEN_LIMIT = 256 }; // brackets deeper than this are left as they are

typedef struct Open {
    size_t at;
    bool candidate; // a name stands before it, and what begins a type before that
    bool sliced;    // a colon is in it
} Open;

typedef struct Reader {
    Str text;
    size_t at;
    char *out;
    Open open[OPEN_LIMIT];
    uint32_t depth;
} Reader;

static char char_at(const Reader *reader, size_t at) {
    return at < reader->text.length ? reader->text.data[at] : '\0';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\\' || c == '\n' || c == '\r';
}

// From a quote to behind its string.
static void skip_string(Reader *reader) {
    char quote = char_at(reader, reader->at);
    bool triple =
        char_at(reader, reader->at + 1) == quote && char_at(reader, reader->at + 2) == quote;
    reader->at += triple ? 3 : 1;
    for (; reader->at < reader->text.length; reader->at++) {
        char c = char_at(reader, reader->at);
        if (c == '\\') {
            reader->at++;
        } else if (c == quote && (!triple || (char_at(reader, reader->at + 1) == quote &&
                                              char_at(reader, reader->at + 2) == quote))) {
            reader->at += triple ? 3 : 1;
            return;
        } else if (c == '\n' && !triple) {
            return;
        }
    }
}

// NAME[ behind `:`, `->`, `[`, `|` or a comma inside such brackets.
static bool begins_type(const Reader *reader) {
    size_t at = reader->at;
    while (at > 0 && str_is_word_byte(reader->text.data[at - 1])) at--;
    if (at == reader->at) return false;
    while (at > 0 && is_blank(reader->text.data[at - 1])) at--;
    char before = at > 0 ? reader->text.data[at - 1] : '\0';
    bool arrow = before == '>' && at > 1 && reader->text.data[at - 2] == '-';
    bool inside = before == ',' && reader->depth > 0 && reader->open[reader->depth - 1].candidate;
    return before == ':' || arrow || before == '[' || before == '|' || inside;
}

static bool is_word_at(const Reader *reader, size_t at, const char *word) {
    Str wanted = str_from(word);
    return at + wanted.length <= reader->text.length &&
           str_equal(str_slice(reader->text, at, at + wanted.length), wanted) &&
           !str_is_word_byte(char_at(reader, at + wanted.length));
}

// Behind a closing bracket: something that a type of the grammar cannot be followed by, and no assignment.
static bool goes_on(const Reader *reader, size_t at) {
    static const char *const WORDS[] = {"or", "and", "if", "in", "is", "not"};
    while (is_blank(char_at(reader, at)) &&
           (char_at(reader, at) != '\n' || reader->depth > 0 || char_at(reader, at - 1) == '\\'))
        at++;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (is_word_at(reader, at, WORDS[i])) return true;
    char c = char_at(reader, at), next = char_at(reader, at + 1);
    if (c == '=' || c == '!') return next == '=';
    if (c == '(' || c == '[') return true;
    bool operator_ = c == '<' || c == '>' || c == '+' || c == '-' || c == '*' || c == '/' ||
                     c == '%' || c == '@' || c == '&' || c == '^';
    if (next == c) next = char_at(reader, at + 2); // **, //, <<, >>
    return operator_ && (next != '=' || c == '<' || c == '>');
}

static void open_bracket(Reader *reader, char c) {
    if (reader->depth < OPEN_LIMIT)
        reader->open[reader->depth] = (Open){reader->at, c == '[' && begins_type(reader), false};
    reader->depth++;
}

static void close_bracket(Reader *reader, char c) {
    if (reader->depth == 0) return;
    reader->depth--;
    if (reader->depth >= OPEN_LIMIT) return;
    Open open = reader->open[reader->depth];
    if (c != ']' || !open.candidate || open.sliced || !goes_on(reader, reader->at + 1)) return;
    reader->out[open.at] = '(';
    reader->out[reader->at] = ')';
}

Str parse_called_subscripts(Arena *arena, Str text) {
    char *out = arena_alloc(arena, text.length + 1);
    memcpy(out, text.data, text.length);
    Reader reader = {.text = text, .out = out};
    while (reader.at < text.length) {
        char c = text.data[reader.at];
        switch (c) {
        case '"':
        case '\'': skip_string(&reader); continue;
        case '#':
            while (reader.at < text.length && text.data[reader.at] != '\n') reader.at++;
            continue;
        case '(':
        case '[':
        case '{': open_bracket(&reader, c); break;
        case ')':
        case ']':
        case '}': close_bracket(&reader, c); break;
        case ':':
            if (reader.depth > 0 && reader.depth <= OPEN_LIMIT)
                reader.open[reader.depth - 1].sliced = true;
            break;
        default: break;
        }
        reader.at++;
    }
    return (Str){out, text.length};
}
