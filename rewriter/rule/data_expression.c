// Values of rules about data, by recursive descent. Takes nothing that data_expression.h does not list:
// whatever comes out of here can be printed for every engine, and does nothing but read.
#include "rule/data_expression.h"

#include <strings.h>

enum { DEPTH_MAX = 32 };

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_NAME, // a word or a name in quotes
    TOKEN_TEXT,
    TOKEN_SYMBOL, // ( ) , . = <>
    TOKEN_WRONG,
} TokenKind;

typedef struct Token {
    TokenKind kind;
    bool is_quoted; // TOKEN_NAME: no word of the language
    Str text;       // without quotes, doubled ones undone
    size_t start, end;
} Token;

typedef struct Parser {
    Arena *arena;
    Str text;
    FileId file;
    uint32_t origin;
    size_t at;
    Token token; // the next one
    unsigned depth;
    ExpressionFault *fault;
} Parser;

// ---- tokens --------------------------------------------------------------------------------------

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// From a quote to its pair; two of them stand for one.
static Token read_quoted(Parser *parser, char quote) {
    Token token = {.kind = quote == '\'' ? TOKEN_TEXT : TOKEN_NAME, .is_quoted = true};
    StrBuf text = {0};
    size_t at = parser->at + 1;
    token.start = parser->at;
    for (;; at++) {
        if (at >= parser->text.length || parser->text.data[at] == '\0') {
            token.kind = TOKEN_WRONG;
            break;
        }
        if (parser->text.data[at] == quote) {
            if (at + 1 >= parser->text.length || parser->text.data[at + 1] != quote) break;
            at++;
        }
        strbuf_add_char(&text, parser->text.data[at]);
    }
    token.end = at < parser->text.length ? at + 1 : parser->text.length;
    token.text = arena_copy(parser->arena, strbuf_str(&text));
    strbuf_release(&text);
    if (token.kind == TOKEN_NAME && token.text.length == 0) token.kind = TOKEN_WRONG;
    return token;
}

static Token read_token(Parser *parser) {
    Str text = parser->text;
    while (parser->at < text.length && is_space(text.data[parser->at])) parser->at++;
    size_t start = parser->at, end = start;
    if (start == text.length) return (Token){.kind = TOKEN_END, .start = start, .end = start};
    char c = text.data[start];
    if (c == '\'' || c == '"') return read_quoted(parser, c);
    bool is_digit = c >= '0' && c <= '9';
    while (end < text.length && str_is_word_byte(text.data[end])) end++;
    if (end > start)
        return (Token){is_digit ? TOKEN_WRONG : TOKEN_NAME, false, str_slice(text, start, end),
                       start, end};
    end = start + (str_starts_with(str_slice(text, start, text.length), STR("<>")) ? 2 : 1);
    bool known = end == start + 2 || c == '(' || c == ')' || c == ',' || c == '.' || c == '=';
    return (Token){known ? TOKEN_SYMBOL : TOKEN_WRONG, false, str_slice(text, start, end), start,
                   end};
}

static void advance(Parser *parser) {
    parser->at = parser->token.end;
    parser->token = read_token(parser);
}

static bool is_symbol(const Parser *parser, const char *symbol) {
    return parser->token.kind == TOKEN_SYMBOL && str_is(parser->token.text, symbol);
}

static bool is_word(const Parser *parser, const char *word) {
    Str text = parser->token.text;
    return parser->token.kind == TOKEN_NAME && !parser->token.is_quoted &&
           text.length == str_from(word).length && strncasecmp(text.data, word, text.length) == 0;
}

static bool accept(Parser *parser, bool is_there) {
    if (is_there) advance(parser);
    return is_there;
}

static bool fail(Parser *parser, const char *wanted) {
    if (parser->fault->wanted == NULL)
        *parser->fault = (ExpressionFault){parser->token.start, parser->token.end, wanted};
    return false;
}

static bool demand_symbol(Parser *parser, const char *symbol, const char *wanted) {
    return accept(parser, is_symbol(parser, symbol)) || fail(parser, wanted);
}

static bool demand_word(Parser *parser, const char *word, const char *wanted) {
    return accept(parser, is_word(parser, word)) || fail(parser, wanted);
}

// ---- values --------------------------------------------------------------------------------------

static DataExpression *parse_value(Parser *parser);
static DataExpression *parse_condition(Parser *parser);

static DataExpression *node(Parser *parser, DataExpressionKind kind, size_t start) {
    DataExpression *made = arena_new(parser->arena, DataExpression);
    made->kind = kind;
    made->span = (Span){parser->file, parser->origin + (uint32_t)start, 0};
    return made;
}

// Ends where the last token that was taken ends.
static DataExpression *close(Parser *parser, DataExpression *made) {
    size_t end = parser->token.start;
    while (end > 0 && is_space(parser->text.data[end - 1])) end--;
    made->span.end = parser->origin + (uint32_t)end;
    return made;
}

// CHILD behind *LAST, which is NULL for the first one.
static void append(DataExpression *parent, DataExpression **last, DataExpression *child) {
    if (*last == NULL)
        parent->first = child;
    else
        (*last)->next = child;
    *last = child;
}

// (value, value...), at least two.
static DataExpression *parse_call(Parser *parser, DataExpressionKind kind) {
    DataExpression *call = node(parser, kind, parser->token.start), *last = NULL;
    advance(parser);
    if (!demand_symbol(parser, "(", "'('")) return NULL;
    unsigned count = 0;
    do {
        DataExpression *value = parse_value(parser);
        if (value == NULL) return NULL;
        append(call, &last, value);
        count++;
    } while (accept(parser, is_symbol(parser, ",")));
    if (count < 2) {
        fail(parser, "',' and another value");
        return NULL;
    }
    return demand_symbol(parser, ")", "',' or ')'") ? close(parser, call) : NULL;
}

static DataExpression *parse_case(Parser *parser) {
    DataExpression *made = node(parser, EXPRESSION_CASE, parser->token.start), *last = NULL;
    advance(parser);
    if (!is_word(parser, "when")) {
        fail(parser, "'when'");
        return NULL;
    }
    while (accept(parser, is_word(parser, "when"))) {
        DataExpression *condition = parse_condition(parser);
        if (condition == NULL || !demand_word(parser, "then", "'then'")) return NULL;
        DataExpression *value = parse_value(parser);
        if (value == NULL) return NULL;
        append(made, &last, condition);
        append(made, &last, value);
    }
    if (!demand_word(parser, "else", "'when' or 'else'")) return NULL;
    DataExpression *rest = parse_value(parser);
    if (rest == NULL || !demand_word(parser, "end", "'end'")) return NULL;
    append(made, &last, rest);
    return close(parser, made);
}

static bool is_reserved(const Parser *parser) {
    static const char *const words[] = {"when", "then", "else", "end", "is",
                                        "null", "not",  "and",  "or"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(parser, words[i])) return true;
    return false;
}

static DataExpression *parse_column(Parser *parser) {
    DataExpression *column = node(parser, EXPRESSION_COLUMN, parser->token.start);
    column->text = parser->token.text;
    advance(parser);
    if (accept(parser, is_symbol(parser, "."))) {
        if (parser->token.kind != TOKEN_NAME) {
            fail(parser, "a column of that table");
            return NULL;
        }
        column->table = column->text;
        column->text = parser->token.text;
        advance(parser);
    } else if (is_symbol(parser, "(")) {
        *parser->fault = (ExpressionFault){column->span.start - parser->origin, parser->token.start,
                                           "coalesce, concat or case"};
        return NULL;
    }
    return close(parser, column);
}

static DataExpression *parse_simple(Parser *parser) {
    if (is_word(parser, "coalesce")) return parse_call(parser, EXPRESSION_COALESCE);
    if (is_word(parser, "concat")) return parse_call(parser, EXPRESSION_CONCAT);
    if (is_word(parser, "case")) return parse_case(parser);
    if (parser->token.kind == TOKEN_NAME && !is_reserved(parser)) return parse_column(parser);
    if (parser->token.kind != TOKEN_TEXT) {
        fail(parser, "a column, a text in single quotes, coalesce, concat or case");
        return NULL;
    }
    DataExpression *text = node(parser, EXPRESSION_TEXT, parser->token.start);
    text->text = parser->token.text;
    advance(parser);
    return close(parser, text);
}

static DataExpression *parse_value(Parser *parser) {
    if (++parser->depth > DEPTH_MAX) {
        fail(parser, "less that is nested");
        return NULL;
    }
    DataExpression *value = parse_simple(parser);
    parser->depth--;
    return value;
}

// ---- conditions ----------------------------------------------------------------------------------

static DataExpression *pair(Parser *parser, DataExpressionKind kind, DataExpression *left,
                            DataExpression *right) {
    if (left == NULL || right == NULL) return NULL;
    DataExpression *made = node(parser, kind, left->span.start - parser->origin);
    made->first = left;
    left->next = right;
    return close(parser, made);
}

static DataExpression *parse_null_test(Parser *parser, DataExpression *value) {
    bool negated = accept(parser, is_word(parser, "not"));
    if (!demand_word(parser, "null", negated ? "'null'" : "'null' or 'not null'")) return NULL;
    DataExpression *made = node(parser, negated ? EXPRESSION_NOT_NULL : EXPRESSION_NULL,
                                value->span.start - parser->origin);
    made->first = value;
    return close(parser, made);
}

static DataExpression *parse_test(Parser *parser) {
    if (accept(parser, is_symbol(parser, "("))) {
        if (++parser->depth > DEPTH_MAX) {
            fail(parser, "less that is nested");
            return NULL;
        }
        DataExpression *inner = parse_condition(parser);
        parser->depth--;
        return inner != NULL && demand_symbol(parser, ")", "')'") ? inner : NULL;
    }
    DataExpression *value = parse_value(parser);
    if (value == NULL) return NULL;
    if (accept(parser, is_word(parser, "is"))) return parse_null_test(parser, value);
    if (accept(parser, is_symbol(parser, "=")))
        return pair(parser, EXPRESSION_EQUAL, value, parse_value(parser));
    if (accept(parser, is_symbol(parser, "<>")))
        return pair(parser, EXPRESSION_DIFFERENT, value, parse_value(parser));
    fail(parser, "'=', '<>' or 'is'");
    return NULL;
}

static DataExpression *parse_all(Parser *parser) {
    DataExpression *left = parse_test(parser);
    while (left != NULL && accept(parser, is_word(parser, "and")))
        left = pair(parser, EXPRESSION_AND, left, parse_test(parser));
    return left;
}

static DataExpression *parse_condition(Parser *parser) {
    DataExpression *left = parse_all(parser);
    while (left != NULL && accept(parser, is_word(parser, "or")))
        left = pair(parser, EXPRESSION_OR, left, parse_all(parser));
    return left;
}

const DataExpression *data_expression_parse(Arena *arena, Str text, FileId file, uint32_t start,
                                            ExpressionFault *fault) {
    Parser parser = {.arena = arena, .text = text, .file = file, .origin = start, .fault = fault};
    *fault = (ExpressionFault){0};
    parser.token = read_token(&parser);
    DataExpression *value = parse_value(&parser);
    if (value == NULL) return NULL;
    if (parser.token.kind == TOKEN_END) return value;
    fail(&parser, "the end");
    return NULL;
}
