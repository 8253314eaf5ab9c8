// In: the text of a file. Out: its tokens. A directive gives one token, and its body a list of its own; what no
// branch of it is compiled for is read like the rest.
#include "clang/syntax/token.h"

#include <stdlib.h>
#include <string.h>

typedef struct Lexer {
    Str text;
    uint32_t at;
    Tokens *tokens;
    TokenList *out; // the file's list, or that of a body
    bool in_directive; // a line end is the end
} Lexer;

static char byte_at(const Lexer *lexer, uint32_t at) {
    return at < lexer->text.length ? lexer->text.data[at] : '\0';
}

// Length of a line end that a backslash joins to the next line; 0: none.
static uint32_t joined(const Lexer *lexer, uint32_t at) {
    if (byte_at(lexer, at) != '\\') return 0;
    if (byte_at(lexer, at + 1) == '\n') return 2;
    return byte_at(lexer, at + 1) == '\r' && byte_at(lexer, at + 2) == '\n' ? 3 : 0;
}

static void fail(Lexer *lexer, uint32_t at) {
    if (!lexer->tokens->unfinished) lexer->tokens->fault = at;
    lexer->tokens->unfinished = true;
}

static void skip_comment(Lexer *lexer) {
    uint32_t start = lexer->at;
    Str rest = str_slice(lexer->text, start + 2, lexer->text.length);
    ptrdiff_t end = str_find_str(rest, STR("*/"));
    if (end < 0) fail(lexer, start);
    lexer->at = end < 0 ? (uint32_t)lexer->text.length : start + 2 + (uint32_t)end + 2;
}

static void skip_line(Lexer *lexer) {
    while (lexer->at < lexer->text.length && byte_at(lexer, lexer->at) != '\n') {
        uint32_t join = joined(lexer, lexer->at);
        lexer->at += join ? join : 1;
    }
}

// To the next token, or the end of the directive.
static void skip_white(Lexer *lexer) {
    for (;;) {
        char c = byte_at(lexer, lexer->at);
        uint32_t join = joined(lexer, lexer->at);
        if (join)
            lexer->at += join;
        else if (c == '/' && byte_at(lexer, lexer->at + 1) == '*')
            skip_comment(lexer);
        else if (c == '/' && byte_at(lexer, lexer->at + 1) == '/')
            skip_line(lexer);
        else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' ||
                 (c == '\n' && !lexer->in_directive))
            lexer->at++;
        else
            return;
    }
}

static void add(Lexer *lexer, TokenKind kind, uint32_t start) {
    char sign = kind == TOKEN_SIGN ? byte_at(lexer, start) : '\0';
    vec_add(lexer->out, ((Token){kind, sign, start, lexer->at, 0}));
}

static void read_quoted(Lexer *lexer, uint32_t start, char quote) {
    for (lexer->at++; byte_at(lexer, lexer->at) != quote; lexer->at++) {
        if (lexer->at >= lexer->text.length || byte_at(lexer, lexer->at) == '\n') {
            // An apostrophe in text that is not compiled, or in `#error don't`.
            if (quote == '"') fail(lexer, start);
            add(lexer, TOKEN_TEXT, start);
            return;
        }
        if (byte_at(lexer, lexer->at) == '\\') {
            uint32_t join = joined(lexer, lexer->at);
            lexer->at += join ? join - 1 : 1;
        }
    }
    lexer->at++;
    add(lexer, TOKEN_TEXT, start);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void read_number(Lexer *lexer, uint32_t start) {
    while (str_is_word_byte(byte_at(lexer, lexer->at)) || byte_at(lexer, lexer->at) == '.') {
        char c = byte_at(lexer, lexer->at++);
        bool exponent = c == 'e' || c == 'E' || c == 'p' || c == 'P';
        char next = byte_at(lexer, lexer->at);
        if (exponent && (next == '+' || next == '-')) lexer->at++;
    }
    add(lexer, TOKEN_NUMBER, start);
}

static void read_word(Lexer *lexer, uint32_t start) {
    while (str_is_word_byte(byte_at(lexer, lexer->at))) lexer->at++;
    char quote = byte_at(lexer, lexer->at);
    Str word = str_slice(lexer->text, start, lexer->at);
    bool prefix = str_is(word, "L") || str_is(word, "u") || str_is(word, "U") || str_is(word, "u8");
    if (prefix && (quote == '"' || quote == '\''))
        read_quoted(lexer, start, quote);
    else
        add(lexer, TOKEN_NAME, start);
}

static void read_sign(Lexer *lexer, uint32_t start) {
    static const char *const longer[] = {"...", "<<=", ">>=", "->", "++", "--", "==", "!=", "<=",
                                         ">=",  "&&",  "||",  "+=", "-=", "*=", "/=", "%=", "&=",
                                         "|=",  "^=",  "<<",  ">>", "##"};
    Str rest = str_slice(lexer->text, start, start + 3);
    lexer->at++;
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++) {
        if (!str_starts_with(rest, str_from(longer[i]))) continue;
        lexer->at = start + (uint32_t)strlen(longer[i]);
        break;
    }
    add(lexer, TOKEN_SIGN, start);
}

// One token, behind white space; false at the end.
static bool read_token(Lexer *lexer) {
    uint32_t start = lexer->at;
    char c = byte_at(lexer, start);
    if (start >= lexer->text.length || (c == '\n' && lexer->in_directive)) return false;
    if (c == '"' || c == '\'')
        read_quoted(lexer, start, c);
    else if (is_digit(c) || (c == '.' && is_digit(byte_at(lexer, start + 1))))
        read_number(lexer, start);
    else if (str_is_word_byte(c))
        read_word(lexer, start);
    else
        read_sign(lexer, start);
    return true;
}

// ---- directives ----------------------------------------------------------------------------------
static void read_rest(Lexer *lexer, TokenList *list) {
    TokenList *before = lexer->out;
    lexer->out = list;
    while (skip_white(lexer), read_token(lexer)) continue;
    lexer->out = before;
}

static void split_parameters(const Lexer *lexer, TokenList *list, TokenList *head) {
    uint32_t close = 0;
    while (close < list->count && !token_is(lexer->text, &list->items[close], ")")) close++;
    uint32_t from = close < list->count ? close + 1 : list->count;
    for (uint32_t i = 0; i < from && from == close + 1; i++) vec_add(head, list->items[i]);
    if (head->count > 0)
        vec_add(head, ((Token){.kind = TOKEN_END, .start = vec_last(head)->end, .end = vec_last(head)->end}));
    memmove(list->items, list->items + from, (list->count - from) * sizeof *list->items);
    list->count -= from;
}

static void read_define(Lexer *lexer) {
    skip_white(lexer);
    uint32_t start = lexer->at;
    while (str_is_word_byte(byte_at(lexer, lexer->at))) lexer->at++;
    uint32_t end = lexer->at;
    if (end == start) return;
    MacroBody body = {0};
    bool has_parameters = byte_at(lexer, end) == '(';
    read_rest(lexer, &body.tokens);
    if (has_parameters) split_parameters(lexer, &body.tokens, &body.head);
    vec_add(&body.tokens, ((Token){.kind = TOKEN_END, .start = lexer->at, .end = lexer->at}));
    vec_add(lexer->out, ((Token){TOKEN_MACRO, '\0', start, end, lexer->tokens->bodies.count}));
    vec_add(&lexer->tokens->bodies, body);
}

static void read_include(Lexer *lexer) {
    skip_white(lexer);
    uint32_t start = lexer->at;
    char close = byte_at(lexer, start) == '<' ? '>' : '"';
    lexer->at++;
    while (byte_at(lexer, lexer->at) != close && byte_at(lexer, lexer->at) != '\n' &&
           lexer->at < lexer->text.length)
        lexer->at++;
    if (byte_at(lexer, lexer->at) == close) lexer->at++;
    add(lexer, TOKEN_INCLUDE, start);
}

static void read_directive(Lexer *lexer) {
    uint32_t start = lexer->at++;
    lexer->in_directive = true;
    skip_white(lexer);
    uint32_t from = lexer->at;
    while (str_is_word_byte(byte_at(lexer, lexer->at))) lexer->at++;
    Str word = str_slice(lexer->text, from, lexer->at);
    if (str_is(word, "if") || str_is(word, "ifdef") || str_is(word, "ifndef"))
        add(lexer, TOKEN_IF, start);
    else if (str_starts_with(word, STR("el")))
        add(lexer, TOKEN_ELSE, start);
    else if (str_is(word, "endif"))
        add(lexer, TOKEN_ENDIF, start);
    else if (str_is(word, "define"))
        read_define(lexer);
    else if (str_is(word, "include"))
        read_include(lexer);
    while (skip_white(lexer), lexer->at < lexer->text.length && byte_at(lexer, lexer->at) != '\n')
        lexer->at++;
    lexer->in_directive = false;
}

void tokens_read(Str text, Tokens *tokens) {
    *tokens = (Tokens){0};
    Lexer lexer = {.text = text, .tokens = tokens, .out = &tokens->list};
    bool line_begins = true;
    while (lexer.at < text.length) {
        uint32_t before = lexer.at;
        skip_white(&lexer);
        if (lexer.at >= text.length) break;
        for (uint32_t i = before; i < lexer.at; i++) line_begins |= text.data[i] == '\n';
        if (text.data[lexer.at] == '#' && line_begins)
            read_directive(&lexer);
        else
            read_token(&lexer);
        line_begins = false;
    }
    vec_add(&tokens->list, ((Token){.kind = TOKEN_END, .start = lexer.at, .end = lexer.at}));
}

void tokens_release(Tokens *tokens) {
    for (uint32_t i = 0; i < tokens->bodies.count; i++) {
        vec_release(&tokens->bodies.items[i].head);
        vec_release(&tokens->bodies.items[i].tokens);
    }
    vec_release(&tokens->bodies);
    vec_release(&tokens->list);
}

// ---- questions -----------------------------------------------------------------------------------
bool token_is(Str text, const Token *token, const char *sign) {
    return token->kind == TOKEN_SIGN && str_is(token_text(text, token), sign);
}

bool token_names(Str text, const Token *token, const char *name) {
    return token->kind == TOKEN_NAME && str_is(token_text(text, token), name);
}

static int compare_words(const void *key, const void *word) {
    return str_compare(*(const Str *)key, str_from(*(const char *const *)word));
}

static bool is_among(Str word, const char *const *sorted, size_t count) {
    return bsearch(&word, sorted, count, sizeof *sorted, compare_words) != NULL;
}

bool token_is_type_word(Str word) {
    static const char *const words[] = {
        "_Atomic",  "_Bool", "_Complex", "char",   "const",    "double",   "enum",   "float",
        "int",      "long",  "restrict", "short",  "signed",   "struct",   "union",  "unsigned",
        "void",     "volatile"};
    return is_among(word, words, sizeof words / sizeof *words);
}

bool token_is_keyword(Str word) {
    static const char *const words[] = {
        "_Alignas",      "_Alignof",      "_Generic",     "_Noreturn",   "_Static_assert",
        "_Thread_local", "__alignof__",   "__asm__",      "__attribute__", "__extension__",
        "__inline",      "__inline__",    "__restrict",   "__thread",    "__typeof__",
        "__volatile__",  "asm",           "auto",         "break",       "case",
        "continue",      "default",       "defined",      "do",          "else",
        "extern",        "for",           "goto",         "if",          "inline",
        "register",      "return",        "sizeof",       "static",      "switch",
        "typedef",       "typeof",        "while"};
    return token_is_type_word(word) || is_among(word, words, sizeof words / sizeof *words);
}
