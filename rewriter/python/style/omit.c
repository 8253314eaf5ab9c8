// Judging splits. In: the parts of one. Out: whether it reads better than another, by black's rules.
#include "python/style/omit.h"

bool omitted_has(const Leaves *omitted, const Leaf *close) {
    for (uint32_t i = 0; i < omitted->count; i++)
        if (omitted->items[i] == close) return true;
    return false;
}

// ---- one pair ---------------------------------------------------------------------------------------------------
// From the bracket that closes FIRST, the line fits up to the next one that opens, or to its end.
static bool fits_behind_first(const Style *style, const Line *line, const Leaf *first) {
    bool behind = false;
    uint32_t length = style->indent + line->level * style->level;
    for (uint32_t i = 0; i < line->leaves.count; i++) {
        const Leaf *leaf = line->leaves.items[i];
        behind = behind || (leaf->kind == LEAF_CLOSE && leaf->partner == first);
        if (!behind) continue;
        length += line_leaf_width(leaf, i == 0);
        if (length > style->limit) return false;
        if (leaf->kind == LEAF_OPEN) behind = false;
    }
    return true;
}

// Up to the bracket that LAST closes the line fits, or may be split at other brackets.
static bool fits_before_last(const Style *style, const Line *line, const Leaf *last) {
    bool others = false;
    uint32_t length = style->indent + line->level * style->level;
    for (uint32_t i = 0; i < line->leaves.count; i++) {
        const Leaf *leaf = line->leaves.items[i];
        length += line_leaf_width(leaf, i == 0);
        if (leaf == last->partner && (others || length <= style->limit)) return true;
        if (leaf != last->partner && leaf->kind == LEAF_OPEN) others = true;
    }
    return false;
}

// A comment that has a line to itself, and no brackets around it, needs the pair.
static bool has_bare_comment(const Line *line) {
    const Leaf *close = NULL;
    leaves_number(&line->leaves);
    for (uint32_t i = line->leaves.count; i > 0; i--) {
        const Leaf *leaf = line->leaves.items[i - 1];
        if (close != NULL && leaf == close->partner) close = NULL;
        if (leaf->kind == LEAF_COMMENT && close == NULL) return true;
        if (close == NULL && leaf->kind == LEAF_CLOSE && leaf->text.length > 0 &&
            leaves_have(&line->leaves, leaf->partner))
            close = leaf;
    }
    return false;
}

static bool begins_with(const Line *line) {
    uint32_t at = line->leaves.count > 0 && leaf_is(line->leaves.items[0], "async") ? 1 : 0;
    return at < line->leaves.count && leaf_is(line->leaves.items[at], "with");
}

bool omit_is_safe(const Style *style, const Parts *parts) {
    const Line *body = parts->body;
    if (has_bare_comment(body)) return false;
    uint32_t count;
    uint8_t priority = line_highest_break(body, false, &count);
    if (priority == BREAK_NEVER) return true;
    if (count > 1 || (priority == BREAK_COMMA && begins_with(parts->head))) return false;
    if (priority == BREAK_DOT) return true;
    uint32_t leaves = body->leaves.count;
    if (leaves < 2) return true;
    const Leaf *first = body->leaves.items[0], *second = body->leaves.items[1];
    const Leaf *before = body->leaves.items[leaves - 2], *last = body->leaves.items[leaves - 1];
    if (first->kind == LEAF_OPEN && second->kind != LEAF_CLOSE && fits_behind_first(style, body, first)) return true;
    bool bracket = last->kind == LEAF_CLOSE && last->role != ROLE_SUBSCRIPT;
    return bracket && before->kind != LEAF_OPEN && fits_before_last(style, body, last);
}

static bool has_brackets(const Line *line, uint32_t end) {
    for (uint32_t i = 0; i < end; i++)
        if (line->leaves.items[i]->kind == LEAF_OPEN || line->leaves.items[i]->kind == LEAF_CLOSE) return true;
    return false;
}

// Brackets are closed between the last `=` and the end.
static bool closes_behind_equals(const Line *line) {
    for (uint32_t i = line->leaves.count; i > 0; i--) {
        if (leaf_is(line->leaves.items[i - 1], "=")) return false;
        if (line->leaves.items[i - 1]->kind == LEAF_CLOSE) return true;
    }
    return false;
}

bool omit_is_better(const Style *style, const Parts *without, const Parts *with) {
    const Line *head = with->head;
    uint32_t count = head->leaves.count, equals = line_count_equals(head);
    bool behind_equals = count >= 2 && leaf_is(head->leaves.items[count - 2], "=");
    Style narrower = *style; // room for the parenthesis
    narrower.limit--;
    if (!behind_equals || !has_brackets(head, count - 1) || !line_fits(&narrower, head) || head->magic_comma) return true;
    uint32_t equals_without = line_count_equals(without->head);
    if (equals > 1 && equals > equals_without) return false;
    return closes_behind_equals(without->head) || (equals_without > 0 && line_fits(style, without->head));
}

// All but "text".method(...), where one call is not worth a line.
bool omit_body_splits(const Line *body) {
    const Leaves *leaves = &body->leaves;
    if (leaves->count < 2) return false;
    if (leaves->items[0]->kind != LEAF_STRING || !leaf_is(leaves->items[1], ".")) return true;
    uint32_t calls = 0, dots = 0;
    const Leaf *next = *vec_last(leaves);
    for (uint32_t i = leaves->count - 1; i > 0; i--) {
        const Leaf *leaf = leaves->items[i - 1];
        if (leaf->kind == LEAF_OPEN) {
            if (next->kind != LEAF_CLOSE) return false;
            calls++;
        } else if (leaf_is(leaf, ".")) {
            dots++;
        } else if (leaf->kind == LEAF_NAME) {
            if (!leaf_is(next, ".") && next->kind != LEAF_OPEN) return false;
        } else if (leaf->kind != LEAF_CLOSE) {
            return false;
        }
        if (dots > 1 && calls > 1) return false;
    }
    return true;
}

// ---- one after the other --------------------------------------------------------------------------------------------
Trailers trailers_of(const Style *style, const Line *line) {
    return (Trailers){.style = style,
                      .line = line,
                      .at = line->leaves.count,
                      .length = style->indent + line->level * style->level};
}

void trailers_release(Trailers *trailers) {
    vec_release(&trailers->omitted);
    vec_release(&trailers->inner);
}

// The brackets end in a comma that keeps them apart.
static bool is_kept_apart(const Trailers *trailers, const Leaf *close, const Leaf *before) {
    return before != NULL && leaf_is(before, ",") && !line_holds_one(trailers->line, close->partner, close);
}

// One leaf to the left; true when a new set is ready.
static bool pass_over(Trailers *trailers) {
    uint32_t at = --trailers->at;
    Leaf *leaf = trailers->line->leaves.items[at];
    const Leaf *before = at > 0 ? trailers->line->leaves.items[at - 1] : NULL;
    bool ready = false;
    trailers->length += line_leaf_width(leaf, at == 0);
    trailers->ended = trailers->length > trailers->style->limit || leaf->comment.length > 0 || leaf->kind == LEAF_COMMENT;
    if (trailers->ended) return false;
    if (trailers->open != NULL) {
        if (leaf == trailers->open)
            trailers->open = NULL;
        else if (leaf->kind == LEAF_CLOSE && is_kept_apart(trailers, leaf, before))
            trailers->ended = true;
        else if (leaf->kind == LEAF_CLOSE)
            vec_add(&trailers->inner, leaf);
        return false;
    }
    if (leaf->kind != LEAF_CLOSE) return false;
    if (before != NULL && before->kind == LEAF_OPEN) {
        vec_add(&trailers->inner, leaf);
        return false;
    }
    if (trailers->close != NULL) {
        vec_add(&trailers->omitted, (Leaf *)trailers->close);
        for (uint32_t i = 0; i < trailers->inner.count; i++) vec_add(&trailers->omitted, trailers->inner.items[i]);
        vec_clear(&trailers->inner);
        ready = true;
    }
    return ready;
}

// The bracket at which the last set was ready is the next to be passed over.
static void take_bracket(Trailers *trailers) {
    uint32_t at = trailers->at;
    if (at >= trailers->line->leaves.count) return;
    Leaf *leaf = trailers->line->leaves.items[at];
    const Leaf *before = at > 0 ? trailers->line->leaves.items[at - 1] : NULL;
    if (trailers->open != NULL || leaf->kind != LEAF_CLOSE || (before != NULL && before->kind == LEAF_OPEN)) return;
    if (is_kept_apart(trailers, leaf, before)) {
        trailers->ended = true;
    } else if (leaf->text.length > 0) {
        trailers->open = leaf->partner;
        trailers->close = leaf;
    }
}

bool trailers_next(Trailers *trailers) {
    if (!trailers->begun) {
        trailers->begun = true;
        if (!trailers->line->magic_comma) return true;
    } else {
        take_bracket(trailers);
    }
    while (!trailers->ended && trailers->at > 0) {
        if (pass_over(trailers)) return true;
        if (!trailers->ended) take_bracket(trailers);
    }
    return false;
}
