// A statement from text to text. In: its text, on however many lines. Out: the same tokens on the lines that they get, with
// where each of them came to stand.
#include "python/style/statement.h"

#include "python/style/split.h"

void laid_release(Laid *laid) {
    strbuf_release(&laid->text);
    vec_release(&laid->places);
    vec_release(&laid->lines);
}

static void laid_clear(Laid *laid) {
    strbuf_clear(&laid->text);
    vec_clear(&laid->places);
    vec_clear(&laid->lines);
}

// ---- writing -----------------------------------------------------------------------------------------------------
static void write_leaf(Laid *laid, const Leaf *leaf, bool first) {
    if (leaf->space && !first) strbuf_add_char(&laid->text, ' ');
    if (leaf->end > 0 && leaf->text.length > 0)
        vec_add(&laid->places, ((LaidPlace){leaf->start, leaf->end, (uint32_t)laid->text.length}));
    strbuf_add(&laid->text, leaf->text);
}

static void write_comment(Laid *laid, const Leaf *leaf) {
    if (leaf->comment.length == 0) return;
    strbuf_add(&laid->text, STR("  "));
    uint32_t end = leaf->comment_start + (uint32_t)leaf->comment.length;
    vec_add(&laid->places, ((LaidPlace){leaf->comment_start, end, (uint32_t)laid->text.length}));
    strbuf_add(&laid->text, leaf->comment);
}

static void write_line(const StatementStyle *style, Laid *laid, const Line *line) {
    if (laid->text.length > 0) {
        strbuf_add(&laid->text, style->newline);
        strbuf_add(&laid->text, style->indent);
        for (uint32_t i = 0; i < line->level; i++) strbuf_add(&laid->text, style->level);
    }
    uint32_t first = laid->places.count;
    for (uint32_t i = 0; i < line->leaves.count; i++) write_leaf(laid, line->leaves.items[i], i == 0);
    for (uint32_t i = 0; i < line->leaves.count; i++) write_comment(laid, line->leaves.items[i]);
    if (first < laid->places.count) vec_add(&laid->lines, laid->places.items[first].start);
}

static bool is_in_order(const Laid *laid) {
    for (uint32_t i = 1; i < laid->places.count; i++)
        if (laid->places.items[i].start < laid->places.items[i - 1].end) return false;
    return laid->places.count > 0;
}

static bool lay_out_leaves(Arena *arena, const StatementStyle *statement, Leaves *leaves, Laid *laid) {
    Style style = {.arena = arena,
                   .limit = statement->limit,
                   .indent = leaf_width(statement->indent),
                   .level = leaf_width(statement->level),
                   .plain_stars = statement->plain_stars};
    if (!leaves_add_optional(arena, leaves, statement->keep, statement->inside)) return false;
    Line *line = line_new(&style, 0, statement->inside);
    for (uint32_t i = 0; i < leaves->count; i++) line_append(line, leaves->items[i], true);
    Lines lines = {0};
    bool good = split_line(&style, line, &lines);
    for (uint32_t i = 0; i < lines.count && good; i++) write_line(statement, laid, lines.items[i]);
    vec_release(&lines);
    lines_release(&style);
    return good && is_in_order(laid);
}

// ---- a parameter that is longer in some stages --------------------------------------------------------------------
static const char *const WITHOUT[] = {"|", "None", "=", "None"};
enum { WITHOUT_COUNT = sizeof WITHOUT / sizeof *WITHOUT };

// The leaves [*from, *to) are the parameter NAME of a definition, with its annotation and default.
static bool find_parameter(const Leaves *leaves, Str name, uint32_t *from, uint32_t *to) {
    uint32_t depth = 0, i = 0;
    for (bool inside = false; i < leaves->count; i++) {
        const Leaf *leaf = leaves->items[i];
        if (leaf->kind == LEAF_CLOSE) depth--;
        inside = inside || leaf->role == ROLE_PARAMETERS;
        bool begins = i > 0 && (leaf_is(leaves->items[i - 1], ",") || leaves->items[i - 1]->role == ROLE_PARAMETERS);
        if (inside && depth == 1 && begins && str_equal(leaf->text, name)) break;
        if (leaf->kind == LEAF_OPEN) depth++;
    }
    *from = *to = i;
    for (; *to < leaves->count; (*to)++) {
        const Leaf *leaf = leaves->items[*to];
        if (leaf->kind == LEAF_CLOSE && --depth == 0) break;
        if (depth == 1 && leaf_is(leaf, ",")) break;
        if (leaf->kind == LEAF_OPEN) depth++;
    }
    return *from < leaves->count;
}

static bool ends_with_default(const Leaves *leaves, uint32_t to) {
    for (uint32_t i = 0; i < WITHOUT_COUNT; i++)
        if (to < WITHOUT_COUNT || !leaf_is(leaves->items[to - WITHOUT_COUNT + i], WITHOUT[i])) return false;
    return true;
}

static void insert_leaf(Leaves *leaves, uint32_t at, Leaf *leaf) {
    vec_add(leaves, NULL);
    memmove(&leaves->items[at + 1], &leaves->items[at], (leaves->count - 1 - at) * sizeof *leaves->items);
    leaves->items[at] = leaf;
}

// The statement as it reads in the other stages. False where it is the same in all.
static bool make_other_stage(Arena *arena, Leaves *leaves, Str parameter) {
    uint32_t from, to;
    bool declares = leaves->count > 0 && leaf_is(*vec_last(leaves), "..."); // always the same
    if (declares || parameter.length == 0 || !find_parameter(leaves, parameter, &from, &to)) return false;
    if (ends_with_default(leaves, to)) {
        uint32_t start = to - WITHOUT_COUNT;
        memmove(&leaves->items[start], &leaves->items[to], (leaves->count - to) * sizeof *leaves->items);
        leaves->count -= WITHOUT_COUNT;
        return true;
    }
    for (uint32_t i = from; i < to; i++)
        if (leaf_is(leaves->items[i], "=")) return false;
    for (uint32_t i = 0; i < WITHOUT_COUNT; i++) {
        Leaf *leaf = leaf_new(arena, i % 2 == 0 ? LEAF_OPERATOR : LEAF_NAME, str_from(WITHOUT[i]));
        leaf->space = true;
        insert_leaf(leaves, to + i, leaf);
    }
    leaves_find_roles(leaves);
    return true;
}

// A comma behind the last parameter keeps them apart, whatever else changes.
static void keep_parameters_apart(Arena *arena, Leaves *leaves) {
    for (uint32_t i = 1; i < leaves->count; i++) {
        const Leaf *leaf = leaves->items[i], *last = leaves->items[i - 1];
        if (leaf->kind != LEAF_CLOSE || leaf->role != ROLE_PARAMETERS) continue;
        if (leaf_is(last, ",") || last->kind == LEAF_OPEN || last->kind == LEAF_COMMENT) return;
        Leaf *comma = leaf_new(arena, LEAF_OPERATOR, STR(","));
        comma->after = BREAK_COMMA;
        insert_leaf(leaves, i, comma);
        return;
    }
}

static bool same_lines(const Laid *one, const Laid *other) {
    if (one->lines.count != other->lines.count) return false;
    for (uint32_t i = 0; i < one->lines.count; i++)
        if (one->lines.items[i] != other->lines.items[i]) return false;
    return true;
}

// Near the limit, where the lines would be others in another stage, the parameters have a line each in all of them.
static bool agree_with_stages(Arena *arena, const StatementStyle *style, Str text, Laid *laid) {
    Leaves leaves = {0};
    Laid other = {0};
    bool good = true, differs = leaves_read(arena, text, &leaves) && make_other_stage(arena, &leaves, style->grown) &&
                                lay_out_leaves(arena, style, &leaves, &other) && !same_lines(laid, &other);
    if (differs) {
        vec_clear(&leaves);
        laid_clear(laid);
        good = leaves_read(arena, text, &leaves);
        keep_parameters_apart(arena, &leaves);
        good = good && lay_out_leaves(arena, style, &leaves, laid);
    }
    laid_release(&other);
    vec_release(&leaves);
    return good;
}

// ---- the statement ----------------------------------------------------------------------------------------------
bool statement_lay_out(Arena *arena, const StatementStyle *style, Str text, Laid *laid) {
    Leaves leaves = {0};
    bool good = leaves_read(arena, text, &leaves) && lay_out_leaves(arena, style, &leaves, laid) &&
                agree_with_stages(arena, style, text, laid);
    vec_release(&leaves);
    return good;
}

bool statement_is_laid_out(Arena *arena, const StatementStyle *style, Str text) {
    StatementStyle asked = *style;
    asked.grown = STR_NONE;
    Laid laid = {0};
    bool same = statement_lay_out(arena, &asked, text, &laid) && str_equal(strbuf_str(&laid.text), text);
    if (!same) {
        asked.plain_stars = true;
        laid_clear(&laid);
        same = statement_lay_out(arena, &asked, text, &laid) && str_equal(strbuf_str(&laid.text), text);
    }
    laid_release(&laid);
    return same;
}
