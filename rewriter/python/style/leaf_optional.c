// Parentheses that a formatter may write around parts of a statement when it does not fit, and takes away when it does.
// In: the leaves of a statement. Out: the same, with pairs of empty leaves around what a keyword or an assignment is
// followed by, around conditional expressions that stand beside others, and around annotations.
#include "python/style/leaf.h"

typedef struct Pair {
    uint32_t from, to; // leaves [from, to) stand between
} Pair;

typedef struct Wrapping {
    Arena *arena;
    Leaves *leaves;
    Vec(Pair) pairs;
    bool keep; // parentheses that are written stay
    bool good;
} Wrapping;

static Leaf *leaf_at(const Wrapping *wrapping, uint32_t index) { return wrapping->leaves->items[index]; }

static bool is_at(const Wrapping *wrapping, uint32_t index, const char *text) {
    return index < wrapping->leaves->count && leaf_is(leaf_at(wrapping, index), text);
}

// The first leaf of [from, to) with that text and outside of brackets that begin there; TO when there is none.
static uint32_t find_outside(const Wrapping *wrapping, uint32_t from, uint32_t to, const char *text) {
    uint32_t depth = 0;
    for (uint32_t i = from; i < to; i++) {
        const Leaf *leaf = leaf_at(wrapping, i);
        if (leaf->kind == LEAF_CLOSE && depth > 0) depth--;
        if (depth == 0 && leaf_is(leaf, text)) return i;
        if (leaf->kind == LEAF_OPEN) depth++;
    }
    return to;
}

// ---- parentheses that are written -----------------------------------------------------------------------------
// What stands in them could not stand without: a tuple, a generator, `yield`, `:=`, a star.
static bool must_stay(const Wrapping *wrapping, uint32_t from, uint32_t to) {
    uint32_t depth = 0;
    for (uint32_t i = from; i < to; i++) {
        const Leaf *leaf = leaf_at(wrapping, i);
        if (leaf->kind == LEAF_CLOSE) depth--;
        if (depth == 0 && (leaf->after == BREAK_COMMA || leaf->role == ROLE_CLAUSE || leaf->role == ROLE_STAR ||
                           leaf_is(leaf, "yield") || leaf_is(leaf, ":=") || leaf_is(leaf, "async")))
            return true;
        if (leaf->kind == LEAF_OPEN) depth++;
    }
    return from == to;
}

static bool is_pair(const Wrapping *wrapping, uint32_t from, uint32_t to) {
    if (to < from + 2) return false;
    const Leaf *first = leaf_at(wrapping, from);
    return leaf_is(first, "(") && first->role == ROLE_ATOM && first->partner == leaf_at(wrapping, to - 1);
}

// The part [from, to) of a statement gets parentheses that need not be written; those that it has become such.
static void wrap(Wrapping *wrapping, uint32_t from, uint32_t to) {
    if (from >= to) return;
    if (is_at(wrapping, to - 1, ",")) {
        wrapping->good = false; // a tuple of one gets parentheses for good
        return;
    }
    if (!is_pair(wrapping, from, to)) {
        vec_add(&wrapping->pairs, ((Pair){from, to}));
        return;
    }
    if (wrapping->keep || must_stay(wrapping, from + 1, to - 1)) return;
    wrapping->good = wrapping->good && !is_pair(wrapping, from + 1, to - 1);
    leaf_at(wrapping, from)->text = leaf_at(wrapping, to - 1)->text = STR_NONE;
    leaf_at(wrapping, from)->space = true;
}

// ---- conditional expressions ------------------------------------------------------------------------------------
static bool begins_value(const Leaf *leaf) {
    static const char *const words[] = {",",      "=",     ":",    "+=", "-=", "*=", "/=", "//=", "%=", "|=", "&=",
                                        "^=",     ">>=",   "<<=",  "@=", "**=", ":=", "->", "return", "yield", "assert", "del",
                                        "while",  "elif",  "from", "async"};
    if (leaf->kind == LEAF_OPEN || leaf->role == ROLE_STAR || leaf->role == ROLE_TARGET || leaf->role == ROLE_CLAUSE)
        return true;
    if (leaf->role == ROLE_CHOICE) return leaf_is(leaf, "else");
    if (leaf_is(leaf, "if")) return true; // of a statement
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (leaf_is(leaf, words[i])) return true;
    return false;
}

static bool ends_value(const Leaf *leaf) {
    static const char *const words[] = {",", ":", "=", "from", "as", "async"};
    if (leaf->kind == LEAF_CLOSE || leaf->role == ROLE_CLAUSE) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (leaf_is(leaf, words[i])) return true;
    return false;
}

static uint32_t index_of(const Wrapping *wrapping, const Leaf *leaf, uint32_t near, int step) {
    while (leaf_at(wrapping, near) != leaf) near = (uint32_t)((int)near + step);
    return near;
}

// The conditional expression whose `if` stands at MIDDLE.
static void wrap_choice(Wrapping *wrapping, uint32_t middle) {
    uint32_t from = middle, to = middle;
    while (from > 0 && !begins_value(leaf_at(wrapping, from - 1))) {
        from--;
        if (leaf_at(wrapping, from)->kind == LEAF_CLOSE) from = index_of(wrapping, leaf_at(wrapping, from)->partner, from, -1);
    }
    while (to < wrapping->leaves->count && !ends_value(leaf_at(wrapping, to))) {
        if (leaf_at(wrapping, to)->kind == LEAF_OPEN) to = index_of(wrapping, leaf_at(wrapping, to)->partner, to, 1);
        to++;
    }
    bool alone = from > 0 && leaf_is(leaf_at(wrapping, from - 1), "(") && to < wrapping->leaves->count &&
                 leaf_at(wrapping, from - 1)->partner == leaf_at(wrapping, to);
    for (uint32_t i = 0; i < wrapping->pairs.count; i++)
        alone = alone || (wrapping->pairs.items[i].from == from && wrapping->pairs.items[i].to == to);
    if (from > 0 && leaf_at(wrapping, from - 1)->text.length == 0) alone = true; // became such
    if (!alone) vec_add(&wrapping->pairs, ((Pair){from, to}));
}

// ---- kinds of statements -----------------------------------------------------------------------------------------
static void wrap_definition(Wrapping *wrapping, uint32_t first, uint32_t end) {
    uint32_t arrow = find_outside(wrapping, first, end, "->");
    if (arrow < end) wrap(wrapping, arrow + 1, end);
    uint32_t at = find_outside(wrapping, first, end, "(") + 1;
    if (at > end || leaf_at(wrapping, at - 1)->role != ROLE_PARAMETERS) {
        wrapping->good = false; // type parameters
        return;
    }
    uint32_t close = index_of(wrapping, leaf_at(wrapping, at - 1)->partner, at - 1, 1);
    while (at < close) {
        uint32_t next = find_outside(wrapping, at, close, ",");
        uint32_t colon = find_outside(wrapping, at, next, ":"), equals = find_outside(wrapping, at, next, "=");
        if (colon < equals && leaf_at(wrapping, at)->role != ROLE_STAR) wrap(wrapping, colon + 1, equals);
        at = next + 1;
    }
}

// The leaf of a top-level assignment in [from, to): = or one of those with an operator; TO when there is none.
static uint32_t find_assignment(const Wrapping *wrapping, uint32_t from, uint32_t to) {
    uint32_t depth = 0;
    for (uint32_t i = from; i < to; i++) {
        const Leaf *leaf = leaf_at(wrapping, i);
        if (leaf->kind == LEAF_CLOSE && depth > 0) depth--;
        size_t length = leaf->text.length;
        bool assigns = leaf->kind == LEAF_OPERATOR && length > 0 && leaf->text.data[length - 1] == '=' &&
                       !leaf_is(leaf, "==") && !leaf_is(leaf, "!=") && !leaf_is(leaf, "<=") && !leaf_is(leaf, ">=");
        if (depth == 0 && assigns) return i;
        if (leaf->kind == LEAF_OPEN) depth++;
    }
    return to;
}

static bool has_lambda(const Wrapping *wrapping, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++)
        if (is_at(wrapping, i, "lambda")) return true;
    return false;
}

static void wrap_assignment(Wrapping *wrapping, uint32_t end) {
    uint32_t colon = find_outside(wrapping, 0, end, ":"), equals = find_assignment(wrapping, 0, end);
    if (colon < equals && !has_lambda(wrapping, 0, colon)) {
        wrap(wrapping, colon + 1, equals);
    } else if (equals == end) {
        return; // an expression
    } else if (find_outside(wrapping, 0, equals, ",") < equals) {
        wrap(wrapping, 0, equals);
    }
    while (equals < end) {
        uint32_t next = find_assignment(wrapping, equals + 1, end);
        wrap(wrapping, equals + 1, next);
        equals = next;
    }
}

static bool opens_block(const Wrapping *wrapping, uint32_t first) {
    static const char *const words[] = {"if",   "elif",  "else", "while", "for", "with",
                                        "try", "except", "finally", "def", "class"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_at(wrapping, first, words[i])) return true;
    return false;
}

static void wrap_statement(Wrapping *wrapping) {
    uint32_t count = wrapping->leaves->count, first = is_at(wrapping, 0, "async") ? 1 : 0;
    uint32_t from = first + 1, end = is_at(wrapping, count - 1, ":") ? count - 1 : count;
    bool declares = count > 2 && is_at(wrapping, count - 1, "...") && is_at(wrapping, count - 2, ":") &&
                    (is_at(wrapping, first, "def") || is_at(wrapping, first, "class"));
    if (declares) end = count - 2;
    if (is_at(wrapping, first, "return") || is_at(wrapping, first, "if") || is_at(wrapping, first, "elif") ||
        is_at(wrapping, first, "while") || is_at(wrapping, first, "del")) {
        wrap(wrapping, from, end);
    } else if (is_at(wrapping, first, "assert")) {
        uint32_t comma = find_outside(wrapping, from, end, ",");
        wrap(wrapping, from, comma);
        wrap(wrapping, comma + 1, end);
    } else if (is_at(wrapping, first, "for")) {
        uint32_t in = from;
        while (in < end && leaf_at(wrapping, in)->role != ROLE_TARGET) in++;
        wrap(wrapping, from, in);
        wrap(wrapping, in + 1, end);
    } else if (is_at(wrapping, first, "except")) {
        wrap(wrapping, from, find_outside(wrapping, from, end, "as"));
    } else if (is_at(wrapping, first, "def")) {
        wrap_definition(wrapping, from, end);
    } else if (is_at(wrapping, 0, "import") || is_at(wrapping, 0, "from") ||
               (end < count && (is_at(wrapping, 0, "match") || is_at(wrapping, 0, "case")))) {
        wrapping->good = false; // have a layout of their own
    } else if (end == count) {
        wrap_assignment(wrapping, end);
    }
    if (end == count && opens_block(wrapping, first)) wrapping->good = false; // its block begins on the same line
}

// ---- the pairs as leaves ---------------------------------------------------------------------------------------------
static int compare_pairs(const void *left, const void *right) {
    const Pair *a = left, *b = right;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (a->to < b->to) - (a->to > b->to); // the wider one first
}

// A comment behind what the parentheses close goes behind them, unless they hold a single leaf.
static void close_pair(Leaves *out, Leaf *open, uint32_t held) {
    Leaf *last = *vec_last(out);
    if (last->comment.length > 0 && held > 1) {
        open->partner->comment = last->comment;
        open->partner->comment_start = last->comment_start;
        last->comment = STR_NONE;
    }
    vec_add(out, open->partner);
}

static void insert_pairs(Wrapping *wrapping) {
    Leaves out = {0}, open = {0};
    Vec(Pair) around = {0};
    uint32_t next = 0;
    if (wrapping->pairs.count > 0)
        qsort(wrapping->pairs.items, wrapping->pairs.count, sizeof *wrapping->pairs.items, compare_pairs);
    for (uint32_t i = 0; i <= wrapping->leaves->count; i++) {
        while (around.count > 0 && vec_last(&around)->to == i) {
            close_pair(&out, *vec_last(&open), i - vec_last(&around)->from);
            around.count--;
            open.count--;
        }
        if (i == wrapping->leaves->count) break;
        for (; next < wrapping->pairs.count && wrapping->pairs.items[next].from == i; next++) {
            Leaf *pair = leaf_new(wrapping->arena, LEAF_OPEN, STR_NONE);
            pair->partner = leaf_new(wrapping->arena, LEAF_CLOSE, STR_NONE);
            pair->partner->partner = pair;
            pair->role = pair->partner->role = ROLE_ATOM;
            pair->space = leaf_at(wrapping, i)->space;
            leaf_at(wrapping, i)->space = false;
            vec_add(&out, pair);
            vec_add(&open, pair);
            vec_add(&around, wrapping->pairs.items[next]);
        }
        vec_add(&out, leaf_at(wrapping, i));
    }
    vec_release(&open);
    vec_release(&around);
    vec_release(wrapping->leaves);
    *wrapping->leaves = out;
}

bool leaves_add_optional(Arena *arena, Leaves *leaves, bool keep, bool inside) {
    Wrapping wrapping = {.arena = arena, .leaves = leaves, .keep = keep, .good = true};
    if (!inside) wrap_statement(&wrapping);
    for (uint32_t i = 1; i < leaves->count && wrapping.good; i++)
        if (leaf_at(&wrapping, i)->role == ROLE_CHOICE && is_at(&wrapping, i, "if")) wrap_choice(&wrapping, i);
    if (wrapping.good) insert_pairs(&wrapping);
    vec_release(&wrapping.pairs);
    return wrapping.good;
}
