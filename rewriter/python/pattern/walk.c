// All patterns in one walk of a tree. In: a program and the tree of a file. Out: the matches, with what
// their metavariables stand for. Each node is only shown to the rules that its kind may match.
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "python/syntax/kinds.h"
#include "python/syntax/parse.h"
#include "python/pattern/pattern.h"

// A rule may look at so many nodes in a file: far more than any sensible one, and in proportion to it.
enum { STEPS_PER_BYTE = 1000, STEPS_LEAST = 1000000 };

typedef struct PatternWalk {
    Matching matching;
    PatternMatches *matches;
    uint64_t *steps; // by rule: what is left
    FileId file;
    uint32_t *stopped_at; // by regex, then by rule: offset + 1 of the node that was too much
} PatternWalk;

// ---- what a match keeps --------------------------------------------------------------------------
// Code that needs no parentheses in any place.
static bool is_tight_kind(uint8_t kind) {
    switch (kind) {
    case NODE_IDENTIFIER:
    case NODE_ATTRIBUTE:
    case NODE_CALL:
    case NODE_SUBSCRIPT:
    case NODE_STRING:
    case NODE_CONCATENATED_STRING:
    case NODE_PARENTHESIZED:
    case NODE_LIST:
    case NODE_SET:
    case NODE_TUPLE:
    case NODE_DICTIONARY:
    case NODE_LIST_COMPREHENSION:
    case NODE_SET_COMPREHENSION:
    case NODE_DICTIONARY_COMPREHENSION:
    case NODE_GENERATOR:
    case NODE_NONE:
    case NODE_TRUE:
    case NODE_FALSE:
    case NODE_ELLIPSIS: return true;
    default: return false;
    }
}

static bool is_item(TSNode node) {
    uint8_t kind = kinds_of_node(node);
    return ts_node_is_named(node) && !kind_is_extra(kind);
}

static bool is_keyword(TSNode node) {
    uint8_t kind = kinds_of_node(node);
    return kind == NODE_KEYWORD_ARGUMENT || kind == NODE_DICTIONARY_SPLAT;
}

static PatternCapture capture_of(const Matching *matching, uint32_t variable) {
    BoundVariable value = matching->variables[variable];
    PatternCapture capture = {.variable = variable, .many = value.many};
    if (value.count == 0) return capture;
    const TSNode *nodes = &matching->bound.items[value.first];
    uint32_t from = 0, to = value.count;
    // The commas around a list, and comments behind it, are none of its items.
    while (value.many && from < to && !is_item(nodes[from])) from++;
    while (value.many && to > from && !is_item(nodes[to - 1])) to--;
    if (from == to) return capture;
    TSNode first = nodes[from], last = nodes[to - 1];
    for (uint32_t i = from; i < to; i++) capture.keywords = capture.keywords || is_keyword(nodes[i]);
    capture.start = ts_node_start_byte(first);
    capture.end = ts_node_end_byte(last);
    capture.tight = !value.many && is_tight_kind(kinds_of_node(first));
    return capture;
}

static void keep_match(PatternWalk *walk, uint32_t rule, TSNode node, PatternMatch match) {
    const Matching *matching = &walk->matching;
    match.rule = rule;
    match.start = ts_node_start_byte(node);
    match.end = ts_node_end_byte(node);
    match.first_capture = walk->matches->captures.count;
    for (uint32_t i = 0; i < matching->program->rules.items[rule].variable_count; i++)
        if (matching->variables[i].bound) vec_add(&walk->matches->captures, capture_of(matching, i));
    match.capture_count = walk->matches->captures.count - match.first_capture;
    vec_add(&walk->matches->list, match);
}

// ---- code that was replaced before ---------------------------------------------------------------
static void keep_replaced(const Matching *matching, PatternMatch *match) {
    PatternCapture head = capture_of(matching, VARIABLE_HEAD);
    PatternCapture context = capture_of(matching, VARIABLE_CONTEXT);
    match->replaced = true;
    match->head_start = head.start;
    match->head_end = head.end;
    match->context_start = context.start;
    match->context_end = context.end;
}

static bool ends_statement(TSNode node) {
    uint8_t kind = kinds_of_node(node);
    return kind == NODE_BLOCK || kind == NODE_OTHER; // NODE_OTHER: the module
}

// Does what the rule writes bind less than what stands there? A call or a name never does.
static bool is_loose(const CompiledMatcher *replacement, TSNode node) {
    const PatternNode *root = replacement->pattern.root;
    TSSymbol symbol = root->symbol;
    if (root->kind == PATTERN_VARIABLE) return root->variable != VARIABLE_HEAD;
    return !is_tight_kind(kinds_of_symbol(symbol)) && symbol != ts_node_symbol(node);
}

// Is NODE what the rule writes, or part of what it wrote with the same metavariables?
static void look_for_replaced(Matching *matching, const CompiledRule *rule, TSNode node,
                              PatternMatch *match) {
    BoundVariable variables[VARIABLE_COUNT];
    uint32_t bound = matching->bound.count;
    memcpy(variables, matching->variables, sizeof variables);
    memset(matching->variables, 0, sizeof matching->variables);
    if (matcher_matches(matching, rule->replaced, node)) {
        keep_replaced(matching, match);
        match->replaced_itself = true;
    }
    memcpy(matching->variables, variables, sizeof variables);
    for (TSNode around = node_around(matching, node);
         !match->replaced && !ts_node_is_null(around) && !ends_statement(around);
         around = node_around(matching, around)) {
        if (matcher_matches(matching, rule->replaced, around)) keep_replaced(matching, match);
    }
    memcpy(matching->variables, variables, sizeof variables);
    matching->bound.count = bound;
}

// ---- one node ------------------------------------------------------------------------------------
static bool constraints_hold(Matching *matching, const CompiledRule *rule) {
    for (uint32_t i = 0; i < rule->constraints.count; i++) {
        const CompiledConstraint *constraint = &rule->constraints.items[i];
        BoundVariable value = matching->variables[constraint->variable];
        for (uint32_t k = 0; k < value.count; k++) {
            TSNode node = matching->bound.items[value.first + k];
            if (value.many && !ts_node_is_named(node)) continue;
            if (!matcher_matches(matching, constraint->matcher, node)) return false;
        }
    }
    return true;
}

static void note_stopped(PatternWalk *walk, uint32_t rule, TSNode node) {
    const PatternProgram *program = walk->matching.program;
    uint32_t at = ts_node_start_byte(node) + 1;
    for (uint32_t i = 0; i < program->regexes.count; i++)
        if (walk->matching.stopped[i] && !walk->stopped_at[i]) walk->stopped_at[i] = at;
    uint32_t *of_rule = &walk->stopped_at[program->regexes.count + rule];
    if (walk->matching.steps_left == 0 && !*of_rule) *of_rule = at;
}

static void try_rule(PatternWalk *walk, uint32_t index, TSNode node) {
    Matching *matching = &walk->matching;
    const CompiledRule *rule = &matching->program->rules.items[index];
    memset(matching->variables, 0, sizeof matching->variables);
    matching->bound.count = 0;
    matching->steps_left = walk->steps[index];
    PatternMatch match = {0};
    bool matches =
        matcher_matches(matching, rule->matcher, node) && constraints_hold(matching, rule);
    if (matches && rule->replaced) {
        match.loose = is_loose(rule->replaced, node);
        look_for_replaced(matching, rule, node, &match);
    }
    walk->steps[index] = matching->steps_left;
    note_stopped(walk, index, node);
    if (matches) keep_match(walk, index, node, match);
}

static void visit(PatternWalk *walk, TSNode node) {
    const PatternProgram *program = walk->matching.program;
    TSSymbol symbol = ts_node_symbol(node);
    if (symbol >= program->symbol_count) { // ERROR
        for (uint32_t i = 0; i < program->for_any.count; i++)
            try_rule(walk, program->for_any.items[i], node);
        return;
    }
    for (uint32_t i = program->first_rule[symbol]; i < program->first_rule[symbol + 1]; i++)
        try_rule(walk, program->by_symbol.items[i], node);
}

// ---- the walk ------------------------------------------------------------------------------------
static void walk_nodes(PatternWalk *walk, TSNode root) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    Matching *matching = &walk->matching;
    for (bool more = true; more;) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        vec_add(&matching->path, node);
        visit(walk, node);
        if (ts_tree_cursor_goto_first_child(&cursor)) continue;
        matching->path.count--;
        while (!(more = ts_tree_cursor_goto_next_sibling(&cursor))) {
            if (!ts_tree_cursor_goto_parent(&cursor)) break;
            matching->path.count--;
        }
    }
    ts_tree_cursor_delete(&cursor);
}

static void keep_stops(const PatternWalk *walk) {
    const PatternProgram *program = walk->matching.program;
    uint32_t regexes = program->regexes.count;
    for (uint32_t i = 0; i < regexes + program->rules.count; i++) {
        if (!walk->stopped_at[i]) continue;
        uint32_t at = walk->stopped_at[i] - 1;
        Span rule = i < regexes ? program->regexes.items[i].span
                                : program->rules.items[i - regexes].span;
        vec_add(&walk->matches->stops,
                ((PatternStop){rule, i < regexes, {walk->file, at, at}}));
    }
}

void pattern_walk_tree(const PatternProgram *program, const TSTree *tree, Str text, FileId id,
                       PatternMatches *matches) {
    TSNode root = ts_tree_root_node(tree);
    uint32_t limits = program->regexes.count + program->rules.count;
    bool *stopped = memory_alloc_zeroed(program->regexes.count + 1, sizeof *stopped);
    PatternWalk walk = {.matches = matches, .file = id};
    walk.steps = memory_alloc_zeroed(program->rules.count + 1, sizeof *walk.steps);
    walk.stopped_at = memory_alloc_zeroed(limits + 1, sizeof *walk.stopped_at);
    for (uint32_t i = 0; i < program->rules.count; i++)
        walk.steps[i] = STEPS_LEAST + (uint64_t)text.length * STEPS_PER_BYTE;
    matching_start(&walk.matching, program, root, text, stopped);
    walk_nodes(&walk, root);
    keep_stops(&walk);
    matching_release(&walk.matching);
    free(walk.steps);
    free(walk.stopped_at);
    free(stopped);
}

void python_search(const PatternProgram *program, const SourceFile *file, FileId id,
                   PatternMatches *matches) {
    Arena arena = {0};
    Str text = parse_line_ends(&arena, file->text);
    TSTree *tree = parse_text(text);
    pattern_walk_tree(program, tree, text, id, matches);
    parse_delete(tree);
    arena_release(&arena);
}
