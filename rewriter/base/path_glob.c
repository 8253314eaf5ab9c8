// Globs as in .gitignore, by characters. In: a pattern and a path relative to the same folder. Out: yes or no. Both
// matchers (characters of one name, names of one path) go back to the latest star only, so the time
// is the product of the lengths at worst.
#include "base/path.h"

// One character of S: its bytes as UTF-8 would have them, or a single byte where they are not.
static size_t character_length(Str s) {
    unsigned char first = (unsigned char)s.data[0];
    size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length > s.length) return 1;
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)s.data[i] & 0xC0) != 0x80) return 1;
    }
    return length;
}

static Str take_character(Str *s) {
    size_t length = character_length(*s);
    Str character = str_slice(*s, 0, length);
    *s = str_slice(*s, length, s->length);
    return character;
}

// The bytes of a UTF-8 character compare in code point order, so ranges need no decoding. False when
// the class at *PATTERN (behind its '[') is not closed; else *PATTERN is moved behind it.
static bool match_class(Str *pattern, Str character, bool *matches) {
    Str rest = *pattern;
    bool negated = rest.length && (rest.data[0] == '!' || rest.data[0] == '^');
    if (negated) rest = str_slice(rest, 1, rest.length);
    bool found = false;
    for (bool first = true; rest.length; first = false) {
        if (rest.data[0] == ']' && !first) {
            *pattern = str_slice(rest, 1, rest.length);
            *matches = found != negated;
            return true;
        }
        Str low = take_character(&rest), high = low;
        if (rest.length >= 2 && rest.data[0] == '-' && rest.data[1] != ']') {
            rest = str_slice(rest, 1, rest.length);
            high = take_character(&rest);
        }
        if (str_compare(low, character) <= 0 && str_compare(character, high) <= 0) found = true;
    }
    return false;
}

// One pattern element that is not a star against one character; moves *PATTERN behind the element.
static bool match_element(Str *pattern, Str character) {
    Str element = take_character(pattern);
    if (str_is(element, "?")) return true;
    bool matches = false;
    if (str_is(element, "[") && match_class(pattern, character, &matches)) return matches;
    if (str_is(element, "\\") && pattern->length) element = take_character(pattern);
    return str_equal(element, character);
}

// '*', '?' and '[...]' within one name.
static bool match_name(Str pattern, Str name) {
    Str star_pattern = STR_NONE, star_name = STR_NONE;
    bool have_star = false;
    for (;;) {
        if (pattern.length && pattern.data[0] == '*') {
            pattern = str_slice(pattern, 1, pattern.length);
            have_star = true;
            star_pattern = pattern;
            star_name = name;
            continue;
        }
        if (!name.length && !pattern.length) return true;
        if (name.length && pattern.length) {
            Str character = take_character(&name);
            if (match_element(&pattern, character)) continue;
        }
        if (!have_star || !star_name.length) return false;
        take_character(&star_name); // let the latest star take one more
        name = star_name;
        pattern = star_pattern;
    }
}

// What may be left of a path when the pattern is used up.
typedef enum Left {
    LEFT_NOTHING,   // the pattern means the path itself
    LEFT_ANYTHING,  // or a folder that the path is in
    LEFT_SOMETHING, // only a folder that the path is in
} Left;

static bool may_end(Str path, Left left) {
    return left == LEFT_ANYTHING || (left == LEFT_SOMETHING) == (path.data != NULL);
}

static bool match_path(Str pattern, Str path, Left left) {
    Str stars_pattern = STR_NONE, stars_path = STR_NONE;
    bool have_stars = false;
    for (;;) {
        Str pattern_rest = pattern, path_rest = path, pattern_part, name;
        if (!str_split_next(&pattern_rest, '/', &pattern_part)) {
            if (may_end(path, left)) return true;
        } else if (str_is(pattern_part, "**")) {
            // At the end it stands for everything inside: one name at least.
            if (!pattern_rest.data) return path.data != NULL;
            have_stars = true;
            stars_pattern = pattern = pattern_rest;
            stars_path = path;
            continue;
        } else if (str_split_next(&path_rest, '/', &name) && match_name(pattern_part, name)) {
            pattern = pattern_rest;
            path = path_rest;
            continue;
        }
        Str skipped;
        if (!have_stars || !str_split_next(&stars_path, '/', &skipped)) return false;
        path = stars_path;
        pattern = stars_pattern;
    }
}

bool path_glob_whole(Str pattern, Str path) {
    return pattern.length > 0 && path.length > 0 && match_path(pattern, path, LEFT_NOTHING);
}

bool path_glob(Str pattern, Str path) {
    bool folders_only = str_ends_with(pattern, STR("/"));
    if (folders_only) pattern = str_slice(pattern, 0, pattern.length - 1);
    bool anchored = str_find(pattern, '/') >= 0;
    if (str_starts_with(pattern, STR("/"))) pattern = str_slice(pattern, 1, pattern.length);
    if (!pattern.length || !path.length) return false;
    Left left = folders_only ? LEFT_SOMETHING : LEFT_ANYTHING;
    if (anchored) return match_path(pattern, path, left);

    // Without a slash the pattern may be any name on the way.
    for (Str rest = path, skipped; rest.data; str_split_next(&rest, '/', &skipped)) {
        if (match_path(pattern, rest, left)) return true;
    }
    return false;
}
