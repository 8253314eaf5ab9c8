// Text of one statement into leaves. In: the text from its first character on. Out: leaves in the order of the text,
// brackets with their partners, comments with the leaf that they stand behind.
#include "python/style/leaf.h"

#include "source/utf8.h"

enum { DEEPEST = 60 };

typedef struct Reader {
    Arena *arena;
    Str text;
    size_t at;
    Leaves *leaves;
    Leaf *open[DEEPEST]; // brackets that are not closed yet
    uint32_t depth;
    bool line_end; // one stands before what comes next
    bool blank;
} Reader;

Leaf *leaf_new(Arena *arena, LeafKind kind, Str text) {
    Leaf *leaf = arena_new(arena, Leaf);
    leaf->kind = kind;
    leaf->text = text;
    return leaf;
}

bool leaf_is(const Leaf *leaf, const char *text) { return str_is(leaf->text, text); }

void leaves_number(const Leaves *leaves) {
    for (uint32_t i = 0; i < leaves->count; i++) leaves->items[i]->place = i;
}

bool leaves_have(const Leaves *leaves, const Leaf *leaf) {
    return leaf->place < leaves->count && leaves->items[leaf->place] == leaf;
}

uint32_t leaf_width(Str text) {
    uint32_t sum = 0;
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80) { // rare: character by character from here on
            for (Str rest = str_slice(text, i, text.length); rest.length > 0;) {
                Str character = utf8_take(&rest);
                sum += utf8_width(utf8_code_point(character));
            }
            return sum;
        } else {
            sum++;
        }
    return sum;
}

bool leaf_ends_value(const Leaf *leaf) {
    static const char *const words[] = {"and",   "as",     "assert", "async", "await", "class",    "def",  "del",
                                        "elif",  "else",   "except", "for",   "from",  "global",   "if",   "import",
                                        "in",    "is",     "lambda", "not",   "or",    "nonlocal", "raise", "return",
                                        "while", "with",   "yield"};
    if (leaf->kind == LEAF_NUMBER || leaf->kind == LEAF_STRING || leaf->kind == LEAF_CLOSE) return true;
    if (leaf->kind != LEAF_NAME) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (leaf_is(leaf, words[i])) return false;
    return true;
}

// ---- strings -------------------------------------------------------------------------------------------
static bool is_quote(char c) { return c == '"' || c == '\''; }

static size_t interpolation_end(Str text, size_t at);

size_t leaf_string_end(Str text, size_t at, bool formatted) {
    char quote = text.data[at];
    bool triple = at + 2 < text.length && text.data[at + 1] == quote && text.data[at + 2] == quote;
    for (size_t i = at + (triple ? 3 : 1); i < text.length; i++) {
        char c = text.data[i];
        if (c == '\\')
            i++;
        else if (formatted && c == '{' && i + 1 < text.length && text.data[i + 1] == '{')
            i++;
        else if (formatted && c == '{')
            i = interpolation_end(text, i) - 1;
        else if (!triple && (c == quote || c == '\n'))
            return i + 1;
        else if (triple && c == quote && i + 2 < text.length && text.data[i + 1] == quote && text.data[i + 2] == quote)
            return i + 3;
    }
    return text.length;
}

// Behind the brace that closes the one AT. Since Python 3.12 a string in it may have the quotes of the one around.
static size_t interpolation_end(Str text, size_t at) {
    uint32_t depth = 0;
    for (size_t i = at; i < text.length; i++) {
        char c = text.data[i];
        if (is_quote(c)) {
            i = leaf_string_end(text, i, i > 0 && (text.data[i - 1] | 32) == 'f') - 1;
            continue;
        }
        if (c == '\n') return i;
        if (c == '(' || c == '[' || c == '{') depth++;
        if ((c == ')' || c == ']' || c == '}') && --depth == 0) return i + 1;
    }
    return text.length;
}

// Letters that may stand before a quote.
static bool is_prefix(Str word) {
    for (size_t i = 0; i < word.length; i++)
        if (strchr("rRbBuUfFtT", word.data[i]) == NULL) return false;
    return word.length > 0 && word.length <= 2;
}

// ---- leaves --------------------------------------------------------------------------------------------
static Leaf *add_leaf(Reader *reader, LeafKind kind, size_t end) {
    Leaf *leaf = leaf_new(reader->arena, kind, str_slice(reader->text, reader->at, end));
    leaf->start = (uint32_t)reader->at;
    leaf->end = (uint32_t)end;
    leaf->space = reader->blank;
    vec_add(reader->leaves, leaf);
    reader->at = end;
    reader->line_end = reader->blank = false;
    return leaf;
}

static bool read_string(Reader *reader, size_t quote) {
    bool formatted = false;
    for (size_t i = reader->at; i < quote; i++) formatted |= strchr("fFtT", reader->text.data[i]) != NULL;
    size_t end = leaf_string_end(reader->text, quote, formatted);
    Str string = str_slice(reader->text, reader->at, end);
    if (str_find(string, '\n') >= 0 || end - quote < 2) return false;
    add_leaf(reader, LEAF_STRING, end);
    return true;
}

static bool read_word(Reader *reader) {
    size_t end = reader->at;
    while (end < reader->text.length && str_is_word_byte(reader->text.data[end])) end++;
    bool string = end < reader->text.length && is_quote(reader->text.data[end]) &&
                  is_prefix(str_slice(reader->text, reader->at, end));
    if (string) return read_string(reader, end);
    add_leaf(reader, LEAF_NAME, end);
    return true;
}

static void read_number(Reader *reader) {
    size_t end = reader->at;
    for (; end < reader->text.length; end++) {
        char c = reader->text.data[end], last = end > reader->at ? reader->text.data[end - 1] : '0';
        bool exponent = (c == '+' || c == '-') && (last | 32) == 'e' && reader->text.data[reader->at + 1] != 'x';
        if (!str_is_word_byte(c) && c != '.' && !exponent) break;
    }
    add_leaf(reader, LEAF_NUMBER, end);
}

static bool read_operator(Reader *reader) {
    static const char *const words[] = {"...", "**=", "//=", ">>=", "<<=", "!=", "==", "<=", ">=", "->",
                                        ":=",  "+=",  "-=",  "*=",  "/=",  "%=", "&=", "|=", "^=", "@=",
                                        "**",  "//",  ">>",  "<<",  "+",   "-",  "*",  "/",  "%",  "@",
                                        "&",   "|",   "^",   "~",   "<",   ">",  "=",  ".",  ",",  ":"};
    Str rest = str_slice(reader->text, reader->at, reader->text.length);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts_with(rest, str_from(words[i]))) {
            add_leaf(reader, i == 0 ? LEAF_NUMBER : LEAF_OPERATOR, reader->at + strlen(words[i]));
            return true;
        }
    return false; // a semicolon, a backslash, or no Python
}

static bool read_bracket(Reader *reader) {
    char c = reader->text.data[reader->at];
    if (c == '(' || c == '[' || c == '{') {
        if (reader->depth == DEEPEST) return false;
        reader->open[reader->depth++] = add_leaf(reader, LEAF_OPEN, reader->at + 1);
        return true;
    }
    if (reader->depth == 0) return false;
    Leaf *open = reader->open[--reader->depth], *close = add_leaf(reader, LEAF_CLOSE, reader->at + 1);
    open->partner = close;
    close->partner = open;
    char wanted = open->text.data[0] == '(' ? ')' : open->text.data[0] == '[' ? ']' : '}';
    return c == wanted;
}

static bool read_comment(Reader *reader) {
    size_t end = reader->at;
    while (end < reader->text.length && reader->text.data[end] != '\n') end++;
    size_t shown = end;
    while (shown > reader->at && (reader->text.data[shown - 1] == ' ' || reader->text.data[shown - 1] == '\r')) shown--;
    Str comment = str_slice(reader->text, reader->at, shown);
    if (str_find_str(comment, STR("fmt:")) >= 0 || reader->leaves->count == 0) return false;
    if (reader->line_end) {
        if (reader->depth == 0) return false;
        add_leaf(reader, LEAF_COMMENT, shown);
    } else {
        Leaf *last = *vec_last(reader->leaves);
        last->comment = comment;
        last->comment_start = (uint32_t)reader->at;
    }
    reader->at = end;
    return true;
}

static bool read_white(Reader *reader) {
    char c = reader->text.data[reader->at++];
    if (c == '\n' && reader->depth == 0) return false;
    reader->line_end |= c == '\n';
    reader->blank |= c == ' ' || c == '\t';
    return true;
}

static bool is_white(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static bool read_leaf(Reader *reader) {
    char c = reader->text.data[reader->at];
    if (is_white(c)) return read_white(reader);
    if (c == '#') return read_comment(reader);
    if (is_quote(c)) return read_string(reader, reader->at);
    if (strchr("()[]{}", c) != NULL) return read_bracket(reader);
    bool digits = c == '.' && reader->at + 1 < reader->text.length && reader->text.data[reader->at + 1] >= '0' &&
                  reader->text.data[reader->at + 1] <= '9';
    if (digits || (c >= '0' && c <= '9')) {
        read_number(reader);
        return true;
    }
    return str_is_word_byte(c) ? read_word(reader) : read_operator(reader);
}

// What stood at the end of a line gets the blank that it would have within one.
static void join_lines(Leaves *leaves, Str text) {
    for (uint32_t i = 1; i < leaves->count; i++) {
        Leaf *last = leaves->items[i - 1], *leaf = leaves->items[i];
        if (str_find(str_slice(text, last->end, leaf->start), '\n') < 0) continue;
        leaf->space = last->kind != LEAF_OPEN && leaf->kind != LEAF_CLOSE && !leaf_is(leaf, ".") &&
                      !leaf_is(leaf, ",") && !leaf_is(leaf, ":");
    }
}

bool leaves_read(Arena *arena, Str text, Leaves *leaves) {
    Reader reader = {.arena = arena, .text = text, .leaves = leaves};
    while (reader.at < text.length)
        if (text.data[reader.at] == '\0' || !read_leaf(&reader)) return false;
    if (reader.depth > 0 || leaves->count == 0) return false;
    join_lines(leaves, text);
    leaves_find_roles(leaves);
    return true;
}
