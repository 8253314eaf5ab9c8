// The tree-sitter parser, one a thread, and its error nodes as diagnostics. In: text. Out: a tree.
// Must never recurse: error trees can be as deep as the file is long.
#include "python/syntax/parse.h"

#include <core.h>
#include <pthread.h>
#include <stdlib.h>
#include "base/bug.h"
#include "python/syntax/kinds.h"
#include "python/syntax/tree_memory.h"

// What a thread parses with, while it has a tree.
typedef struct ThreadParser {
    TSParser *parser;
    uint32_t trees; // alive
} ThreadParser;

static _Thread_local ThreadParser here;
static pthread_key_t parser_key; // its value only says that the thread has memory
static pthread_once_t parser_key_made = PTHREAD_ONCE_INIT;

static void leave_thread(void *unused) {
    (void)unused;
    tree_memory_release();
}

static void make_parser_key(void) {
    tree_memory_install();
    if (pthread_key_create(&parser_key, leave_thread) != 0) BUG("no thread key for the parser");
}

static TSParser *thread_parser(void) {
    if (here.parser) return here.parser;
    pthread_once(&parser_key_made, make_parser_key);
    if (pthread_setspecific(parser_key, &here) != 0) BUG("cannot keep the thread's parser");
    here.parser = ts_parser_new();
    if (!ts_parser_set_language(here.parser, kinds_language())) BUG("grammar and core do not fit");
    core_speed_up(here.parser);
    return here.parser;
}

// With the last tree all that the parser has goes at once, itself among it.
void parse_delete(TSTree *tree) {
    BUG_UNLESS(here.trees > 0);
    if (--here.trees > 0) {
        ts_tree_delete(tree);
        return;
    }
    here.parser = NULL;
    tree_memory_reset();
}

static bool is_lone_return(Str text, size_t at) {
    return text.data[at] == '\r' && (at + 1 == text.length || text.data[at + 1] != '\n');
}

Str parse_line_ends(Arena *arena, Str text) {
    ptrdiff_t first = str_find(text, '\r');
    if (first < 0) return text;
    size_t at = (size_t)first;
    while (at < text.length && !is_lone_return(text, at)) at++;
    if (at == text.length) return text;
    char *bytes = arena_alloc(arena, text.length + 1);
    memcpy(bytes, text.data, text.length);
    for (; at < text.length; at++)
        if (is_lone_return(text, at)) bytes[at] = '\n';
    return (Str){bytes, text.length};
}

typedef struct ErrorRange {
    uint32_t start, end;
    const char *missing; // what should stand here; NULL for text that does not belong
} ErrorRange;

enum { SHOWN_ERRORS = 3 };

// f"{x:=}" is x in the format "="; the grammar reads a `:=` and misses its value. The walk looks at
// the name only.
static bool is_forgiven(TSNode node, Str text) {
    uint32_t at = ts_node_start_byte(node);
    return ts_node_is_missing(node) && at >= 2 && at < text.length && text.data[at] == '}' &&
           text.data[at - 1] == '=' && text.data[at - 2] == ':';
}

// Goes to the next node in document order; subtrees without errors are skipped.
static bool next_node(TSTreeCursor *cursor) {
    TSNode node = ts_tree_cursor_current_node(cursor);
    bool descend = ts_node_has_error(node) && !ts_node_is_error(node);
    if (descend && ts_tree_cursor_goto_first_child(cursor)) return true;
    while (!ts_tree_cursor_goto_next_sibling(cursor)) {
        if (!ts_tree_cursor_goto_parent(cursor)) return false;
    }
    return true;
}

// An ERROR node counts once, whatever is inside.
static uint32_t find_errors(const TSTree *tree, Str text, ErrorRange shown[SHOWN_ERRORS]) {
    uint32_t count = 0;
    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
    do {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        bool missing = ts_node_is_missing(node);
        if ((!missing && !ts_node_is_error(node)) || is_forgiven(node, text)) continue;
        if (count < SHOWN_ERRORS) {
            shown[count] = (ErrorRange){ts_node_start_byte(node), ts_node_end_byte(node),
                                        missing ? ts_node_type(node) : NULL};
        }
        count++;
    } while (next_node(&cursor));
    ts_tree_cursor_delete(&cursor);
    return count;
}

static TSTree *parse_once(Str text) {
    BUG_UNLESS(text.length < UINT32_MAX);
    TSTree *tree = ts_parser_parse_string(thread_parser(), NULL, text.data ? text.data : "",
                                          (uint32_t)text.length);
    if (!tree) BUG("the parser was cancelled");
    here.trees++;
    return tree;
}

TSTree *parse_ranges(Str text, const TSRange *ranges, uint32_t count) {
    TSParser *parser = thread_parser();
    if (!ts_parser_set_included_ranges(parser, ranges, count)) BUG("ranges overlap");
    TSTree *tree = parse_once(text);
    ts_parser_set_included_ranges(parser, NULL, 0);
    return tree;
}

// The better of TREE, which was read from *TEXT, and another reading of it, which *TEXT is then; the other one is freed.
static TSTree *better_reading(TSTree *tree, Str *text, Str other) {
    ErrorRange shown[SHOWN_ERRORS];
    TSTree *second = parse_once(other);
    bool better = find_errors(second, other, shown) < find_errors(tree, *text, shown);
    parse_delete(better ? tree : second);
    if (better) *text = other;
    return better ? second : tree;
}

TSTree *parse_text(Str text) {
    TSTree *tree = parse_once(text);
    if (!ts_node_has_error(ts_tree_root_node(tree))) return tree;
    Arena arena = {0};
    Str (*const others[])(Arena *, Str) = {parse_plain_formats, parse_called_subscripts, parse_join_brackets};
    Str best = text;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        Str other = others[i](&arena, best);
        if (str_equal(other, best) || !ts_node_has_error(ts_tree_root_node(tree))) continue;
        tree = better_reading(tree, &best, other);
    }
    arena_release(&arena);
    return tree;
}

uint32_t parse_count_errors(Str text, uint32_t *first_error) {
    Arena arena = {0};
    text = parse_line_ends(&arena, text);
    TSTree *tree = parse_text(text);
    ErrorRange shown[SHOWN_ERRORS] = {{0}};
    uint32_t count = 0;
    if (ts_node_has_error(ts_tree_root_node(tree))) count = find_errors(tree, text, shown);
    *first_error = shown[0].start;
    parse_delete(tree);
    arena_release(&arena);
    return count;
}

static void add_note(const SourceFile *file, const ErrorRange *errors, uint32_t count,
                     Diagnostics *diagnostics) {
    uint32_t second = count > 1 ? source_line_column(file, errors[1].start).line : 0;
    uint32_t third = count > 2 ? source_line_column(file, errors[2].start).line : 0;
    if (count == 2) diagnostic_note(diagnostics, "there is another error on line %u", second);
    if (count > 2) {
        diagnostic_note(diagnostics, "%u errors in all, the next on lines %u and %u", count, second,
                        third);
    }
}

bool parse_report_errors(const TSTree *tree, const SourceFile *file, FileId id,
                         Diagnostics *diagnostics) {
    ErrorRange errors[SHOWN_ERRORS] = {{0}};
    if (!ts_node_has_error(ts_tree_root_node(tree))) return false;
    uint32_t count = find_errors(tree, file->text, errors);
    if (count == 0) return false;
    uint32_t start = errors[0].start;
    // An error node may reach to the end of the file: one line of it is enough to show.
    uint32_t line_end = source_line_end(file, start);
    uint32_t end = errors[0].end < line_end ? errors[0].end : line_end;
    Span span = {id, start, end > start ? end : start};
    if (errors[0].missing) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E104, span, "'%.*s' does not parse: '%s' is missing",
                       STR_ARG(file->path), errors[0].missing);
    } else {
        diagnostic_add(diagnostics, DIAGNOSTIC_E104, span, "'%.*s' does not parse",
                       STR_ARG(file->path));
    }
    add_note(file, errors, count, diagnostics);
    diagnostic_help(diagnostics,
                    "the file is left alone and its calls are not seen; correct it, or "
                    "exclude it to silence this");
    return true;
}
