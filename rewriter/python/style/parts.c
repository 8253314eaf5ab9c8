// Parts of a line. In: a line, and which of its leaves stand before, in and behind a pair of brackets. Out: three lines,
// with the commas that they get and what must be broken further.
#include "python/style/parts.h"

void pair_show(Leaf *bracket) {
    Leaf *open = bracket->kind == LEAF_OPEN ? bracket : bracket->partner;
    if (open->text.length > 0) return;
    open->text = STR("(");
    open->partner->text = STR(")");
}

Leaf *comma_new(Style *style) {
    Leaf *comma = leaf_new(style->arena, LEAF_OPERATOR, STR(","));
    comma->after = BREAK_COMMA;
    return comma;
}

// A single parameter, which has a line to itself, gets a comma behind it.
static bool wants_comma(const Line *original, const Leaves *leaves, const Leaf *open) {
    if (leaves->count == 0 || !line_is_definition(original) || open->role != ROLE_PARAMETERS) return false;
    uint32_t depth = 0;
    for (uint32_t i = 0; i < leaves->count; i++) {
        const Leaf *leaf = leaves->items[i];
        if (leaf->kind == LEAF_CLOSE) depth--;
        if (depth == 0 && leaf_is(leaf, ",")) return false;
        if (leaf->kind == LEAF_OPEN) depth++;
    }
    return true;
}

static void add_comma(Style *style, Leaves *leaves) {
    uint32_t at = leaves->count;
    while (at > 0 && leaves->items[at - 1]->kind == LEAF_COMMENT) at--;
    vec_add(leaves, NULL);
    memmove(&leaves->items[at + 1], &leaves->items[at], (leaves->count - 1 - at) * sizeof *leaves->items);
    leaves->items[at] = comma_new(style);
}

// Items of a list that is no call are broken apart whenever the list is, those of a call when a comma ends them.
static bool splits_at_once(const Line *body, const Leaf *open) {
    if (body->leaves.count == 0) return false;
    uint32_t count;
    bool comma = leaf_is(*vec_last(&body->leaves), ",");
    return line_highest_break(body, comma, &count) == BREAK_COMMA && (comma || open->role == ROLE_ATOM);
}

// Of a head, brackets that it has both of, and what is between them, are looked at: a list in it may have to stay apart.
static void add_head(Line *line, const Leaves *leaves) {
    uint32_t depth = 0;
    leaves_number(leaves);
    for (uint32_t i = 0; i < leaves->count; i++) {
        Leaf *leaf = leaves->items[i];
        bool paired = leaf->partner != NULL && leaves_have(leaves, leaf->partner);
        bool between = depth > 0 || paired;
        if (paired && leaf->kind == LEAF_OPEN) depth++;
        if (paired && leaf->kind == LEAF_CLOSE) depth--;
        line_append(line, leaf, between);
    }
}

Line *part_new(Style *style, const Line *original, Leaves *leaves, const Leaf *open, PartKind kind) {
    Line *line = line_new(style, original->level + (kind == PART_BODY ? 1 : 0), kind == PART_BODY);
    if (kind == PART_BODY && wants_comma(original, leaves, open)) add_comma(style, leaves);
    if (kind == PART_HEAD)
        add_head(line, leaves);
    else
        for (uint32_t i = 0; i < leaves->count; i++) line_append(line, leaves->items[i], false);
    if (kind == PART_BODY) line->must_split = splits_at_once(line, open);
    return line;
}

static uint32_t own_width(const Line *line) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < line->leaves.count; i++) sum += line_leaf_width(line->leaves.items[i], i == 0);
    return sum;
}

bool parts_are_worth_it(const Parts *parts) {
    enum { LEAST_BEHIND = 3 };
    return parts->body->leaves.count > 0 || own_width(parts->tail) >= LEAST_BEHIND;
}

void parts_add(const Parts *parts, Lines *out) {
    Line *const lines[] = {parts->head, parts->body, parts->tail};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i]->leaves.count > 0) vec_add(out, lines[i]);
}
