// Three forms of valid Python that the grammar reads wrongly, put right while walking:
//
//   f(*a.b())         as (*a).b(): the star belongs to the whole argument. The nodes from the
//                     argument down to the splat all start at the star.
//   type(x).y = z     as the statement `type NAME = VALUE`: the target's innermost part is the
//                     argument list of a call, or the index, of the name `type`.
//   with a if b else c as d:    as a if b else (c as d).
//
// In: a node on the way down. Out: the node with its true start, or the row that it stands for.
#include "python/extract/extract.h"

static bool may_start_with_star(uint8_t kind) {
    return kind == NODE_LIST_SPLAT || kind == NODE_LIST_SPLAT_PATTERN || kind == NODE_SPLAT_TYPE ||
           kind == NODE_DICTIONARY_SPLAT || kind == NODE_DICTIONARY_SPLAT_PATTERN ||
           kind == NODE_EXPRESSION_LIST || kind == NODE_PATTERN_LIST || kind == NODE_TYPE;
}

bool node_hides_star(const Walk *walk, Node node) {
    return !walk->fixed && node.start < walk->text.length && walk->text.data[node.start] == '*' &&
           node.start != walk->star_at && !may_start_with_star(node.kind);
}

static ExprId walk_hidden_star(Walk *walk, Node node, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_STAR, node, parent);
    walk->star_at = node.start;
    ExprId base = walk_expression(walk, node, expr);
    walk_expr(walk, expr)->base = base;
    return expr;
}

static Node without_star(Walk *walk, Node node) {
    if (node.kind == NODE_LIST_SPLAT) return node_inner(walk, node);
    Str text = walk->text;
    node.start++;
    while (node.start < node.end && (unsigned char)text.data[node.start] <= ' ') node.start++;
    return node;
}

// type(...) or type[...]: NODE is the bracketed part.
static ExprId walk_of_keyword(Walk *walk, Node node, ExprId parent) {
    Node whole = node, keyword = walk->keyword;
    whole.start = keyword.start;
    walk->keyword.end = 0; // what is inside the brackets is read as usual
    ExprId expr;
    if (node.kind == NODE_LIST) {
        expr = expr_new(walk, EXPR_SUBSCRIPT, whole, parent);
        ExprId base = walk_identifier(walk, keyword, expr);
        walk_expr(walk, expr)->base = base;
        Nodes items = nodes_of(walk, node);
        walk_items(walk, items, expr);
        nodes_end(walk, items);
    } else {
        expr = walk_call_parts(walk, whole, keyword, node, parent);
    }
    return expr;
}

static bool is_bracketed(uint8_t kind) {
    return kind == NODE_PARENTHESIZED || kind == NODE_TUPLE || kind == NODE_LIST;
}

bool node_follows_keyword(const Walk *walk, Node node) {
    return !walk->fixed && walk->keyword.end != 0 && node.start == walk->keyword_at;
}

bool walk_repair(Walk *walk, Node *node, ExprId parent, ExprId *expr) {
    if (walk->fixed) return false;
    if (node_follows_keyword(walk, *node)) {
        if (is_bracketed(node->kind)) {
            *expr = walk_of_keyword(walk, *node, parent);
            return true;
        }
        node->start = walk->keyword.start;
        return false;
    }
    if (node->start == walk->star_at) {
        *node = without_star(walk, *node);
        return false;
    }
    if (!node_hides_star(walk, *node)) return false;
    *expr = walk_hidden_star(walk, *node, parent);
    return true;
}

ExprId walk_stray_as(Walk *walk, Node node, ExprId parent) {
    Nodes nodes = nodes_of(walk, node);
    Node value = node_at(walk, nodes, 0);
    nodes_end(walk, nodes);
    ExprId expr = walk_expression(walk, value, parent);
    walk->stray_as = node;
    return expr;
}

void bind_stray_as(Walk *walk, ExprId expr, BindingKind kind) {
    Node stray = walk->stray_as;
    if (stray.end == 0) return;
    walk->stray_as.end = 0;
    Nodes nodes = nodes_of(walk, stray);
    Node value = node_at(walk, nodes, 0), target = node_at(walk, nodes, nodes.count - 1);
    nodes_end(walk, nodes);
    for (uint32_t i = expr.index; i < walk->facts->exprs.count; i++) {
        ExprFact *row = &walk->facts->exprs.items[i];
        if (row->end == stray.end) row->end = value.end;
    }
    bind_target(walk, target, (BindingFact){.kind = kind, .value = expr, .element = -1},
                FACT_NONE(ExprId));
}
