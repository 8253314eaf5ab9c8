// In: a text of C. Out: what stands behind `#include` and `__has_include`. Comments and strings are read like the rest:
// a name too many is looked for in vain.
#include "clang/unit/mention.h"

// From AT on, on the same line.
static size_t skip_blanks(Str text, size_t at) {
    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t')) at++;
    return at;
}

static bool stands_at(Str text, size_t at, Str word) {
    return str_equal(str_slice(text, at, at + word.length), word);
}

// `<name>` or `"name"` at AT; false for anything else.
static bool add_name(Str text, size_t at, Mentions *mentions) {
    char open = at < text.length ? text.data[at] : '\n';
    if (open != '<' && open != '"') return false;
    char close = open == '<' ? '>' : '"';
    size_t end = at + 1;
    while (end < text.length && text.data[end] != close && text.data[end] != '\n') end++;
    if (end == text.length || text.data[end] == '\n') return false;
    vec_add(&mentions->list, ((Mention){str_slice(text, at + 1, end), open == '"'}));
    return true;
}

// Nothing but blanks stands in front of AT on its line.
static bool begins_line(Str text, size_t at) {
    while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t')) at--;
    return at == 0 || text.data[at - 1] == '\n';
}

// Behind the sign of a directive.
static void read_directive(Str text, size_t at, Mentions *mentions) {
    at = skip_blanks(text, at);
    if (stands_at(text, at, STR("\\")) || stands_at(text, at, STR("/*"))) mentions->unclear = true;
    if (stands_at(text, at, STR("embed"))) mentions->unclear = true;
    bool import = stands_at(text, at, STR("import"));
    if (!import && !stands_at(text, at, STR("include"))) return;
    at += import ? strlen("import") : strlen("include");
    if (stands_at(text, at, STR("_next"))) at += strlen("_next");
    if (at < text.length && str_is_word_byte(text.data[at])) return; // another word
    at = skip_blanks(text, at);
    if (!add_name(text, at, mentions)) mentions->computed = true;
}

// The line of AT says what a macro means, or goes on from one that may. Elsewhere the word alone asks for nothing:
// `#ifdef __has_include`, comments.
static bool is_in_macro(Str text, size_t at) {
    while (at > 0 && text.data[at - 1] != '\n') at--;
    if (at > 1 && text.data[at - 2] == '\\') return true;
    at = skip_blanks(text, at);
    return stands_at(text, at, STR("#")) && stands_at(text, skip_blanks(text, at + 1), STR("define"));
}

// Behind `has_include`.
static void read_question(Str text, size_t at, Mentions *mentions) {
    size_t begin = at;
    if (stands_at(text, at, STR("_next"))) at += strlen("_next");
    if (at < text.length && str_is_word_byte(text.data[at])) return;
    at = skip_blanks(text, at);
    bool asks = stands_at(text, at, STR("("));
    bool known = asks ? add_name(text, skip_blanks(text, at + 1), mentions) : !is_in_macro(text, begin);
    if (!known) mentions->unclear = true;
}

void mentions_read(Str text, Mentions *mentions) {
    const Str question = STR("has_include"), embed = STR("has_embed"), sign = STR("%:");
    *mentions = (Mentions){0};
    for (size_t at = 0; at < text.length;) {
        const char *next = memchr(text.data + at, '#', text.length - at);
        if (next == NULL) break;
        at = (size_t)(next - text.data) + 1;
        if (begins_line(text, at - 1)) read_directive(text, at, mentions);
    }
    Str rest = text;
    ptrdiff_t found;
    while ((found = str_find_str(rest, question)) >= 0) {
        size_t at = text.length - rest.length + (size_t)found + question.length;
        read_question(text, at, mentions);
        rest = str_slice(text, at, text.length);
    }
    if (str_find_str(text, embed) >= 0) mentions->unclear = true;
    for (rest = text; (found = str_find_str(rest, sign)) >= 0;) { // a sign as it was written where keyboards had none
        size_t at = text.length - rest.length + (size_t)found;
        if (begins_line(text, at)) mentions->unclear = true;
        rest = str_slice(text, at + sign.length, text.length);
    }
}

void mentions_release(Mentions *mentions) {
    vec_release(&mentions->list);
    *mentions = (Mentions){0};
}
