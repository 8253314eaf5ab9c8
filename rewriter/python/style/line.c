// Lines and what is known of them. In: leaves one after the other. Out: places to break at, which are those outside of
// all brackets that begin on the line, and commas that keep a list apart.
#include "python/style/line.h"

Line *line_new(Style *style, uint32_t level, bool inside) {
    Line *line = arena_new(style->arena, Line);
    line->level = level;
    line->inside = inside;
    vec_add(&style->made, line);
    return line;
}

void lines_release(Style *style) {
    for (uint32_t i = 0; i < style->made.count; i++) {
        vec_release(&style->made.items[i]->leaves);
        vec_release(&style->made.items[i]->breaks);
        vec_release(&style->made.items[i]->hidden);
    }
    vec_release(&style->made);
}

// ---- reading -----------------------------------------------------------------------------------------------
// Commas between `for` and `in`, and between `lambda` and its colon, are not places to break at: they lie deeper.
static void leave_words(Line *line, const Leaf *leaf) {
    if (line->for_count > 0 && line->fors[line->for_count - 1] == line->depth && leaf_is(leaf, "in")) {
        line->depth--;
        line->for_count--;
    }
    if (line->lambda_count > 0 && line->lambdas[line->lambda_count - 1] == line->depth && leaf_is(leaf, ":")) {
        line->depth--;
        line->lambda_count--;
    }
}

static void enter_words(Line *line, const Leaf *leaf) {
    if (leaf->kind != LEAF_NAME) return;
    if (leaf_is(leaf, "for") && line->for_count < MOST_OPEN_WORDS)
        line->fors[line->for_count++] = (uint8_t)++line->depth;
    if (leaf_is(leaf, "lambda") && line->lambda_count < MOST_OPEN_WORDS)
        line->lambdas[line->lambda_count++] = (uint8_t)++line->depth;
}

// BREAKS has no entry of the leaf yet; returns what it is to be.
static uint8_t mark(Line *line, Leaf *leaf) {
    uint8_t after = BREAK_NEVER;
    if (line->depth == 0 && leaf->kind == LEAF_CLOSE) return after; // opened on another line
    leave_words(line, leaf);
    if (leaf->kind == LEAF_CLOSE) {
        line->depth--;
        line->open--;
        if (leaf->text.length == 0) vec_add(&line->hidden, leaf);
    }
    leaf->depth = (uint8_t)line->depth;
    if (line->depth == 0) {
        if (leaf->before != BREAK_NEVER && line->begun && line->breaks.count > 0)
            *vec_last(&line->breaks) = leaf->before;
        else
            after = leaf->after;
    }
    if (leaf->kind == LEAF_OPEN) {
        line->depth++;
        line->open++;
        if (leaf->text.length == 0) vec_add(&line->hidden, leaf);
    }
    line->begun = true;
    enter_words(line, leaf);
    return after;
}

bool line_holds_one(const Line *line, const Leaf *open, const Leaf *close) {
    uint32_t commas = 0, i = line->leaves.count;
    while (i > 0 && line->leaves.items[i - 1] != open) i--;
    if (i == 0) return false;
    for (; i < line->leaves.count && line->leaves.items[i] != close; i++) {
        const Leaf *leaf = line->leaves.items[i];
        if (leaf->depth != close->depth + 1 || !leaf_is(leaf, ",")) continue;
        commas += open->role == ROLE_ARGUMENTS || open->role == ROLE_PARAMETERS ? 2 : 1;
    }
    return commas < 2;
}

// CLOSE would come behind a comma that keeps what is between the brackets apart.
static bool is_magic(const Line *line, const Leaf *close) {
    if (close->kind != LEAF_CLOSE || line->leaves.count == 0 || !leaf_is(*vec_last(&line->leaves), ",")) return false;
    if (leaf_is(close, "}")) return true;
    if (leaf_is(close, "]")) return close->role != ROLE_SUBSCRIPT || !line_holds_one(line, close->partner, close);
    return !line_holds_one(line, close->partner, close);
}

void line_append(Line *line, Leaf *leaf, bool marks) {
    uint8_t after = BREAK_NEVER;
    if (marks || line->inside) {
        after = mark(line, leaf);
        line->magic_comma = line->magic_comma || is_magic(line, leaf);
    }
    vec_add(&line->leaves, leaf);
    vec_add(&line->breaks, after);
}

bool line_append_safely(Line *line, Leaf *leaf) {
    if (line->depth == 0 || line->for_count > 0 || line->lambda_count > 0) {
        if (line_is_comment(line)) return false;
        if (line->leaves.count > 0 && leaf->kind == LEAF_COMMENT) return false;
    }
    line_append(line, leaf, false);
    return true;
}

// ---- asking --------------------------------------------------------------------------------------------------
uint32_t line_leaf_width(const Leaf *leaf, bool first) {
    uint32_t columns = leaf_width(leaf->text) + (leaf->space && !first ? 1 : 0);
    return leaf->comment.length > 0 ? columns + leaf_width(leaf->comment) + 2 : columns;
}

uint32_t line_width(const Style *style, const Line *line) {
    uint32_t sum = style->indent + line->level * style->level;
    for (uint32_t i = 0; i < line->leaves.count; i++) sum += line_leaf_width(line->leaves.items[i], i == 0);
    return sum;
}

bool line_fits(const Style *style, const Line *line) {
    return !line_has_comment_lines(line) && line_width(style, line) <= style->limit;
}

bool line_is_comment(const Line *line) {
    return line->leaves.count == 1 && line->leaves.items[0]->kind == LEAF_COMMENT;
}

bool line_is_definition(const Line *line) {
    const Leaves *leaves = &line->leaves;
    return leaves->count > 1 && (leaf_is(leaves->items[0], "def") ||
                                 (leaf_is(leaves->items[0], "async") && leaf_is(leaves->items[1], "def")));
}

bool line_has_comment_lines(const Line *line) {
    for (uint32_t i = 0; i < line->leaves.count; i++)
        if (line->leaves.items[i]->kind == LEAF_COMMENT) return true;
    return false;
}

uint32_t line_count_equals(const Line *line) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < line->leaves.count; i++) count += leaf_is(line->leaves.items[i], "=");
    return count;
}

static void render(const Line *line, StrBuf *out) {
    for (uint32_t i = 0; i < line->leaves.count; i++) {
        const Leaf *leaf = line->leaves.items[i];
        if (leaf->space && i > 0) strbuf_add_char(out, ' ');
        strbuf_add(out, leaf->text);
    }
    for (uint32_t i = 0; i < line->leaves.count; i++) strbuf_add(out, line->leaves.items[i]->comment);
}

bool line_equals(const Line *line, const Line *other) {
    if (line->level != other->level) return false;
    StrBuf a = {0}, b = {0};
    render(line, &a);
    render(other, &b);
    bool equal = str_equal(strbuf_str(&a), strbuf_str(&b));
    strbuf_release(&a);
    strbuf_release(&b);
    return equal;
}

uint8_t line_highest_break(const Line *line, bool not_last, uint32_t *count) {
    uint8_t highest = BREAK_NEVER;
    *count = 0;
    for (uint32_t i = 0; i + (not_last ? 1 : 0) < line->breaks.count; i++)
        if (line->breaks.items[i] > highest) highest = line->breaks.items[i];
    for (uint32_t i = 0; i < line->breaks.count; i++)
        if (highest != BREAK_NEVER && line->breaks.items[i] == highest) (*count)++;
    return highest;
}
