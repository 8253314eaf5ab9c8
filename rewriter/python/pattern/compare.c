// A pattern against a node. In: a tree with metavariables, and code. Out: yes or no, and what the
// metavariables stand for. Each node of the code is compared at most once with each node of the
// pattern, so that no pattern takes more than the product of the sizes.
//
// Source: ast-grep 0.51, crates/core/src/match_tree; the order of the steps decides what matches. One thing
// is different: a comment never keeps code from matching, whatever the pattern has there.
#include <string.h>

#include "python/syntax/kinds.h"
#include "python/pattern/pattern.h"

typedef enum Verdict { MATCHES, SKIP_BOTH, SKIP_WANTED, SKIP_CODE, DIFFERS } Verdict;

// ---- the state -----------------------------------------------------------------------------------
void matching_start(Matching *matching, const PatternProgram *program, TSNode root, Str text,
                    bool *stopped) {
    *matching = (Matching){.program = program, .text = text, .stopped = stopped};
    matching->cursor = ts_tree_cursor_new(root);
}

void matching_release(Matching *matching) {
    ts_tree_cursor_delete(&matching->cursor);
    vec_release(&matching->bound);
    vec_release(&matching->nodes);
    vec_release(&matching->path);
}

Children children_of(Matching *matching, TSNode node) {
    Children children = {matching->nodes.count, 0};
    ts_tree_cursor_reset(&matching->cursor, node);
    if (!ts_tree_cursor_goto_first_child(&matching->cursor)) return children;
    do {
        vec_add(&matching->nodes, ts_tree_cursor_current_node(&matching->cursor));
        children.count++;
    } while (ts_tree_cursor_goto_next_sibling(&matching->cursor));
    return children;
}

void children_end(Matching *matching, Children children) { matching->nodes.count = children.first; }

Str node_code(const Matching *matching, TSNode node) {
    return str_slice(matching->text, ts_node_start_byte(node), ts_node_end_byte(node));
}

static void note_mismatch(const Matching *matching, const PatternNode *wanted, TSNode found,
                          bool nothing_left, bool other_text) {
    Mismatch *mismatch = matching->mismatch;
    if (!mismatch) return;
    uint32_t offset = nothing_left ? ts_node_end_byte(found) : ts_node_start_byte(found);
    if (mismatch->is_set && mismatch->offset >= offset) return;
    *mismatch = (Mismatch){wanted, found, nothing_left, other_text, offset, true};
}

// ---- metavariables -------------------------------------------------------------------------------
// The same code? Leaves are compared by their text, others by their kinds and parts.
static bool is_same_code(Matching *matching, TSNode a, TSNode b, uint32_t depth) {
    if (ts_node_eq(a, b)) return true;
    if (!matching_step(matching)) return false;
    bool leaf = (ts_node_is_named(a) && ts_node_child_count(a) == 0) ||
                (ts_node_is_named(b) && ts_node_child_count(b) == 0);
    if (leaf) return str_equal(node_code(matching, a), node_code(matching, b));
    if (ts_node_symbol(a) != ts_node_symbol(b) || depth > COMPARE_DEPTH_MAX) return false;
    Children left = children_of(matching, a), right = children_of(matching, b);
    bool same = left.count == right.count;
    for (uint32_t i = 0; same && i < left.count; i++) {
        TSNode x = matching->nodes.items[left.first + i];
        TSNode y = matching->nodes.items[right.first + i];
        same = is_same_code(matching, x, y, depth + 1);
    }
    children_end(matching, left);
    return same;
}

static void bind(Matching *matching, int32_t variable, bool many, const TSNode *nodes,
                 uint32_t count) {
    BoundVariable value = {true, many, matching->bound.count, count};
    for (uint32_t i = 0; i < count; i++) vec_add(&matching->bound, nodes[i]);
    matching->variables[variable] = value;
}

static bool bind_one(Matching *matching, const PatternNode *wanted, TSNode node) {
    if (!wanted->any_token && !ts_node_is_named(node)) return false;
    if (wanted->variable < 0) return true;
    const BoundVariable *value = &matching->variables[wanted->variable];
    if (!value->bound || value->many) {
        bind(matching, wanted->variable, wanted->many, &node, 1);
        return true;
    }
    if (is_same_code(matching, matching->bound.items[value->first], node, 0)) return true;
    note_mismatch(matching, wanted, node, false, true);
    return false;
}

// The next range of nodes at or after *AT that is named; false at the end.
static bool next_named(const TSNode *nodes, uint32_t count, uint32_t *at) {
    while (*at < count && !ts_node_is_named(nodes[*at])) ++*at;
    return *at < count;
}

static bool is_same_list(Matching *matching, BoundVariable value, uint32_t first, uint32_t count) {
    uint32_t i = 0, k = 0;
    for (;; i++, k++) {
        bool left = next_named(&matching->bound.items[value.first], value.count, &i);
        bool right = next_named(&matching->nodes.items[first], count, &k);
        if (left != right) return false;
        if (!left) return true;
        if (!is_same_code(matching, matching->bound.items[value.first + i],
                          matching->nodes.items[first + k], 0))
            return false;
    }
}

// COUNT listed children from FIRST are what `$$$NAME` stands for; the last SKIPPED are punctuation
// that the pattern has behind it.
static bool bind_many(Matching *matching, const PatternNode *wanted, uint32_t first,
                      uint32_t count, uint32_t skipped) {
    if (wanted->variable < 0) return true;
    count = count > skipped ? count - skipped : 0;
    BoundVariable value = matching->variables[wanted->variable];
    if (value.bound && value.many) {
        if (is_same_list(matching, value, first, count)) return true;
        if (count) note_mismatch(matching, wanted, matching->nodes.items[first], false, true);
        return false;
    }
    value = (BoundVariable){true, true, matching->bound.count, count};
    uint32_t to = vec_extend(&matching->bound, count);
    if (count)
        memcpy(&matching->bound.items[to], &matching->nodes.items[first],
               count * sizeof(TSNode));
    matching->variables[wanted->variable] = value;
    return true;
}

// ---- what may be left over -----------------------------------------------------------------------
static bool skips_comments(Strictness strictness) {
    return strictness != STRICTNESS_CST && strictness != STRICTNESS_AST;
}

// A comment, or a continued line: it may stand anywhere.
static bool is_skipped(Strictness strictness, TSNode node) {
    return skips_comments(strictness) && ts_node_is_extra(node);
}

static Verdict compare_leaf(const Matching *matching, const PatternNode *wanted,
                            Strictness strictness, TSNode node) {
    bool kind = wanted->symbol == ts_node_symbol(node);
    if (kind && (!wanted->named || str_equal(wanted->text, node_code(matching, node))))
        return MATCHES;
    if (is_skipped(strictness, node)) return SKIP_CODE;
    if (kind && strictness == STRICTNESS_SIGNATURE) return MATCHES;
    if (strictness == STRICTNESS_CST) return DIFFERS;
    bool skip_wanted = strictness != STRICTNESS_SMART && !wanted->named;
    bool skip_code = !ts_node_is_named(node);
    if (skip_wanted) return skip_code ? SKIP_BOTH : SKIP_WANTED;
    return skip_code ? SKIP_CODE : DIFFERS;
}

// May the code have NODE behind all that the pattern wants?
static bool may_trail(Strictness strictness, TSNode node) {
    switch (strictness) {
    case STRICTNESS_SMART: return true;
    case STRICTNESS_AST:
    case STRICTNESS_RELAXED:
    case STRICTNESS_SIGNATURE:
        return !ts_node_is_named(node) || is_skipped(strictness, node);
    case STRICTNESS_CST: break;
    }
    return false;
}

// May the pattern want WANTED although the code has ended?
static bool may_be_absent(Strictness strictness, const PatternNode *wanted) {
    if (strictness == STRICTNESS_CST) return false;
    if (wanted->kind == PATTERN_VARIABLE && wanted->many) return true;
    if (strictness == STRICTNESS_SMART) return false;
    if (wanted->kind == PATTERN_VARIABLE) return wanted->any_token;
    return wanted->kind == PATTERN_LEAF && !wanted->named;
}

// ---- lists ---------------------------------------------------------------------------------------
// The children of two nodes side by side: what is next in each.
typedef struct Lists {
    const PatternNode *wanted;
    uint32_t wanted_count, at;
    Children code;
    uint32_t code_at;
    TSNode around;
} Lists;

static Verdict compare_node(Matching *matching, const PatternNode *wanted, Strictness strictness,
                            TSNode node);

static bool at_end(const Lists *lists) { return lists->at == lists->wanted_count; }
static bool code_ended(const Lists *lists) { return lists->code_at == lists->code.count; }
static TSNode next_code(const Matching *matching, const Lists *lists) {
    return matching->nodes.items[lists->code.first + lists->code_at];
}

static bool is_many(const PatternNode *node) {
    return node->kind == PATTERN_VARIABLE && node->many;
}

static bool miss_code(const Matching *matching, const Lists *lists) {
    note_mismatch(matching, at_end(lists) ? NULL : &lists->wanted[lists->at], lists->around, true,
                  false);
    return false;
}

typedef struct Saved {
    BoundVariable variables[VARIABLE_COUNT];
    uint32_t bound;
} Saved;

static void save(const Matching *matching, Saved *saved) {
    memcpy(saved->variables, matching->variables, sizeof saved->variables);
    saved->bound = matching->bound.count;
}

static void restore(Matching *matching, const Saved *saved) {
    memcpy(matching->variables, saved->variables, sizeof saved->variables);
    matching->bound.count = saved->bound;
}

typedef enum Step { STEP_FAILED, STEP_DONE, STEP_AGAIN, STEP_TAKEN } Step;

// Everything up to the next child that looks like what the pattern wants behind `$$$`.
static Step search_end_of_many(Matching *matching, Strictness strictness, const PatternNode *many,
                               uint32_t skipped, Lists *lists) {
    uint32_t from = lists->code_at;
    Saved saved;
    save(matching, &saved);
    for (; !code_ended(lists); lists->code_at++) {
        if (compare_node(matching, &lists->wanted[lists->at], strictness,
                         next_code(matching, lists)) == MATCHES) {
            uint32_t first = lists->code.first + from;
            if (!bind_many(matching, many, first, lists->code_at - from, skipped))
                return STEP_FAILED;
            return STEP_TAKEN;
        }
        restore(matching, &saved);
    }
    miss_code(matching, lists);
    return STEP_FAILED;
}

// `$$$` takes as little as it can. STEP_TAKEN: the node behind it was compared, too.
static Step step_over_many(Matching *matching, Strictness strictness, Lists *lists) {
    const PatternNode *many = &lists->wanted[lists->at++];
    uint32_t skipped = 0;
    while (!at_end(lists)) {
        const PatternNode *next = &lists->wanted[lists->at];
        if (next->kind != PATTERN_LEAF || next->named) break;
        lists->at++;
        skipped++;
    }
    uint32_t first = lists->code.first + lists->code_at;
    if (at_end(lists)) {
        uint32_t rest = lists->code.count - lists->code_at;
        return bind_many(matching, many, first, rest, skipped) ? STEP_DONE : STEP_FAILED;
    }
    if (!is_many(&lists->wanted[lists->at]))
        return search_end_of_many(matching, strictness, many, skipped, lists);
    lists->code_at++; // before another `$$$` it takes one
    if (code_ended(lists)) return STEP_FAILED;
    return bind_many(matching, many, first, 1, skipped) ? STEP_AGAIN : STEP_FAILED;
}

// One child of the pattern against the next of the code, past what need not be there.
static Step step_over_one(Matching *matching, Strictness strictness, Lists *lists) {
    for (;;) {
        if (code_ended(lists)) {
            for (; !at_end(lists); lists->at++)
                if (!may_be_absent(strictness, &lists->wanted[lists->at])) {
                    miss_code(matching, lists);
                    return STEP_FAILED;
                }
            return STEP_TAKEN;
        }
        switch (compare_node(matching, &lists->wanted[lists->at], strictness,
                             next_code(matching, lists))) {
        case MATCHES: return STEP_TAKEN;
        case SKIP_CODE: lists->code_at++; break;
        case SKIP_BOTH: lists->code_at++; lists->at++; break;
        case SKIP_WANTED: lists->at++; break;
        case DIFFERS: return STEP_FAILED;
        }
        if (at_end(lists)) return STEP_TAKEN;
    }
}

static bool compare_rest(const Matching *matching, Strictness strictness, const Lists *lists) {
    for (uint32_t i = lists->code_at; i < lists->code.count; i++) {
        TSNode node = matching->nodes.items[lists->code.first + i];
        if (may_trail(strictness, node)) continue;
        note_mismatch(matching, NULL, node, false, false);
        return false;
    }
    return true;
}

static bool compare_lists(Matching *matching, Strictness strictness, Lists *lists) {
    if (code_ended(lists)) return miss_code(matching, lists);
    for (;;) {
        if (at_end(lists)) return true;
        Step step = is_many(&lists->wanted[lists->at])
                        ? step_over_many(matching, strictness, lists)
                        : step_over_one(matching, strictness, lists);
        if (step == STEP_FAILED) return false;
        if (step == STEP_DONE) return true;
        if (step == STEP_AGAIN) continue;
        if (!at_end(lists)) {
            lists->at++;
            if (!code_ended(lists)) lists->code_at++;
        }
        if (at_end(lists)) return compare_rest(matching, strictness, lists);
        if (code_ended(lists)) return miss_code(matching, lists);
    }
}

// ---- nodes ---------------------------------------------------------------------------------------
static Verdict compare_node(Matching *matching, const PatternNode *wanted, Strictness strictness,
                            TSNode node) {
    if (!matching_step(matching)) return DIFFERS;
    if (wanted->kind != PATTERN_LEAF && is_skipped(strictness, node)) return SKIP_CODE;
    if (wanted->kind == PATTERN_VARIABLE) {
        if (bind_one(matching, wanted, node)) return MATCHES;
        note_mismatch(matching, wanted, node, false, false);
        return DIFFERS;
    }
    if (wanted->kind == PATTERN_LEAF) {
        Verdict verdict = compare_leaf(matching, wanted, strictness, node);
        if (verdict == DIFFERS) note_mismatch(matching, wanted, node, false, false);
        return verdict;
    }
    if (wanted->symbol != ts_node_symbol(node)) {
        note_mismatch(matching, wanted, node, false, false);
        return DIFFERS;
    }
    Lists lists = {.wanted = wanted->children,
                   .wanted_count = wanted->child_count,
                   .code = children_of(matching, node),
                   .around = node};
    bool same = compare_lists(matching, strictness, &lists);
    children_end(matching, lists.code);
    return same ? MATCHES : DIFFERS;
}

bool pattern_compare(Matching *matching, const ParsedPattern *pattern, Strictness strictness,
                     TSNode node) {
    if (pattern->selected && ts_node_symbol(node) != pattern->selected) return false;
    Saved saved;
    save(matching, &saved);
    bool matches = pattern->root->kind == PATTERN_VARIABLE
                       ? bind_one(matching, pattern->root, node) // also a comment
                       : compare_node(matching, pattern->root, strictness, node) == MATCHES;
    if (matches) return true;
    restore(matching, &saved);
    return false;
}
