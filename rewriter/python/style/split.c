// Lines into shorter lines. In: a line. Out: several, none longer than need be. The rules are black's, whose layout is
// that of ruff and of most projects that have any tool for it: the reader knows them from "the black code style".
//
// A split may fail, and another is tried. As with black, parentheses that a failed one wrote stay written.
#include "python/style/split.h"

#include "python/style/parts.h"
#include "python/style/right_hand.h"

typedef enum SplitKind { SPLIT_PARAMETERS, SPLIT_DELIMITERS, SPLIT_COMMENTS, SPLIT_RIGHT } SplitKind;

static void split(Style *style, Line *line, bool forced, Lines *out);

// ---- a definition: at its parameters --------------------------------------------------------------------------
static bool split_parameters(Style *style, const Line *line, Lines *out) {
    Leaves head = {0}, body = {0}, tail = {0}, *current = &head;
    Leaf *open = NULL;
    for (uint32_t i = 0; i < line->leaves.count; i++) {
        Leaf *leaf = line->leaves.items[i];
        if (current == &body && leaf->kind == LEAF_CLOSE && leaf->partner == open) {
            pair_show(open);
            current = body.count > 0 ? &tail : &head;
        }
        vec_add(current, leaf);
        if (current == &head && leaf->kind == LEAF_OPEN && leaf->partner != NULL &&
            (leaf_is(leaf, "(") || leaf->text.length == 0)) {
            open = leaf;
            current = &body;
        }
    }
    bool good = open != NULL && tail.count > 0;
    Parts parts = {0};
    if (good) {
        parts.head = part_new(style, line, &head, open, PART_HEAD);
        parts.body = part_new(style, line, &body, open, PART_BODY);
        parts.tail = part_new(style, line, &tail, open, PART_TAIL);
        good = parts_are_worth_it(&parts);
    }
    if (good) parts_add(&parts, out);
    vec_release(&head);
    vec_release(&body);
    vec_release(&tail);
    return good;
}

// ---- between brackets: at what binds least ------------------------------------------------------------------------
static void add_last_comma(Style *style, Line *line, bool safe, uint8_t priority) {
    if (!safe || priority != BREAK_COMMA || line->leaves.count == 0) return;
    const Leaf *last = *vec_last(&line->leaves);
    if (leaf_is(last, ",") || last->kind == LEAF_COMMENT) return;
    line_append(line, comma_new(style), false);
}

static Line *append_or_begin(Style *style, const Line *origin, Line *line, Leaf *leaf, Lines *out) {
    if (line_append_safely(line, leaf)) return line;
    vec_add(out, line);
    line = line_new(style, origin->level, origin->inside);
    line_append(line, leaf, true);
    return line;
}

static bool split_delimiters(Style *style, const Line *line, Lines *out) {
    uint32_t count, last_text = line->leaves.count;
    uint8_t priority = line_highest_break(line, true, &count);
    if (priority == BREAK_NEVER || (priority == BREAK_DOT && count == 1)) return false;
    while (last_text > 0 && line->leaves.items[last_text - 1]->kind == LEAF_COMMENT) last_text--;
    bool ends_in_comment = last_text < line->leaves.count, safe = true;
    uint32_t lowest = UINT32_MAX;
    Line *current = line_new(style, line->level, line->inside);
    for (uint32_t i = 0; i < line->leaves.count; i++) {
        Leaf *leaf = line->leaves.items[i];
        current = append_or_begin(style, line, current, leaf, out);
        if (leaf->depth < lowest) lowest = leaf->depth;
        if (leaf->depth == lowest && leaf->role == ROLE_STAR) safe = safe && !style->plain_stars;
        if (ends_in_comment && i + 1 == last_text) add_last_comma(style, current, safe, priority);
        if (line->breaks.items[i] != priority) continue;
        vec_add(out, current);
        current = line_new(style, line->level, line->inside);
    }
    if (current->leaves.count == 0) return true;
    add_last_comma(style, current, safe, priority);
    vec_add(out, current);
    return true;
}

static bool split_comments(Style *style, const Line *line, Lines *out) {
    if (!line_has_comment_lines(line)) return false;
    Line *current = line_new(style, line->level, line->inside);
    for (uint32_t i = 0; i < line->leaves.count; i++)
        current = append_or_begin(style, line, current, line->leaves.items[i], out);
    vec_add(out, current);
    return true;
}

// ---- trying ------------------------------------------------------------------------------------------------------------
static bool split_once(Style *style, Line *line, SplitKind kind, bool forced, Lines *out) {
    switch (kind) {
    case SPLIT_PARAMETERS: return split_parameters(style, line, out);
    case SPLIT_DELIMITERS: return split_delimiters(style, line, out);
    case SPLIT_COMMENTS: return split_comments(style, line, out);
    case SPLIT_RIGHT: return split_right_hand(style, line, forced, out);
    }
    return false;
}

// LINE with leaves of its own, so that what is tried with them leaves the others as they are.
static Line *copy_line(Style *style, const Line *line) {
    Line *copy = line_new(style, line->level, line->inside);
    copy->must_split = line->must_split;
    copy->magic_comma = line->magic_comma;
    for (uint32_t i = 0; i < line->leaves.count; i++) {
        Leaf *leaf = leaf_new(style->arena, LEAF_NAME, STR_NONE);
        *leaf = *line->leaves.items[i];
        line->leaves.items[i]->copy = leaf;
        if (leaf->kind == LEAF_CLOSE && leaf->partner != NULL && leaf->partner->copy != NULL &&
            leaf->partner->copy->partner == line->leaves.items[i]) {
            leaf->partner = leaf->partner->copy;
            leaf->partner->partner = leaf;
        }
        line_append(copy, leaf, true);
    }
    for (uint32_t i = 0; i < line->leaves.count; i++) line->leaves.items[i]->copy = NULL;
    return copy;
}

static bool any_shown(const Leaves *hidden) {
    for (uint32_t i = 0; i < hidden->count; i++)
        if (hidden->items[i]->text.length > 0) return true;
    return false;
}

static bool all_fit(const Style *style, const Lines *lines) {
    for (uint32_t i = 0; i < lines->count; i++)
        if (!line_fits(style, lines->items[i])) return false;
    return true;
}

static void add_all(Lines *out, const Lines *lines) {
    for (uint32_t i = 0; i < lines->count; i++) vec_add(out, lines->items[i]);
}

// One way to split, and what comes of its parts. Where a split without the parentheses that need not be written leaves a
// first line that is too long, the same with them is better if then everything fits.
static bool try_split(Style *style, Line *line, SplitKind kind, bool forced, Lines *out) {
    Lines parts = {0}, result = {0}, second = {0};
    bool good = split_once(style, line, kind, forced, &parts);
    for (uint32_t i = 0; i < parts.count && good; i++) {
        good = !line_equals(parts.items[i], line);
        if (good) split(style, parts.items[i], forced, &result);
    }
    if (good && kind == SPLIT_RIGHT && !forced && line->hidden.count > 0 && !any_shown(&line->hidden) &&
        !line_fits(style, result.items[0])) {
        good = try_split(style, copy_line(style, line), kind, true, &second);
        if (good && all_fit(style, &second)) {
            add_all(out, &second);
            result.count = 0;
        }
    }
    if (good) add_all(out, &result);
    vec_release(&parts);
    vec_release(&result);
    vec_release(&second);
    return good;
}

// "a" "b" with a comment between them.
static bool has_commented_strings(const Line *line) {
    for (uint32_t i = 1; i < line->leaves.count; i++) {
        const Leaf *last = line->leaves.items[i - 1], *leaf = line->leaves.items[i];
        if (last->kind == LEAF_STRING && leaf->kind == LEAF_STRING && last->comment.length + leaf->comment.length > 0)
            return true;
    }
    return false;
}

// What the definition returns is a list that a comma keeps apart.
static bool keeps_result_apart(Style *style, const Line *line) {
    Line *result = line_new(style, 0, false);
    bool behind = false;
    for (uint32_t i = 0; i < line->leaves.count; i++) {
        Leaf *leaf = line->leaves.items[i];
        if (behind && !(leaf_is(leaf, ":") && i + 1 == line->leaves.count)) line_append(result, leaf, true);
        behind = behind || leaf_is(leaf, "->");
    }
    return result->magic_comma;
}

static void split(Style *style, Line *line, bool forced, Lines *out) {
    bool whole = line_is_comment(line) || style->budget == 0 ||
                 (!line->must_split && !line->magic_comma && line_fits(style, line) && !has_commented_strings(line));
    if (style->budget > 0) style->budget--;
    if (!whole && line_is_definition(line) && !keeps_result_apart(style, line))
        whole = !try_split(style, line, SPLIT_PARAMETERS, forced, out);
    else if (!whole && line->inside)
        whole = !try_split(style, line, SPLIT_DELIMITERS, forced, out) &&
                !try_split(style, line, SPLIT_COMMENTS, forced, out) &&
                !try_split(style, line, SPLIT_RIGHT, forced, out);
    else if (!whole)
        whole = !try_split(style, line, SPLIT_RIGHT, forced, out);
    if (whole) vec_add(out, line);
}

bool split_line(Style *style, Line *line, Lines *out) {
    style->budget = 4000;
    split(style, line, false, out);
    return style->budget > 0;
}
