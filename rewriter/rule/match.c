// In: a pattern of a rule and a dotted name. Out: whether they match. Takes time in proportion to
// the product of their lengths at most, whatever the pattern: patterns are untrusted.

#include "rule/rule.h"

// Part without dots against a pattern part, where `*` is any run of bytes.
static bool part_matches(Str pattern, Str part) {
    size_t p = 0;
    size_t s = 0;
    size_t star = SIZE_MAX; // place of the newest `*` and of what it has swallowed
    size_t star_end = 0;
    while (s < part.length) {
        if (p < pattern.length && pattern.data[p] == '*') {
            star = p++;
            star_end = s;
        } else if (p < pattern.length && pattern.data[p] == part.data[s]) {
            p++;
            s++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            s = ++star_end;
        } else {
            return false;
        }
    }
    while (p < pattern.length && pattern.data[p] == '*') p++;
    return p == pattern.length;
}

// The part of TEXT at *AT, which moves behind its dot; past the length after the last part.
static Str take_part(Str text, size_t *at) {
    Str rest = str_slice(text, *at, text.length);
    ptrdiff_t dot = str_find(rest, '.');
    Str part = dot < 0 ? rest : str_slice(rest, 0, (size_t)dot);
    *at += part.length + 1;
    return part;
}

static bool has_part(Str text, size_t at) { return at <= text.length; }

// The same scheme as part_matches, with parts for bytes and `**` for `*`. A leading `*.` and a
// final `.*` stand for one or more parts: `*` with `**` behind it.
bool rule_name_matches(Str pattern, Str dotted) {
    if (pattern.length == 0 || dotted.length == 0) return false;
    if (str_find(pattern, '*') < 0) return str_equal(pattern, dotted);
    size_t p = 0;
    size_t d = 0;
    size_t star = SIZE_MAX;
    size_t star_end = 0;
    while (has_part(dotted, d)) {
        size_t next = p;
        size_t after = d;
        Str part = has_part(pattern, p) ? take_part(pattern, &next) : STR_NONE;
        if (str_is(part, "**")) {
            star = next;
            star_end = d;
            p = next;
        } else if (has_part(pattern, p) && part_matches(part, take_part(dotted, &after))) {
            bool at_edge = p == 0 || !has_part(pattern, next);
            if (str_is(part, "*") && at_edge && part.length < pattern.length) {
                star = next;
                star_end = after;
            }
            p = next;
            d = after;
        } else if (star != SIZE_MAX) {
            take_part(dotted, &star_end);
            p = star;
            d = star_end;
        } else {
            return false;
        }
    }
    while (has_part(pattern, p)) {
        if (!str_is(take_part(pattern, &p), "**")) return false;
    }
    return true;
}

bool rule_names_match(const RuleNames *patterns, Str dotted) {
    for (uint32_t i = 0; i < patterns->count; i++)
        if (rule_name_matches(patterns->items[i].text, dotted)) return true;
    return false;
}
