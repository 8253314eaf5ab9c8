// In: the text of a replacement. Out: its holes and its first dotted name. Knows no rule.
#include "rule/template.h"

static size_t literal_end(Str text, size_t at) {
    size_t end = at + 1;
    while (end < text.length && text.data[end] != text.data[at])
        end += text.data[end] == '\\' ? 2 : 1;
    return end < text.length ? end + 1 : text.length;
}

static bool is_quote(char c) { return c == '"' || c == '\''; }

bool template_next_hole(Str template, size_t from, TemplateHole *hole) {
    for (size_t at = from; at < template.length;) {
        if (is_quote(template.data[at])) {
            at = literal_end(template, at);
            continue;
        }
        if (template.data[at++] != '{') continue;
        ptrdiff_t close = str_find(str_slice(template, at, template.length), '}');
        if (close < 0) return false;
        size_t end = at + (size_t)close;
        *hole = (TemplateHole){str_slice(template, at, end), at - 1, end + 1};
        return true;
    }
    return false;
}

// ---- what differs --------------------------------------------------------------------------------
static bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Offset behind white space and comments.
static size_t skip_white(Str text, size_t at) {
    while (at < text.length && (is_white(text.data[at]) || text.data[at] == '#')) {
        bool comment = text.data[at++] == '#';
        while (comment && at < text.length && text.data[at] != '\n' && text.data[at] != '\r') at++;
    }
    return at;
}

// Offset behind what of OLD may stand before CODE: white space, and a last comma before a bracket.
static size_t skip_layout(Str old, size_t at, char code) {
    at = skip_white(old, at);
    if (at < old.length && old.data[at] == ',' && (code == ')' || code == ']' || code == '}'))
        at = skip_white(old, at + 1);
    return at;
}

// Is AT inside a word of TEXT?
static bool splits_word(Str text, size_t at) {
    return at > 0 && at < text.length && str_is_word_byte(text.data[at - 1]) &&
           str_is_word_byte(text.data[at]);
}

TemplateDifference template_difference(Str old, Str new_text) {
    size_t start = 0, at = 0, matched = 0; // how far both are the same
    while (at < new_text.length) {
        size_t next = is_white(new_text.data[at]) ? start
                                                  : skip_layout(old, start, new_text.data[at]);
        if (is_white(new_text.data[at])) {
            if (start == old.length || !is_white(old.data[start])) break;
            at = skip_white(new_text, at);
            continue;
        }
        if (next == old.length || old.data[next] != new_text.data[at]) break;
        start = next + 1;
        matched = ++at;
    }
    // Whole words only; in a word nothing was skipped.
    for (; splits_word(old, start) || splits_word(new_text, matched); start--) matched--;
    size_t rest = skip_white(old, start);
    if (matched == new_text.length && rest == old.length) start = rest;
    size_t old_end = old.length, new_end = new_text.length;
    while (old_end > start && new_end > matched && old.data[old_end - 1] == new_text.data[new_end - 1]) {
        old_end--;
        new_end--;
    }
    for (; splits_word(old, old_end) || splits_word(new_text, new_end); old_end++) new_end++;
    return (TemplateDifference){start, old_end, matched, new_end};
}

Str template_head(Str template) {
    for (size_t at = 0, end; at < template.length; at = end) {
        char c = template.data[at];
        end = at + 1;
        if (is_quote(c)) end = literal_end(template, at);
        if (c == '{') {
            ptrdiff_t close = str_find(str_slice(template, at, template.length), '}');
            end = close < 0 ? template.length : at + (size_t)close + 1;
        }
        if (!str_is_word_byte(c)) continue;
        bool dotted = false;
        for (end = at; end < template.length; end++) {
            bool dot = template.data[end] == '.' && end + 1 < template.length &&
                       str_is_word_byte(template.data[end + 1]);
            if (!dot && !str_is_word_byte(template.data[end])) break;
            dotted = dotted || dot;
        }
        bool attribute = at > 0 && template.data[at - 1] == '.';
        if (dotted && !attribute && !(c >= '0' && c <= '9')) return str_slice(template, at, end);
    }
    return STR_NONE;
}
