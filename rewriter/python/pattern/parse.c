// The text of a pattern to a tree. In: Python with metavariables. Out: the tree of the one piece of
// code that it is, or what is wrong with it. `$` is no letter in Python, so a metavariable is parsed
// with a letter in its place that programs do not use: the micro sign, as ast-grep does.
#include "python/pattern/pattern.h"

#include <stdio.h>
#include <string.h>

#include "python/syntax/kinds.h"
#include "python/syntax/parse.h"

static const Str MARK = {"\xC2\xB5", 2};

typedef struct PatternParse {
    Arena *arena;
    Str written; // as the rule has it
    Str text;    // with MARK for '$'
    const Str *variables;
    uint32_t variable_count;
    PatternError *error;
} PatternParse;

static bool fail(const PatternParse *parse, uint32_t start, uint32_t end, const char *help,
                 const char *message) {
    *parse->error = (PatternError){.start = start, .end = end > start ? end : start, .help = help};
    snprintf(parse->error->message, sizeof parse->error->message, "%s", message);
    return false;
}

// ---- '$' and back --------------------------------------------------------------------------------
static bool starts_name(char c) { return (c >= 'A' && c <= 'Z') || c == '_'; }

// `$NAME`, `$$NAME`, `$$$NAME` and `$$$` are metavariables; any other '$' stays.
static Str mark_variables(Arena *arena, Str text) {
    StrBuf marked = {0};
    for (size_t at = 0; at < text.length;) {
        size_t count = 0;
        while (at + count < text.length && text.data[at + count] == '$') count++;
        char next = at + count < text.length ? text.data[at + count] : ' ';
        bool variable = (count > 0 && starts_name(next)) || count == 3;
        for (size_t i = 0; i < count; i++) strbuf_add(&marked, variable ? MARK : STR("$"));
        at += count;
        if (at < text.length) strbuf_add_char(&marked, text.data[at++]);
    }
    Str copy = arena_copy(arena, strbuf_str(&marked));
    strbuf_release(&marked);
    return copy;
}

// The offset in the text as written.
static uint32_t written_offset(const PatternParse *parse, uint32_t offset) {
    uint32_t marks = 0;
    for (uint32_t at = 0; at + 1 < offset && at + 1 < parse->text.length; at++)
        if (memcmp(parse->text.data + at, MARK.data, MARK.length) == 0) marks++;
    uint32_t written = offset - marks;
    return written < parse->written.length ? written : (uint32_t)parse->written.length;
}

// ---- metavariables -------------------------------------------------------------------------------
static int32_t find_variable(const PatternParse *parse, Str name) {
    if (str_is(name, "WEFT_HEAD")) return VARIABLE_HEAD;
    if (str_is(name, "WEFT_CONTEXT")) return VARIABLE_CONTEXT;
    for (uint32_t i = 0; i < parse->variable_count; i++)
        if (str_equal(parse->variables[i], name)) return (int32_t)i;
    return -1;
}

static bool is_name(Str name) {
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (!starts_name(c) && !(c >= '0' && c <= '9')) return false;
    }
    return name.length == 0 || starts_name(name.data[0]);
}

// Makes NODE a metavariable when all of its text is one.
static bool read_variable(const PatternParse *parse, Str text, PatternNode *node) {
    uint32_t marks = 0;
    Str name = text;
    while (str_starts_with(name, MARK)) {
        name = str_slice(name, MARK.length, name.length);
        marks++;
    }
    if (marks == 0 || marks > 3 || !is_name(name) || (name.length == 0 && marks < 3)) return false;
    bool keeps = name.length > 0 && name.data[0] != '_';
    node->kind = PATTERN_VARIABLE;
    node->many = marks == 3;
    node->any_token = marks == 2;
    node->variable = keeps ? find_variable(parse, name) : -1;
    node->text = arena_format(parse->arena, "%s%.*s", marks == 3 ? "$$$" : marks == 2 ? "$$" : "$",
                              STR_ARG(name));
    return true;
}

// ---- the tree ------------------------------------------------------------------------------------
static Str text_of(const PatternParse *parse, TSNode node) {
    return str_slice(parse->text, ts_node_start_byte(node), ts_node_end_byte(node));
}

static bool convert(const PatternParse *parse, TSNode from, uint32_t depth, PatternNode *to) {
    *to = (PatternNode){.symbol = ts_node_symbol(from),
                        .named = ts_node_is_named(from),
                        .variable = -1,
                        .text = text_of(parse, from)};
    if (read_variable(parse, to->text, to)) return true;
    uint32_t count = ts_node_child_count(from);
    if (depth > PATTERN_DEPTH_MAX)
        return fail(parse, written_offset(parse, ts_node_start_byte(from)),
                    written_offset(parse, ts_node_end_byte(from)), NULL, "it is nested too deep");
    to->kind = count > 0 ? PATTERN_TREE : PATTERN_LEAF;
    PatternNode *children = arena_alloc(parse->arena, count * sizeof *children);
    for (uint32_t i = 0; i < count; i++)
        if (!convert(parse, ts_node_child(from, i), depth + 1, &children[i])) return false;
    to->children = children;
    to->child_count = count;
    return true;
}

static bool is_only_child(TSNode node) {
    uint32_t count = ts_node_child_count(node);
    if (count == 2) {
        TSNode second = ts_node_child(node, 1);
        return ts_node_is_missing(second) || ts_node_type(second)[0] == '\0';
    }
    return count == 1;
}

// ---- what is no pattern --------------------------------------------------------------------------
// A '$' that is no metavariable: `$name`, `$1`, `$$$$X`.
static bool check_dollars(const PatternParse *parse) {
    for (size_t at = 0; at < parse->text.length; at++) {
        if (parse->text.data[at] != '$') continue;
        uint32_t offset = written_offset(parse, (uint32_t)at);
        return fail(parse, offset, offset + 1,
                    "write $NAME in capitals for one piece of code, $$$NAME for any number, "
                    "$_ and $$$ where the name does not matter",
                    "'$' begins no metavariable here");
    }
    return true;
}

static TSNode first_error(TSNode node) {
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    TSNode found = node;
    for (bool more = true; more;) {
        found = ts_tree_cursor_current_node(&cursor);
        if (ts_node_is_error(found) || ts_node_is_missing(found)) break;
        if (ts_node_has_error(found)) {
            more = ts_tree_cursor_goto_first_child(&cursor);
        } else {
            more = ts_tree_cursor_goto_next_sibling(&cursor);
        }
    }
    ts_tree_cursor_delete(&cursor);
    return found;
}

#define HELP_FRAGMENT                                                                              \
    "a pattern is one expression or one statement; for a part of one, write the whole statement "  \
    "and name the part's kind with 'selector'"

static bool check_tree(const PatternParse *parse, TSNode root) {
    if (ts_node_child_count(root) == 0)
        return fail(parse, 0, (uint32_t)parse->written.length, NULL, "there is no code in it");
    if (ts_node_has_error(root)) {
        TSNode error = first_error(root);
        uint32_t start = written_offset(parse, ts_node_start_byte(error));
        uint32_t end = written_offset(parse, ts_node_end_byte(error));
        char message[120];
        if (!check_dollars(parse)) return false;
        snprintf(message, sizeof message,
                 ts_node_is_missing(error) ? "'%.40s' is missing" : "this is not Python",
                 ts_node_type(error));
        return fail(parse, start, end, HELP_FRAGMENT, message);
    }
    return true;
}

static bool find_selected(TSNode root, Str selector, TSNode *found) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    bool done = false, more = true;
    while (more && !done) {
        *found = ts_tree_cursor_current_node(&cursor);
        done = ts_node_is_named(*found) && str_is(selector, ts_node_type(*found));
        if (done || ts_tree_cursor_goto_first_child(&cursor)) continue;
        while ((more = ts_tree_cursor_goto_next_sibling(&cursor)) == false)
            if (!ts_tree_cursor_goto_parent(&cursor)) break;
    }
    ts_tree_cursor_delete(&cursor);
    return done;
}

static bool choose_root(const PatternParse *parse, TSNode root, Str selector, TSNode *chosen) {
    uint32_t length = (uint32_t)parse->written.length;
    if (selector.length > 0) {
        if (find_selected(root, selector, chosen)) return true;
        return fail(parse, 0, length, "the selector must be the kind of some node in the pattern",
                    "nothing in it is of the selector's kind");
    }
    if (!is_only_child(root))
        return fail(parse, 0, length, HELP_FRAGMENT, "it is more than one piece of code");
    *chosen = root;
    while (is_only_child(*chosen)) *chosen = ts_node_child(*chosen, 0);
    return true;
}

static bool build(const PatternParse *parse, TSNode root, Str selector, ParsedPattern *parsed) {
    TSNode chosen;
    if (!check_tree(parse, root) || !choose_root(parse, root, selector, &chosen)) return false;
    PatternNode *node = arena_alloc(parse->arena, sizeof *node);
    if (!convert(parse, chosen, 0, node)) return false;
    *parsed = (ParsedPattern){node, selector.length > 0 ? ts_node_symbol(chosen) : 0};
    if (node->kind == PATTERN_VARIABLE && node->many)
        return fail(parse, 0, (uint32_t)parse->written.length,
                    "use $NAME for one piece of code, or put $$$NAME into a list",
                    "'$$$' alone stands for nothing");
    return true;
}

bool pattern_parse(Arena *arena, Str text, Str selector, const Str *variables, uint32_t count,
                   ParsedPattern *parsed, PatternError *error) {
    PatternParse parse = {arena, text, STR_NONE, variables, count, error};
    if (text.length > PATTERN_LENGTH_MAX)
        return fail(&parse, 0, (uint32_t)text.length, NULL, "it is too long");
    parse.text = mark_variables(arena, text);
    TSTree *tree = parse_text(parse.text);
    bool good = build(&parse, ts_tree_root_node(tree), selector, parsed);
    parse_delete(tree);
    return good;
}
