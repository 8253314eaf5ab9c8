// Matchers against a node: patterns, kinds, texts, what stands around, inside and beside, and their
// combinations. In: a compiled matcher. Out: yes or no. A regular expression that was stopped matches
// nothing and is noted.
#include <string.h>

#include "python/pattern/pattern.h"

bool kind_set_has(const KindSet *set, TSSymbol symbol) {
    if (set->all) return true;
    return symbol < KIND_WORDS * 64 && (set->words[symbol / 64] >> (symbol % 64) & 1);
}

// ---- around --------------------------------------------------------------------------------------
// The path to the node at hand is known: a tree has no way up but from its root.
TSNode node_around(const Matching *matching, TSNode node) {
    for (uint32_t i = matching->path.count; i-- > 0;) {
        if (!ts_node_eq(matching->path.items[i], node)) continue;
        return i > 0 ? matching->path.items[i - 1] : (TSNode){0};
    }
    return ts_node_parent(node);
}

// True when the relation looks no further than NODE, which it did look at.
static bool ends_at(Matching *matching, const CompiledMatcher *relation, TSNode node) {
    switch (relation->reach) {
    case REACH_NEIGHBOR: return true;
    case REACH_END: return false;
    case REACH_UNTIL: break;
    }
    BoundVariable variables[VARIABLE_COUNT];
    uint32_t bound = matching->bound.count;
    memcpy(variables, matching->variables, sizeof variables);
    bool ends = matcher_matches(matching, relation->until, node);
    memcpy(matching->variables, variables, sizeof variables); // it only says how far to look
    matching->bound.count = bound;
    return ends;
}

static bool is_field(const CompiledMatcher *relation, TSNode outer, TSNode inner) {
    if (relation->field == 0) return true;
    return ts_node_eq(ts_node_child_by_field_id(outer, relation->field), inner);
}

static bool is_inside(Matching *matching, const CompiledMatcher *relation, TSNode node) {
    for (TSNode inner = node;;) {
        TSNode outer = node_around(matching, inner);
        if (ts_node_is_null(outer)) return false;
        if (is_field(relation, outer, inner) && matcher_matches(matching, relation->first, outer))
            return true;
        if (ends_at(matching, relation, outer)) return false;
        inner = outer;
    }
}

// ---- in it ---------------------------------------------------------------------------------------
// The next node in document order below ROOT, whose depth is 0; false at the end.
static bool next_below(TSTreeCursor *cursor, bool descend) {
    if (descend && ts_tree_cursor_goto_first_child(cursor)) return true;
    while (!ts_tree_cursor_goto_next_sibling(cursor))
        if (!ts_tree_cursor_goto_parent(cursor)) return false;
    return true;
}

static bool has_below(Matching *matching, const CompiledMatcher *relation, TSNode root) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    bool found = false;
    bool more = ts_tree_cursor_goto_first_child(&cursor);
    while (more && !found) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        found = matcher_matches(matching, relation->first, node);
        if (!found) more = next_below(&cursor, !ends_at(matching, relation, node));
    }
    ts_tree_cursor_delete(&cursor);
    return found;
}

static bool has(Matching *matching, const CompiledMatcher *relation, TSNode node) {
    if (relation->field == 0) return has_below(matching, relation, node);
    TSNode child = ts_node_child_by_field_id(node, relation->field);
    if (ts_node_is_null(child)) return false;
    if (matcher_matches(matching, relation->first, child)) return true;
    return !ends_at(matching, relation, child) && has_below(matching, relation, child);
}

// ---- beside it -----------------------------------------------------------------------------------
static bool is_beside(Matching *matching, const CompiledMatcher *relation, TSNode node,
                      bool before) {
    TSNode parent = node_around(matching, node);
    if (ts_node_is_null(parent)) return false;
    Children siblings = children_of(matching, parent);
    uint32_t at = 0;
    while (at < siblings.count && !ts_node_eq(matching->nodes.items[siblings.first + at], node))
        at++;
    bool found = false;
    while (!found && (before ? at > 0 : at + 1 < siblings.count)) {
        at = before ? at - 1 : at + 1;
        TSNode sibling = matching->nodes.items[siblings.first + at];
        found = matcher_matches(matching, relation->first, sibling);
        if (!found && ends_at(matching, relation, sibling)) break;
    }
    children_end(matching, siblings);
    return found;
}

// ---- all -----------------------------------------------------------------------------------------
static bool matches_text(const Matching *matching, const CompiledMatcher *matcher, TSNode node) {
    bool *stopped = &matching->stopped[matcher->regex_index];
    if (*stopped) return false;
    switch (regex_search(matcher->regex, node_code(matching, node))) {
    case REGEX_YES: return true;
    case REGEX_NO: return false;
    case REGEX_STOPPED: *stopped = true; break;
    }
    return false;
}

static bool matches_all(Matching *matching, const CompiledMatcher *first, TSNode node) {
    for (const CompiledMatcher *item = first; item; item = item->next)
        if (!matcher_matches(matching, item, node)) return false;
    return true;
}

static bool matches_any(Matching *matching, const CompiledMatcher *first, TSNode node) {
    for (const CompiledMatcher *item = first; item; item = item->next)
        if (matcher_matches(matching, item, node)) return true;
    return false;
}

static bool decide(Matching *matching, const CompiledMatcher *matcher, TSNode node) {
    switch (matcher->kind) {
    case MATCHER_PATTERN:
        return pattern_compare(matching, &matcher->pattern, matcher->strictness, node);
    case MATCHER_KIND: return ts_node_symbol(node) == matcher->symbol;
    case MATCHER_REGEX: return matches_text(matching, matcher, node);
    case MATCHER_INSIDE: return is_inside(matching, matcher, node);
    case MATCHER_HAS: return has(matching, matcher, node);
    case MATCHER_FOLLOWS: return is_beside(matching, matcher, node, true);
    case MATCHER_PRECEDES: return is_beside(matching, matcher, node, false);
    case MATCHER_ALL: return matches_all(matching, matcher->first, node);
    case MATCHER_ANY: return matches_any(matching, matcher->first, node);
    case MATCHER_NOT: return !matcher_matches(matching, matcher->first, node);
    case MATCHER_NAMED: return matcher_matches(matching, matcher->first, node);
    }
    return false;
}

bool matcher_matches(Matching *matching, const CompiledMatcher *matcher, TSNode node) {
    if (!matching_step(matching)) return false;
    if (!kind_set_has(&matcher->kinds, ts_node_symbol(node))) return false;
    BoundVariable variables[VARIABLE_COUNT];
    uint32_t bound = matching->bound.count;
    bool combines = matcher->kind == MATCHER_ALL || matcher->kind == MATCHER_NOT;
    if (combines) memcpy(variables, matching->variables, sizeof variables);
    bool matches = decide(matching, matcher, node);
    // What a part of `all` found, or what `not` looked at, is forgotten with it.
    if (combines && (!matches || matcher->kind == MATCHER_NOT)) {
        memcpy(matching->variables, variables, sizeof variables);
        matching->bound.count = bound;
    }
    return matches;
}
