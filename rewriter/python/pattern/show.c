// What a pattern means, and why it does not match: for people who write one. In: a program, and a line
// of a file. Out: text. Decides nothing.
#include <string.h>

#include "python/syntax/kinds.h"

#include "base/message.h"
#include "python/syntax/parse.h"
#include "python/pattern/pattern.h"

// ---- the tree ------------------------------------------------------------------------------------
static const char *symbol_name(TSSymbol symbol) {
    return ts_language_symbol_name(kinds_language(), symbol);
}

static void show_node(const PatternNode *node, uint32_t level, StrBuf *out) {
    strbuf_add_repeat(out, ' ', level * 2);
    switch (node->kind) {
    case PATTERN_VARIABLE:
        strbuf_addf(out, "%.*s%s\n", STR_ARG(node->text),
                    node->many        ? "  any number of nodes"
                    : node->any_token ? "  any node or token"
                                      : "  any node");
        break;
    case PATTERN_LEAF:
        if (node->named)
            strbuf_addf(out, "%s %.*s\n", symbol_name(node->symbol), STR_ARG(node->text));
        else
            strbuf_addf(out, "'%.*s'\n", STR_ARG(node->text));
        break;
    case PATTERN_TREE:
        strbuf_addf(out, "%s\n", symbol_name(node->symbol));
        for (uint32_t i = 0; i < node->child_count; i++)
            show_node(&node->children[i], level + 1, out);
        break;
    }
}

void python_show_pattern(const PatternProgram *program, StrBuf *out) {
    show_node(program->rules.items[0].matcher->pattern.root, 0, out);
}

// ---- one line ------------------------------------------------------------------------------------
typedef struct Candidates {
    uint32_t seen;     // nodes of the right kind that begin on the line
    uint32_t matched;
    TSNode nearest;    // the one that went furthest before it differed
    Mismatch mismatch; // of it
} Candidates;

static void add_code(StrBuf *out, Str code) {
    ptrdiff_t end = str_find(code, '\n');
    bool cut = end >= 0 || code.length > 60;
    if (end >= 0) code = str_slice(code, 0, (size_t)end);
    size_t length = code.length > 60 ? 60 : code.length;
    while (length < code.length && length > 0 && ((unsigned char)code.data[length] & 0xC0) == 0x80)
        length--;
    strbuf_addf(out, "'%.*s%s'", STR_ARG(str_slice(code, 0, length)), cut ? "..." : "");
}

static void add_wanted(StrBuf *out, const PatternNode *wanted) {
    if (!wanted)
        message_add(out, "nothing more");
    else if (wanted->kind == PATTERN_TREE)
        message_add(out, "a node of the kind %s", symbol_name(wanted->symbol));
    else
        strbuf_addf(out, "%.*s", STR_ARG(wanted->text));
}

static void add_mismatch(const Matching *matching, const SourceFile *file,
                         const Mismatch *mismatch, StrBuf *out) {
    LineColumn at = source_line_column(file, mismatch->offset);
    message_add(out, "  %u:%u: the pattern wants ", at.line, at.column);
    add_wanted(out, mismatch->wanted);
    if (mismatch->nothing_left) {
        message_add(out, ", but the %s ends here\n", ts_node_type(mismatch->found));
        return;
    }
    message_add(out, mismatch->other_text ? ", which stands for other code already, but finds "
                                              : ", but finds ");
    if (ts_node_is_named(mismatch->found))
        message_add(out, "the %s ", ts_node_type(mismatch->found));
    add_code(out, node_code(matching, mismatch->found));
    strbuf_add_char(out, '\n');
}

static bool begins_on(const SourceFile *file, TSNode node, uint32_t line) {
    return source_line_column(file, ts_node_start_byte(node)).line == line;
}

static void add_match(const Matching *matching, const SourceFile *file, TSNode node,
                      StrBuf *out) {
    LineColumn at = source_line_column(file, ts_node_start_byte(node));
    message_add(out, "  %u:%u: matches ", at.line, at.column);
    add_code(out, node_code(matching, node));
    strbuf_add_char(out, '\n');
}

static void try_node(Matching *matching, const CompiledMatcher *matcher, const SourceFile *file,
                     TSNode node, Candidates *candidates, StrBuf *out) {
    if (!kind_set_has(&matcher->kinds, ts_node_symbol(node))) return;
    Mismatch mismatch = {0};
    matching->mismatch = &mismatch;
    memset(matching->variables, 0, sizeof matching->variables);
    matching->bound.count = 0;
    matching->steps_left = UINT32_MAX;
    candidates->seen++;
    if (pattern_compare(matching, &matcher->pattern, matcher->strictness, node)) {
        candidates->matched++;
        add_match(matching, file, node, out);
        return;
    }
    if (!mismatch.is_set) // no part of it differs: the node as a whole is what is passed over
        mismatch = (Mismatch){.wanted = matcher->pattern.root,
                              .found = node,
                              .offset = ts_node_start_byte(node),
                              .is_set = true};
    if (!candidates->mismatch.is_set || mismatch.offset > candidates->mismatch.offset) {
        candidates->mismatch = mismatch;
        candidates->nearest = node;
    }
}

// The kinds of the nodes that begin on the line, outermost first.
static void add_kind(StrBuf *kinds, TSNode node) {
    if (!ts_node_is_named(node)) return;
    Str name = str_from(ts_node_type(node));
    if (str_find_str(strbuf_str(kinds), name) >= 0 || kinds->length > 200) return;
    strbuf_addf(kinds, "%s%.*s", kinds->length ? ", " : "", STR_ARG(name));
}

static void walk_line(Matching *matching, const CompiledMatcher *matcher, const SourceFile *file,
                      TSNode root, uint32_t line, Candidates *candidates, StrBuf *kinds,
                      StrBuf *out) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    for (bool more = true; more;) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        if (begins_on(file, node, line)) {
            try_node(matching, matcher, file, node, candidates, out);
            add_kind(kinds, node);
        }
        if (ts_tree_cursor_goto_first_child(&cursor)) continue;
        while (!(more = ts_tree_cursor_goto_next_sibling(&cursor)))
            if (!ts_tree_cursor_goto_parent(&cursor)) break;
    }
    ts_tree_cursor_delete(&cursor);
}

static void explain_tree(const PatternProgram *program, const SourceFile *file, TSNode root,
                         Str text, uint32_t line, StrBuf *out) {
    const CompiledMatcher *matcher = program->rules.items[0].matcher;
    Matching matching;
    bool stopped = false;
    Candidates candidates = {0};
    StrBuf kinds = {0};
    matching_start(&matching, program, root, text, &stopped);
    walk_line(&matching, matcher, file, root, line, &candidates, &kinds, out);
    if (candidates.matched == 0 && candidates.seen == 0) {
        message_add(out, "  no %s begins on this line", symbol_name(matcher->pattern.root->symbol));
        message_add(out, kinds.length ? "; what does: %.*s\n" : "%.*s\n",
                    STR_ARG(strbuf_str(&kinds)));
    } else if (candidates.matched == 0) {
        LineColumn at = source_line_column(file, ts_node_start_byte(candidates.nearest));
        message_add(out, "  %u:%u: no match: ", at.line, at.column);
        add_code(out, node_code(&matching, candidates.nearest));
        strbuf_add_char(out, '\n');
        add_mismatch(&matching, file, &candidates.mismatch, out);
    }
    strbuf_release(&kinds);
    matching_release(&matching);
}

void python_explain_pattern(const PatternProgram *program, const SourceFile *file,
                            uint32_t line, StrBuf *out) {
    Arena arena = {0};
    Str text = parse_line_ends(&arena, file->text);
    TSTree *tree = parse_text(text);
    explain_tree(program, file, ts_tree_root_node(tree), text, line, out);
    parse_delete(tree);
    arena_release(&arena);
}
