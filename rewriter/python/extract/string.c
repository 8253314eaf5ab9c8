// String literals: plain text, interpolations, and annotations in quotes. In: a string node or
// several joined ones. Out: one EXPR_STRING; its children are the interpolated expressions, or the
// type that the contents of an annotation spell. Must never guess at escapes: a literal with a
// backslash has no text.
#include "python/extract/extract.h"

#include "python/syntax/parse.h"

typedef struct StringParts {
    bool plain; // so far: contents are the text
    bool bytes;
    bool format;
} StringParts;

static bool prefix_has(Str prefix, char lower) {
    for (size_t i = 0; i < prefix.length; i++) {
        if ((prefix.data[i] | 0x20) == lower) return true;
    }
    return false;
}

static void walk_interpolations(Walk *walk, Nodes nodes, ExprId expr, ExprChain *chain);

// {expression = !r : format}; the format may hold further interpolations.
static void walk_interpolation(Walk *walk, Node node, ExprId expr, ExprChain *chain) {
    if (!walk_enter(walk, node)) return;
    Nodes nodes = nodes_of(walk, node);
    Node value, format, token;
    bool has_value = node_field(walk, nodes, FIELD_EXPRESSION, &value);
    bool has_format = node_kind(walk, nodes, NODE_FORMAT_SPECIFIER, &format);
    bool self_documenting = node_kind(walk, nodes, TOKEN_EQUAL, &token);
    nodes_end(walk, nodes);

    uint16_t outer = walk->at.flags;
    walk->at.flags |= EXPR_IN_INTERPOLATION;
    if (self_documenting) walk->at.flags |= EXPR_SELF_DOCUMENTING;
    // f"{x:=5}" is x in the format "=5", whatever the grammar says.
    if (has_value && value.kind == NODE_NAMED) value = node_inner(walk, value);
    if (has_value) chain_add(walk, chain, walk_expression(walk, value, expr));
    walk->at.flags = outer;
    if (has_format) {
        Nodes parts = nodes_of(walk, format);
        walk_interpolations(walk, parts, expr, chain);
        nodes_end(walk, parts);
    }
    walk_leave(walk);
}

static void walk_interpolations(Walk *walk, Nodes nodes, ExprId expr, ExprChain *chain) {
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (part.kind == NODE_INTERPOLATION || part.kind == NODE_FORMAT_EXPRESSION)
            walk_interpolation(walk, part, expr, chain);
    }
}

static void note_contents(StringParts *parts, Str prefix, Str contents) {
    parts->bytes = parts->bytes || prefix_has(prefix, 'b');
    bool format = prefix_has(prefix, 'f') || prefix_has(prefix, 't');
    parts->format = parts->format || format;
    if (!prefix_has(prefix, 'r') && str_find(contents, '\\') >= 0) parts->plain = false;
    if (format && (str_find(contents, '{') >= 0 || str_find(contents, '}') >= 0))
        parts->plain = false;
}

// One literal: walks its interpolations and returns what is between the quotes.
static Str walk_literal(Walk *walk, Node node, ExprId expr, ExprChain *chain, StringParts *parts) {
    Nodes nodes = nodes_of(walk, node);
    Node start = node_at(walk, nodes, 0), end = node_at(walk, nodes, nodes.count - 1);
    Str prefix = node_text(walk, start);
    if (prefix_has(prefix, '`')) walk_fail(walk, node, "backquotes are Python 2");
    Str contents = str_slice(walk->text, start.end, end.start);
    note_contents(parts, prefix, contents);
    walk_interpolations(walk, nodes, expr, chain);
    nodes_end(walk, nodes);
    return contents;
}

static Name walk_joined(Walk *walk, Node node, ExprId expr, ExprChain *chain, StringParts *parts) {
    StrBuf text = {0};
    Nodes nodes = nodes_of(walk, node);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node literal = node_at(walk, nodes, i);
        strbuf_add(&text, walk_literal(walk, literal, expr, chain, parts));
    }
    nodes_end(walk, nodes);
    Name name =
        parts->plain && !parts->bytes ? intern(walk->facts->names, strbuf_str(&text)) : NAME_NONE;
    strbuf_release(&text);
    return name;
}

// Only text that can be nothing but a type: no calls, no lambdas, no statements.
static bool may_spell_type(Str text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    c == '_' || c >= 0x80;
        if (!word && (c == 0 || !strchr(".[]|, '\"", c))) return false;
    }
    return text.length > 0;
}

// The only expression of a parsed annotation; false when it is not one.
static bool only_expression(Walk *walk, const TSTree *tree, Node *expression) {
    TSNode root = ts_tree_root_node(tree);
    if (ts_node_has_error(root) || ts_node_named_child_count(root) != 1) return false;
    TSNode statement = ts_node_named_child(root, 0);
    Node node = {.ts = statement, .kind = kinds_of_node(statement)};
    if (node.kind != NODE_EXPRESSION_STATEMENT || ts_node_child_count(statement) != 1) return false;
    Nodes nodes = nodes_of(walk, node);
    bool found = nodes.count == 1;
    if (found) *expression = node_at(walk, nodes, 0);
    nodes_end(walk, nodes);
    return found;
}

// Every row made for the contents gets the literal's own place in the file.
static void walk_quoted_type(Walk *walk, ExprId expr, Str contents) {
    TSTree *tree = parse_text(contents);
    Node node;
    if (only_expression(walk, tree, &node)) {
        Str text = walk->text;
        bool fixed = walk->fixed;
        if (!fixed) {
            walk->fixed_start = walk_expr(walk, expr)->start;
            walk->fixed_end = walk_expr(walk, expr)->end;
        }
        walk->text = contents;
        walk->fixed = true;
        ExprChain chain = {.parent = expr};
        chain_add(walk, &chain, walk_expression(walk, node, expr));
        walk->text = text;
        walk->fixed = fixed;
    }
    parse_delete(tree);
}

ExprId walk_string(Walk *walk, Node node, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_STRING, node, parent);
    ExprChain chain = {.parent = expr};
    StringParts parts = {.plain = true};
    if (node.kind == NODE_CONCATENATED_STRING) {
        Name name = walk_joined(walk, node, expr, &chain, &parts);
        walk_expr(walk, expr)->name = name;
        return expr;
    }
    Str contents = walk_literal(walk, node, expr, &chain, &parts);
    if (!parts.plain || parts.bytes) return expr;
    walk_expr(walk, expr)->name = intern(walk->facts->names, contents);
    bool type = (walk->at.flags & EXPR_IN_ANNOTATION) && !walk->at.literal && !parts.format;
    contents = str_trim(contents);
    if (type && may_spell_type(contents)) walk_quoted_type(walk, expr, contents);
    return expr;
}
