// Cuts a CREATE TABLE into its columns and constraints without understanding more of them than it must.
#include "data/table_text.h"

#include <strings.h>

#include "data/dialect.h"

typedef enum TokenKind { TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_MARK } TokenKind;

typedef struct Token {
    TokenKind kind;
    size_t start, end;
} Token;

typedef struct Scanner {
    Str sql;
    size_t at;
    bool is_broken; // a quote or a comment that is not closed
} Scanner;

// ---- tokens --------------------------------------------------------------------------------------

static char at(const Scanner *scanner, size_t offset) {
    return offset < scanner->sql.length ? scanner->sql.data[offset] : '\0';
}

static void skip_space(Scanner *scanner) {
    for (;;) {
        char c = at(scanner, scanner->at), next = at(scanner, scanner->at + 1);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            scanner->at++;
        } else if (c == '-' && next == '-') {
            while (scanner->at < scanner->sql.length && at(scanner, scanner->at) != '\n')
                scanner->at++;
        } else if (c == '/' && next == '*') {
            Str rest = str_slice(scanner->sql, scanner->at + 2, scanner->sql.length);
            ptrdiff_t close = str_find_str(rest, STR("*/"));
            scanner->is_broken = scanner->is_broken || close < 0;
            scanner->at = close < 0 ? scanner->sql.length : scanner->at + 4 + (size_t)close;
        } else {
            return;
        }
    }
}

static Token next_token(Scanner *scanner) {
    skip_space(scanner);
    size_t start = scanner->at;
    char c = at(scanner, start);
    if (start >= scanner->sql.length) return (Token){TOKEN_END, start, start};
    if (c == '"' || c == '\'' || c == '`' || c == '[') {
        char close = c == '[' ? ']' : c;
        size_t end = start + 1;
        while (end < scanner->sql.length &&
               (at(scanner, end) != close || (close != ']' && at(scanner, end + 1) == close)))
            end += at(scanner, end) == close ? 2 : 1;
        scanner->is_broken = scanner->is_broken || end >= scanner->sql.length;
        scanner->at = end < scanner->sql.length ? end + 1 : end;
        return (Token){TOKEN_QUOTED, start, scanner->at};
    }
    while (str_is_word_byte(at(scanner, scanner->at)) || at(scanner, scanner->at) == '$')
        scanner->at++;
    if (scanner->at > start) return (Token){TOKEN_WORD, start, scanner->at};
    scanner->at++;
    return (Token){TOKEN_MARK, start, scanner->at};
}

static bool is_word(const Scanner *scanner, Token token, const char *word) {
    size_t length = str_from(word).length;
    return token.kind == TOKEN_WORD && token.end - token.start == length &&
           strncasecmp(scanner->sql.data + token.start, word, length) == 0;
}

static bool is_mark(const Scanner *scanner, Token token, char mark) {
    return token.kind == TOKEN_MARK && at(scanner, token.start) == mark;
}

// Whether the token names NAME; quoted names with doubled quotes inside are taken for others.
static bool is_name(const Scanner *scanner, Token token, Str name) {
    size_t quotes = token.kind == TOKEN_QUOTED;
    Str text = str_slice(scanner->sql, token.start + quotes, token.end - quotes);
    return text.length == name.length &&
           (name.length == 0 || strncasecmp(text.data, name.data, name.length) == 0);
}

// ---- items ---------------------------------------------------------------------------------------

static bool begins_constraint(const Scanner *scanner, Token token) {
    static const char *const words[] = {"CONSTRAINT", "UNIQUE", "PRIMARY", "CHECK", "FOREIGN"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(scanner, token, words[i])) return true;
    return false;
}

// Behind "CREATE TABLE name ("; false for CREATE TABLE ... AS and what is none.
static bool skip_head(Scanner *scanner) {
    Token token = next_token(scanner);
    if (!is_word(scanner, token, "CREATE")) return false;
    for (unsigned count = 0; count < 10; count++) {
        token = next_token(scanner);
        if (is_mark(scanner, token, '(')) return true;
        if (token.kind == TOKEN_END || is_word(scanner, token, "AS") ||
            is_word(scanner, token, "VIRTUAL"))
            return false;
    }
    return false;
}

// The items between the parentheses; *END is the offset of the last one. False when it is not closed.
static bool read_items(Arena *arena, Scanner *scanner, StrItems *texts, size_t *end) {
    unsigned depth = 1;
    size_t start = 0, last = 0;
    bool is_open = false;
    for (;;) {
        Token token = next_token(scanner);
        if (token.kind == TOKEN_END || scanner->is_broken) return false;
        if (is_mark(scanner, token, '(')) depth++;
        if (is_mark(scanner, token, ')')) depth--;
        bool ends = depth == 0 || (depth == 1 && is_mark(scanner, token, ','));
        if (ends && is_open) list_add(arena, texts, str_slice(scanner->sql, start, last));
        if (ends && !is_open) return false;
        *end = token.start;
        if (depth == 0) return true;
        if (!ends && !is_open) start = token.start;
        is_open = !ends;
        last = token.end;
    }
}

// ---- UNIQUE --------------------------------------------------------------------------------------

// Whether the columns in parentheses behind the scanner are those of SET.
static bool reads_set(Scanner *scanner, const StrItems *set) {
    uint32_t found = 0, count = 0;
    if (!is_mark(scanner, next_token(scanner), '(')) return false;
    for (;;) {
        Token token = next_token(scanner);
        count++;
        for (uint32_t i = 0; i < set->count; i++) found += is_name(scanner, token, set->items[i]);
        token = next_token(scanner);
        if (is_mark(scanner, token, ')')) break;
        if (!is_mark(scanner, token, ',')) return false; // COLLATE, DESC
    }
    return count == set->count && found == count;
}

// A table constraint [CONSTRAINT name] UNIQUE (set).
static bool is_constraint_on(Str item, const StrItems *set) {
    Scanner scanner = {.sql = item};
    Token token = next_token(&scanner);
    if (is_word(&scanner, token, "CONSTRAINT")) {
        next_token(&scanner);
        token = next_token(&scanner);
    }
    return is_word(&scanner, token, "UNIQUE") && reads_set(&scanner, set);
}

// A column's own UNIQUE, with its name and what to do about conflicts: [*FROM, *TO) of the item.
static bool find_own_unique(Str item, Str column, size_t *from, size_t *to) {
    Scanner scanner = {.sql = item};
    Token token = next_token(&scanner), before = token, named = {TOKEN_END, 0, 0};
    unsigned depth = 0;
    if (!is_name(&scanner, token, column)) return false;
    while ((token = next_token(&scanner)).kind != TOKEN_END) {
        depth += is_mark(&scanner, token, '(');
        depth -= is_mark(&scanner, token, ')');
        if (depth == 0 && is_word(&scanner, token, "UNIQUE")) break;
        named = is_word(&scanner, before, "CONSTRAINT") ? before : (Token){TOKEN_END, 0, 0};
        before = token;
    }
    if (token.kind == TOKEN_END) return false;
    *from = named.kind == TOKEN_WORD ? named.start : token.start;
    *to = token.end;
    if (is_word(&scanner, next_token(&scanner), "ON") &&
        is_word(&scanner, next_token(&scanner), "CONFLICT"))
        *to = next_token(&scanner).end;
    return true;
}

// Takes UNIQUE on SET out of the items; false when none has it.
static bool drop_unique(Arena *arena, StrItems *items, const StrItems *set) {
    for (uint32_t i = 0; i < items->count; i++) {
        size_t from, to;
        if (is_constraint_on(items->items[i], set)) {
            items->items[i] = STR_NONE;
            return true;
        }
        if (set->count != 1 || !find_own_unique(items->items[i], set->items[0], &from, &to))
            continue;
        Str before = str_trim(str_slice(items->items[i], 0, from));
        Str after = str_slice(items->items[i], to, items->items[i].length);
        items->items[i] = arena_format(arena, "%.*s%.*s", STR_ARG(before), STR_ARG(after));
        return true;
    }
    return false;
}

// ---- the text ------------------------------------------------------------------------------------

static bool is_constraint_item(Str item) {
    Scanner scanner = {.sql = item};
    return begins_constraint(&scanner, next_token(&scanner));
}

static void add_item(StrBuf *out, bool *first, Str item) {
    if (item.length == 0) return;
    strbuf_add_text(out, *first ? "" : ", ");
    strbuf_add(out, item);
    *first = false;
}

Str table_text_rewrite(Arena *arena, Str sql, const TableText *change) {
    Scanner scanner = {.sql = sql};
    StrItems items = {0};
    size_t end = 0;
    if (!skip_head(&scanner) || !read_items(arena, &scanner, &items, &end)) return STR_NONE;
    for (uint32_t i = 0; i < change->without_unique.count; i++)
        if (!drop_unique(arena, &items, change->without_unique.items[i])) return STR_NONE;
    StrBuf out = {0};
    bool first = true, added = false;
    strbuf_add_text(&out, "CREATE TABLE ");
    dialect_name(dialect_of(ENGINE_SQLITE), change->name, &out);
    strbuf_add_text(&out, " (");
    for (uint32_t i = 0; i <= items.count; i++) {
        if (!added && (i == items.count || is_constraint_item(items.items[i]))) {
            for (uint32_t k = 0; k < change->columns.count; k++)
                add_item(&out, &first, change->columns.items[k]);
            added = true;
        }
        if (i < items.count) add_item(&out, &first, items.items[i]);
    }
    strbuf_add(&out, str_slice(sql, end, sql.length));
    Str text = arena_copy(arena, strbuf_str(&out));
    strbuf_release(&out);
    return text;
}
