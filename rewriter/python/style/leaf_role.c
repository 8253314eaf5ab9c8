// What stars, brackets and keywords of a statement are. In: its leaves. Out: their roles, and how readily a line is
// broken beside each. Python's grammar is not needed for that: what a word means follows from its neighbours and from
// the words between the same brackets.
#include "python/style/leaf.h"

static uint8_t operator_priority(const Leaf *leaf) {
    static const struct {
        const char *text;
        uint8_t priority;
    } table[] = {{"|", BREAK_OR},       {"^", BREAK_XOR},        {"&", BREAK_AND},         {"<<", BREAK_SHIFT},
                 {">>", BREAK_SHIFT},   {"+", BREAK_SUM},        {"-", BREAK_SUM},         {"*", BREAK_PRODUCT},
                 {"/", BREAK_PRODUCT},  {"//", BREAK_PRODUCT},   {"%", BREAK_PRODUCT},     {"@", BREAK_PRODUCT},
                 {"**", BREAK_POWER},   {"<", BREAK_COMPARISON}, {">", BREAK_COMPARISON},  {"==", BREAK_COMPARISON},
                 {"!=", BREAK_COMPARISON}, {"<=", BREAK_COMPARISON}, {">=", BREAK_COMPARISON}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (leaf_is(leaf, table[i].text)) return table[i].priority;
    return BREAK_NEVER;
}

static void find_operator(Leaf *leaf, const Leaf *previous) {
    bool binary = previous != NULL && leaf_ends_value(previous);
    if (leaf_is(leaf, ","))
        leaf->after = BREAK_COMMA;
    else if (leaf_is(leaf, "."))
        leaf->before = previous != NULL && previous->kind == LEAF_CLOSE ? BREAK_DOT : BREAK_NEVER;
    else if (binary)
        leaf->before = operator_priority(leaf);
    else if (leaf_is(leaf, "*") || leaf_is(leaf, "**"))
        leaf->role = ROLE_STAR;
}

static void find_bracket(const Leaves *leaves, uint32_t index) {
    Leaf *leaf = leaves->items[index];
    const Leaf *previous = index > 0 ? leaves->items[index - 1] : NULL, *first = leaves->items[0];
    if (leaf_is(first, "async") && leaves->count > 1) first = leaves->items[1];
    leaf->role = ROLE_ATOM;
    if (previous != NULL && leaf_ends_value(previous)) {
        bool header = leaf_is(first, "def") && previous == leaves->items[leaf_is(leaves->items[0], "async") ? 2 : 1];
        leaf->role = leaf_is(leaf, "[") ? ROLE_SUBSCRIPT : header ? ROLE_PARAMETERS : ROLE_ARGUMENTS;
        if (leaf_is(leaf, "{")) leaf->role = ROLE_ATOM;
    }
    if (leaf->partner != NULL) leaf->partner->role = leaf->role;
}

static void find_word(const Leaves *leaves, uint32_t index) {
    Leaf *leaf = leaves->items[index];
    const Leaf *previous = index > 0 ? leaves->items[index - 1] : NULL;
    const Leaf *next = index + 1 < leaves->count ? leaves->items[index + 1] : NULL;
    if (leaf_is(leaf, "and") || leaf_is(leaf, "or")) leaf->before = BREAK_LOGIC;
    if (leaf_is(leaf, "is")) leaf->before = BREAK_COMPARISON;
    if (leaf_is(leaf, "not") && next != NULL && leaf_is(next, "in") && previous != NULL && !leaf_is(previous, "is"))
        leaf->before = BREAK_COMPARISON;
    if (leaf_is(leaf, "in") && leaf->role != ROLE_TARGET && previous != NULL && !leaf_is(previous, "not"))
        leaf->before = BREAK_COMPARISON;
    if (leaf->role == ROLE_CHOICE) leaf->before = BREAK_CHOICE;
    bool after_async = previous != NULL && leaf_is(previous, "async");
    if (leaf->role == ROLE_CLAUSE && !after_async) leaf->before = BREAK_CLAUSE;
    if (leaf_is(leaf, "async") && index > 0) leaf->before = BREAK_CLAUSE;
}

// ---- words that belong together -------------------------------------------------------------------------
// `for` and `in`, `if` and `else` between the brackets that begin before FIRST; returns behind the closing one.
static uint32_t find_pairs(const Leaves *leaves, uint32_t first) {
    enum { MOST = 32 };
    Leaf *ifs[MOST];
    uint32_t if_count = 0, fors = 0, i = first;
    for (; i < leaves->count; i++) {
        Leaf *leaf = leaves->items[i];
        if (leaf->kind == LEAF_OPEN) {
            i = find_pairs(leaves, i + 1) - 1;
        } else if (leaf->kind == LEAF_CLOSE) {
            return i + 1;
        } else if (leaf_is(leaf, ",")) {
            if_count = 0;
        } else if (leaf->kind != LEAF_NAME || i == 0) {
            fors += leaf_is(leaf, "for"); // of a statement
        } else if (leaf_is(leaf, "for")) {
            leaf->role = i == 1 && leaf_is(leaves->items[0], "async") ? ROLE_NONE : ROLE_CLAUSE;
            fors++;
        } else if (leaf_is(leaf, "in") && fors > 0) {
            leaf->role = ROLE_TARGET;
            fors--;
        } else if (leaf_is(leaf, "if")) {
            leaf->role = ROLE_CLAUSE; // until its `else` comes
            if (if_count < MOST) ifs[if_count++] = leaf;
        } else if (leaf_is(leaf, "else") && if_count > 0) {
            ifs[--if_count]->role = leaf->role = ROLE_CHOICE;
        }
    }
    return i;
}

void leaves_find_roles(Leaves *leaves) {
    const Leaf *previous = NULL;
    find_pairs(leaves, 0);
    for (uint32_t i = 0; i < leaves->count; i++) {
        Leaf *leaf = leaves->items[i];
        if (leaf->kind == LEAF_COMMENT) continue;
        if (leaf->kind == LEAF_OPERATOR) find_operator(leaf, previous);
        if (leaf->kind == LEAF_OPEN) find_bracket(leaves, i);
        if (leaf->kind == LEAF_NAME) find_word(leaves, i);
        if (leaf->kind == LEAF_STRING && previous != NULL && previous->kind == LEAF_STRING)
            leaf->before = BREAK_STRING;
        previous = leaf;
    }
}
