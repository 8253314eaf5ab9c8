// The split at the last brackets of a line. In: a line. Out: what stands before, in and behind a pair of brackets. Pairs
// at the end of the line are passed over, one after the other, while what is behind them fits; parentheses that need
// not be written are written where the line looks better so.
#include "python/style/right_hand.h"

#include "python/style/omit.h"
#include "python/style/parts.h"

static bool split_at(Style *style, const Line *line, const Parts *parts, bool forced, const Leaves *omitted, Lines *out);

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
        if (without == WITHOUT_IMPOSSIBLE && line_count_equals(line) < 2 && hopeless) return false;
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
