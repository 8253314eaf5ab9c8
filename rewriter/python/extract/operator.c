// Chains of operators and comprehensions. In: left-nested operator nodes. Out: one row with all
// operands as children: a + b + c + ... of ten thousand parts is as deep as a + b.
#include "python/extract/extract.h"

// Operator token of `left operator right`; TOKEN_OTHER for those without a name of ours.
static uint8_t operator_of(const Walk *walk, Nodes parts) { return node_at(walk, parts, 1).kind; }

// Walks the operands of a left-nested chain, leftmost first. Each level of the chain leaves its
// three parts on the stack of nodes; the deepest level is on top.
static ExprId walk_chain(Walk *walk, Node node, ExprKind kind, ExprId parent) {
    ExprId expr = expr_new(walk, kind, node, parent);
    ExprChain chain = {.parent = expr};
    Nodes outer = nodes_of(walk, node), parts = outer;
    uint8_t operator_kind = operator_of(walk, parts);
    ExprOperator meaning = operator_kind == TOKEN_AND  ? OPERATOR_AND
                           : operator_kind == TOKEN_OR ? OPERATOR_OR
                                                       : OPERATOR_ARITHMETIC;
    walk_expr(walk, expr)->operator_ = (uint8_t)meaning;
    uint32_t levels = 1;
    for (;;) {
        Node left = node_at(walk, parts, 0);
        if (left.kind == NODE_TYPE) left = node_inner(walk, left);
        if (left.kind != node.kind) break;
        Nodes inner = nodes_of(walk, left);
        if (operator_of(walk, inner) != operator_kind) {
            nodes_end(walk, inner);
            break;
        }
        parts = inner;
        levels++;
    }
    chain_add(walk, &chain, walk_expression(walk, node_at(walk, parts, 0), expr));
    for (uint32_t i = levels; i-- > 0;) {
        Node right = walk->nodes.items[outer.first + i * 3 + 2];
        chain_add(walk, &chain, walk_expression(walk, right, expr));
    }
    nodes_end(walk, outer);
    return expr;
}

ExprId walk_binary(Walk *walk, Node node, ExprId parent) {
    Nodes parts = nodes_of(walk, node);
    bool is_union = operator_of(walk, parts) == TOKEN_BAR;
    nodes_end(walk, parts);
    return walk_chain(walk, node, is_union ? EXPR_UNION : EXPR_OTHER, parent);
}

ExprId walk_boolean(Walk *walk, Node node, ExprId parent) {
    return walk_chain(walk, node, EXPR_CHOICE, parent);
}

ExprId walk_union_type(Walk *walk, Node node, ExprId parent) {
    return walk_chain(walk, node, EXPR_UNION, parent);
}

// a is b; a == b. The grammar has one node for a whole chain of comparisons.
ExprId walk_comparison(Walk *walk, Node node, ExprId parent) {
    Nodes parts = nodes_of(walk, node);
    uint8_t token = parts.count == 3 ? operator_of(walk, parts) : (uint8_t)TOKEN_OTHER;
    nodes_end(walk, parts);
    ExprId expr = walk_parts(walk, node, EXPR_OTHER, parent);
    ExprOperator meaning = token == TOKEN_IS            ? OPERATOR_IS
                           : token == TOKEN_EQUAL_EQUAL ? OPERATOR_EQUAL
                                                        : OPERATOR_COMPARE;
    walk_expr(walk, expr)->operator_ = (uint8_t)meaning;
    return expr;
}

// not a, -a, a:b
ExprId walk_unary(Walk *walk, Node node, ExprId parent) {
    ExprId expr = walk_parts(walk, node, EXPR_OTHER, parent);
    ExprOperator meaning = node.kind == NODE_NOT     ? OPERATOR_NOT
                           : node.kind == NODE_SLICE ? OPERATOR_SLICE
                                                     : OPERATOR_ARITHMETIC;
    walk_expr(walk, expr)->operator_ = (uint8_t)meaning;
    return expr;
}

// for target in iterable: the first iterable runs outside the comprehension's own scope.
static void walk_for_in(Walk *walk, Node clause, ExprChain *chain, ScopeId iterable_scope) {
    Nodes nodes = nodes_of(walk, clause);
    Node left = clause, right = clause, token;
    node_field(walk, nodes, FIELD_LEFT, &left);
    node_field(walk, nodes, FIELD_RIGHT, &right);
    bool async = node_kind(walk, nodes, TOKEN_ASYNC, &token);
    uint32_t rights = 0;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node node = node_at(walk, nodes, i);
        rights += node.field == FIELD_RIGHT && kind_is_named(node.kind);
    }
    nodes_end(walk, nodes);
    if (rights > 1) walk_fail(walk, clause, "an iterated tuple needs parentheses in Python 3");

    ScopeId block = walk->at.scope;
    walk->at.scope = iterable_scope;
    ExprId value = walk_expression(walk, right, chain->parent);
    walk->at.scope = block;
    chain_add(walk, chain, value);
    BindingFact prototype = {
        .kind = async ? BINDING_ITERATE_ASYNC : BINDING_ITERATE, .value = value, .element = -1};
    bind_target(walk, left, prototype, chain->parent);
}

static void walk_clauses(Walk *walk, Nodes nodes, ExprChain *chain, ScopeId enclosing) {
    bool first = true;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node clause = node_at(walk, nodes, i);
        if (clause.kind == NODE_FOR_IN) {
            walk_for_in(walk, clause, chain, first ? enclosing : walk->at.scope);
            first = false;
        } else if (clause.kind == NODE_IF_CLAUSE) {
            ExprId condition = walk_expression(walk, node_inner(walk, clause), chain->parent);
            walk_expr(walk, condition)->flags |= EXPR_CONDITION;
            chain_add(walk, chain, condition);
        }
    }
}

ExprId walk_comprehension(Walk *walk, Node node, ExprKind kind, ExprId parent) {
    ExprId expr = expr_new(walk, kind, node, parent);
    ExprChain chain = {.parent = expr};
    ScopeId enclosing = walk->at.scope;
    walk->at.scope = scope_new(walk, SCOPE_BLOCK, enclosing);
    Nodes nodes = nodes_of(walk, node);
    Node body = node;
    node_field(walk, nodes, FIELD_BODY, &body);
    if (body.kind == NODE_PAIR) {
        Nodes pair = nodes_of(walk, body); // key ':' value
        chain_add(walk, &chain, walk_expression(walk, node_at(walk, pair, 0), expr));
        chain_add(walk, &chain, walk_expression(walk, node_at(walk, pair, 2), expr));
        nodes_end(walk, pair);
    } else {
        chain_add(walk, &chain, walk_expression(walk, body, expr));
    }
    walk_clauses(walk, nodes, &chain, enclosing);
    nodes_end(walk, nodes);
    walk->at.scope = enclosing;
    return expr;
}
