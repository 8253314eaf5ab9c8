// The split at the last brackets of a line. In: a line. Out: what stands before, in and behind a pair of brackets. Pairs
// at the end of the line are passed over, one after the other, while what is behind them fits; parentheses that need
// not be written are written where the line looks better so.
#include "python/style/right_hand.h"

#include "python/style/omit.h"

static bool split_at(Style *style, const Line *line, const Parts *parts, bool forced, const Leaves *omitted, Lines *out);

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

// ---- parts -----------------------------------------------------------------------------------------------------
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

// ---- the last brackets -------------------------------------------------------------------------------------------
static void reverse(Leaves *leaves) {
    for (uint32_t i = 0; i + 1 < leaves->count - i; i++) {
        Leaf *leaf = leaves->items[i];
        leaves->items[i] = leaves->items[leaves->count - 1 - i];
        leaves->items[leaves->count - 1 - i] = leaf;
    }
}

// The parts around the last brackets that hold something and are not OMITTED. False where there are none.
static bool find_parts(Style *style, const Line *line, const Leaves *omitted, Parts *parts) {
    Leaves head = {0}, body = {0}, tail = {0}, *current = &tail;
    *parts = (Parts){0};
    for (uint32_t i = line->leaves.count; i > 0; i--) {
        Leaf *leaf = line->leaves.items[i - 1];
        if (current == &body && leaf == parts->open) current = body.count > 0 ? &head : &tail;
        vec_add(current, leaf);
        if (current != &tail || leaf->kind != LEAF_CLOSE || omitted_has(omitted, leaf)) continue;
        parts->open = leaf->partner;
        parts->close = leaf;
        current = &body;
    }
    bool good = parts->open != NULL && head.count > 0;
    if (good) {
        reverse(&head);
        reverse(&body);
        reverse(&tail);
        parts->head = part_new(style, line, &head, parts->open, PART_HEAD);
        parts->body = part_new(style, line, &body, parts->open, PART_BODY);
        parts->tail = part_new(style, line, &tail, parts->open, PART_TAIL);
        good = parts_are_worth_it(parts);
    }
    vec_release(&head);
    vec_release(&body);
    vec_release(&tail);
    return good;
}

// ---- with or without parentheses that need not be written -----------------------------------------------------------
static uint32_t count_equals(const Line *line) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < line->leaves.count; i++) count += leaf_is(line->leaves.items[i], "=");
    return count;
}

typedef enum WithoutPair { WITHOUT_DONE, WITHOUT_WORSE, WITHOUT_IMPOSSIBLE } WithoutPair;

// Splits without the pair of PARTS, where that is better.
static WithoutPair split_without(Style *style, const Line *line, const Parts *parts, const Leaves *omitted, Lines *out) {
    Leaves more = {0};
    Parts without;
    WithoutPair result = WITHOUT_IMPOSSIBLE;
    for (uint32_t i = 0; i < omitted->count; i++) vec_add(&more, omitted->items[i]);
    vec_add(&more, parts->close);
    if (find_parts(style, line, &more, &without)) {
        result = WITHOUT_WORSE;
        if (omit_is_better(style, &without, parts))
            result = split_at(style, line, &without, false, &more, out) ? WITHOUT_DONE : WITHOUT_IMPOSSIBLE;
    }
    vec_release(&more);
    return result;
}

static bool split_at(Style *style, const Line *line, const Parts *parts, bool forced, const Leaves *omitted, Lines *out) {
    if (!forced && parts->open->text.length == 0 && parts->close->text.length == 0 && omit_is_safe(style, parts)) {
        WithoutPair without = split_without(style, line, parts, omitted, out);
        if (without == WITHOUT_DONE) return true;
        bool hopeless = !omit_body_splits(parts->body) && !line_fits(style, parts->body);
        if (without == WITHOUT_IMPOSSIBLE && count_equals(line) < 2 && hopeless) return false;
    }
    pair_show(parts->open);
    parts_add(parts, out);
    return true;
}

// ---- which brackets --------------------------------------------------------------------------------------------------
bool split_right_hand(Style *style, const Line *line, bool forced, Lines *out) {
    Trailers trailers = trailers_of(style, line);
    Leaves none = {0};
    Parts parts;
    bool done = false, good = true;
    while (!done && good && trailers_next(&trailers)) {
        Lines lines = {0};
        good = find_parts(style, line, &trailers.omitted, &parts) &&
               split_at(style, line, &parts, forced, &trailers.omitted, &lines);
        done = good && line_fits(style, lines.items[0]);
        for (uint32_t i = 0; i < lines.count && done; i++) vec_add(out, lines.items[i]);
        vec_release(&lines);
    }
    trailers_release(&trailers);
    if (done || !good) return done;
    return find_parts(style, line, &none, &parts) && split_at(style, line, &parts, forced, &none, out);
}
