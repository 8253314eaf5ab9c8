// Matches of code patterns to rows. In: a tree and the expressions that were found in it. Out: the
// matches with the expressions that they are. A match that is no expression (a statement, a name that is
// bound, punctuation) keeps its offsets only.
#include "python/extract/extract.h"
#include "python/pattern/pattern.h"

// The outermost expression of a file by its offsets.
static void index_exprs(Map *index, const Facts *facts) {
    uint32_t known;
    for (uint32_t i = 1; i < facts->exprs.count; i++) { // those around come first
        uint64_t key = map_key(facts->exprs.items[i].start, facts->exprs.items[i].end);
        if (!map_get(index, key, &known)) map_put(index, key, i);
    }
}

static ExprId find_expr(const Map *index, uint32_t start, uint32_t end) {
    uint32_t row = 0;
    map_get(index, map_key(start, end), &row);
    return (ExprId){row};
}

// Parentheses belong to no expression.
static ExprId find_inner_expr(const Map *index, Str text, uint32_t start, uint32_t end) {
    ExprId expr = find_expr(index, start, end);
    if (fact_is(expr) || end <= start + 1) return expr;
    if (text.data[start] != '(' || text.data[end - 1] != ')') return expr;
    Str inner = str_trim(str_slice(text, start + 1, end - 1));
    uint32_t from = (uint32_t)(inner.data - text.data);
    return find_inner_expr(index, text, from, from + (uint32_t)inner.length);
}

static void add_captures(Walk *walk, const Map *index, const PatternMatches *matches,
                         const PatternMatch *match) {
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const PatternCapture *capture = &matches->captures.items[match->first_capture + i];
        CaptureFact row = {.variable = capture->variable,
                           .many = capture->many,
                           .keywords = capture->keywords,
                           .tight = capture->tight,
                           .start = capture->start,
                           .end = capture->end};
        if (!capture->many)
            row.expr = find_inner_expr(index, walk->text, capture->start, capture->end);
        vec_add(&walk->facts->captures, row);
    }
}

static void add_match(Walk *walk, const Map *index, const PatternMatches *matches,
                      const PatternMatch *match) {
    MatchFact row = {.rule = match->rule,
                     .module = walk->module,
                     .expr = find_expr(index, match->start, match->end),
                     .start = match->start,
                     .end = match->end,
                     .first_capture = walk->facts->captures.count,
                     .capture_count = match->capture_count,
                     .loose = match->loose,
                     .replaced = match->replaced,
                     .replaced_itself = match->replaced_itself,
                     .context_start = match->context_start,
                     .context_end = match->context_end};
    if (match->head_end > match->head_start)
        row.replaced_head = find_expr(index, match->head_start, match->head_end);
    add_captures(walk, index, matches, match);
    vec_add(&walk->facts->matches, row);
}

void extract_matches(Walk *walk, const PatternProgram *patterns, const TSTree *tree) {
    PatternMatches matches = {0};
    pattern_walk_tree(patterns, tree, walk->text, walk->file_id, &matches);
    if (matches.list.count) {
        Map index = {0};
        index_exprs(&index, walk->facts);
        for (uint32_t i = 0; i < matches.list.count; i++)
            add_match(walk, &index, &matches, &matches.list.items[i]);
        map_release(&index);
    }
    for (uint32_t i = 0; i < matches.stops.count; i++)
        vec_add(&walk->facts->stops, matches.stops.items[i]);
    pattern_matches_release(&matches);
}
