// A second reading for texts that the grammar's scanner misreads: it takes a line inside brackets that stands
// further left than its block for the end of the block (`y = (a +` and `b)` below it at the margin).
//
// In: a text with errors. Out: the same text with every line end and comment inside brackets as blanks, so that
// no such line is left. Offsets stay the same. Must not judge: where brackets do not match, the grammar will.
#include "python/syntax/parse.h"

typedef struct Reader {
    const char *data;
    size_t length, at;
    char *out;
    uint32_t depth;
} Reader;

// From a quote to the end of its string, or of the text.
static void skip_string(Reader *reader) {
    char quote = reader->data[reader->at];
    bool triple = reader->at + 2 < reader->length && reader->data[reader->at + 1] == quote &&
                  reader->data[reader->at + 2] == quote;
    reader->at += triple ? 3 : 1;
    for (; reader->at < reader->length; reader->at++) {
        char c = reader->data[reader->at];
        if (c == '\\') {
            reader->at++;
        } else if (!triple && (c == quote || c == '\n')) {
            break;
        } else if (triple && c == quote && reader->at + 2 < reader->length &&
                   reader->data[reader->at + 1] == quote && reader->data[reader->at + 2] == quote) {
            reader->at += 2;
            break;
        }
    }
    if (reader->at < reader->length) reader->at++;
}

static void skip_comment(Reader *reader) {
    for (; reader->at < reader->length && reader->data[reader->at] != '\n'; reader->at++)
        if (reader->depth) reader->out[reader->at] = ' ';
}

Str parse_join_brackets(Arena *arena, Str text) {
    char *out = arena_alloc(arena, text.length + 1);
    memcpy(out, text.data, text.length);
    Reader reader = {.data = text.data, .length = text.length, .out = out};
    while (reader.at < reader.length) {
        switch (reader.data[reader.at]) {
        case '"': case '\'': skip_string(&reader); continue;
        case '#': skip_comment(&reader); continue;
        case '(': case '[': case '{': reader.depth++; break;
        case ')': case ']': case '}': reader.depth -= reader.depth > 0; break;
        case '\n': case '\r':
            if (reader.depth) out[reader.at] = ' ';
            break;
        default: break;
        }
        reader.at++;
    }
    return (Str){out, text.length};
}
