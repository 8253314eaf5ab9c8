// A second reading for what the grammar takes for an assignment: in f"{price:=6.2f}" a format begins at the
// colon, as Python reads it, and "=" is its alignment.
//
// In: a text with errors. Out: the same text with another alignment in such places. Offsets stay the same.
#include "python/syntax/parse.h"

typedef struct Scanner {
    const char *data;
    size_t length, at;
    char *out;
} Scanner;

enum { NESTED_STRINGS = 8 };

static void scan_string(Scanner *scanner, bool formatted, int depth);

static char char_at(const Scanner *scanner, size_t at) {
    return at < scanner->length ? scanner->data[at] : '\0';
}

// At a quote: whether the letters before it make the string a formatted one.
static bool is_formatted(const Scanner *scanner) {
    for (size_t at = scanner->at; at > 0 && scanner->at - at < 2; at--) {
        char c = scanner->data[at - 1];
        if (c == 'f' || c == 'F') return true;
        if (c != 'r' && c != 'R') return false;
    }
    return false;
}

// From behind an open brace to its end; QUOTE ends it as well, for what is no interpolation after all.
static void scan_field(Scanner *scanner, char quote, int depth) {
    int brackets = 0;
    bool in_format = false;
    for (; scanner->at < scanner->length; scanner->at++) {
        char c = scanner->data[scanner->at];
        if (c == quote && in_format) return;
        if ((c == '"' || c == '\'') && !in_format) {
            if (depth >= NESTED_STRINGS || c == quote) return;
            scan_string(scanner, is_formatted(scanner), depth + 1);
            scanner->at--;
        } else if (c == '(' || c == '[' || c == '{') {
            brackets++;
        } else if (c == '}' && brackets == 0) {
            return;
        } else if (c == ')' || c == ']' || c == '}') {
            brackets--;
        } else if (c == ':' && brackets == 0 && !in_format) {
            in_format = true;
            if (char_at(scanner, scanner->at + 1) == '=') scanner->out[scanner->at + 1] = '>';
        } else if (c == '\n' && in_format) {
            return;
        }
    }
}

// From a quote to behind the end of the string.
static void scan_string(Scanner *scanner, bool formatted, int depth) {
    char quote = scanner->data[scanner->at];
    bool triple = char_at(scanner, scanner->at + 1) == quote && char_at(scanner, scanner->at + 2) == quote;
    scanner->at += triple ? 3 : 1;
    while (scanner->at < scanner->length) {
        char c = scanner->data[scanner->at];
        if (c == '\\') {
            scanner->at += 2;
        } else if (c == quote && (!triple || (char_at(scanner, scanner->at + 1) == quote &&
                                              char_at(scanner, scanner->at + 2) == quote))) {
            scanner->at += triple ? 3 : 1;
            return;
        } else if (c == '\n' && !triple) {
            return;
        } else if (c == '{' && formatted && char_at(scanner, scanner->at + 1) == '{') {
            scanner->at += 2;
        } else if (c == '{' && formatted) {
            scanner->at++;
            scan_field(scanner, quote, depth);
        } else {
            scanner->at++;
        }
    }
}

Str parse_plain_formats(Arena *arena, Str text) {
    char *out = arena_alloc(arena, text.length + 1);
    memcpy(out, text.data, text.length);
    Scanner scanner = {.data = text.data, .length = text.length, .out = out};
    while (scanner.at < scanner.length) {
        char c = scanner.data[scanner.at];
        if (c == '"' || c == '\'') {
            scan_string(&scanner, is_formatted(&scanner), 0);
        } else if (c == '#') {
            while (scanner.at < scanner.length && scanner.data[scanner.at] != '\n') scanner.at++;
        } else {
            scanner.at++;
        }
    }
    return (Str){out, text.length};
}
