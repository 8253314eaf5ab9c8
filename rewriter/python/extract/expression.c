// Expressions to rows. In: an expression node of any kind. Out: one row a node, parents before
// children, parentheses left out. What the language does with a value is told by the row's kind;
// everything unknown is EXPR_OTHER with its parts as children, so that no call is lost.
#include "python/extract/extract.h"

static ExprId walk_leaf(Walk *walk, Node node, ExprKind kind, ExprId parent) {
    ExprId expr = expr_new(walk, kind, node, parent);
    if (kind == EXPR_NAME) walk_expr(walk, expr)->name = node_name(walk, node);
    return expr;
}

ExprId walk_identifier(Walk *walk, Node node, ExprId parent) {
    return walk_leaf(walk, node, EXPR_NAME, parent);
}

ExprId walk_parts(Walk *walk, Node node, ExprKind kind, ExprId parent) {
    ExprId expr = expr_new(walk, kind, node, parent);
    ExprChain chain = {.parent = expr};
    Nodes nodes = parts_of(walk, node);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (part.kind == TOKEN_NOT_EQUAL_OLD) walk_fail(walk, part, "'<>' is Python 2");
        if (!kind_is_named(part.kind)) continue;
        chain_add(walk, &chain, walk_expression(walk, part, expr));
    }
    nodes_end(walk, nodes);
    return expr;
}

// kind(base) where the node has one operand: await, *x, yield.
static ExprId walk_base(Walk *walk, Node node, ExprKind kind, ExprId parent) {
    ExprId expr = expr_new(walk, kind, node, parent);
    Nodes nodes = nodes_of(walk, node);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (!kind_is_named(part.kind)) continue;
        ExprId base = walk_expression(walk, part, expr);
        walk_expr(walk, expr)->base = base;
        break;
    }
    nodes_end(walk, nodes);
    return expr;
}

static ExprId walk_await(Walk *walk, Node node, ExprId parent) {
    ExprId expr = walk_base(walk, node, EXPR_AWAIT, parent);
    CallId call = walk_expr(walk, walk_expr(walk, expr)->base)->call;
    if (fact_is(call)) facts_call_row(walk->facts, call)->flags |= CALL_AWAITED;
    return expr;
}

static ExprId walk_yield(Walk *walk, Node node, ExprId parent) {
    FunctionId function = walk->at.function;
    if (fact_is(function)) facts_function_row(walk->facts, function)->flags |= FUNCTION_GENERATOR;
    return walk_base(walk, node, EXPR_YIELD, parent);
}

// base.name, from two nodes of an attribute or of a type.
static ExprId walk_attribute(Walk *walk, Node node, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_ATTRIBUTE, node, parent);
    Nodes nodes = nodes_of(walk, node);
    Node base = node_at(walk, nodes, 0), name = node_at(walk, nodes, nodes.count - 1);
    nodes_end(walk, nodes);
    ExprId object = walk_expression(walk, base, expr);
    ExprFact *row = walk_expr(walk, expr);
    row->base = object;
    row->name = node_name(walk, name);
    row->name_start = walk->fixed ? walk->fixed_start : name.start;
    return expr;
}

// The parts of a.b.c as they stand in import lists and patterns.
ExprId walk_dotted_name(Walk *walk, Node node, ExprId parent) {
    Nodes nodes = nodes_of(walk, node);
    ExprId expr = FACT_NONE(ExprId);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i), whole = part;
        if (part.kind != NODE_IDENTIFIER) continue;
        whole.start = node.start;
        ExprId base = expr;
        expr = expr_new(walk, fact_is(base) ? EXPR_ATTRIBUTE : EXPR_NAME, whole, parent);
        ExprFact *row = walk_expr(walk, expr);
        row->name = node_name(walk, part);
        row->base = base;
        if (!fact_is(base)) continue;
        row->name_start = part.start;
        walk_expr(walk, base)->parent = expr;
    }
    nodes_end(walk, nodes);
    return expr;
}

// base[children]: the items of Literal[...] and Annotated[...] are not types.
void walk_items(Walk *walk, Nodes nodes, ExprId expr) {
    ExprChain chain = {.parent = expr};
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node item = node_at(walk, nodes, i);
        if (item.field == FIELD_VALUE || !kind_is_named(item.kind)) continue;
        chain_add(walk, &chain, walk_expression(walk, item, expr));
    }
}

static bool holds_literals(const Walk *walk, ExprId base) {
    Str name = facts_name(walk->facts, walk_expr(walk, base)->name);
    return str_is(name, "Literal") || str_is(name, "Annotated");
}

// A subscript that was read with other brackets: parse_called_subscripts.
static bool is_called_subscript(Walk *walk, Node node) {
    Nodes nodes = nodes_of(walk, node);
    Node arguments = node_at(walk, nodes, nodes.count - 1);
    nodes_end(walk, nodes);
    return arguments.start < walk->text.length && walk->text.data[arguments.start] == '[';
}

static ExprId walk_subscript(Walk *walk, Node node, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_SUBSCRIPT, node, parent);
    Nodes nodes = nodes_of(walk, node);
    ExprId base = walk_expression(walk, node_at(walk, nodes, 0), expr);
    walk_expr(walk, expr)->base = base;
    bool outer = walk->at.literal;
    walk->at.literal = outer || holds_literals(walk, base);
    if (node.kind == NODE_GENERIC_TYPE || node.kind == NODE_CALL) { // name, and what is in brackets
        Nodes items = nodes_of(walk, node_at(walk, nodes, 1));
        walk_items(walk, items, expr);
        nodes_end(walk, items);
    } else {
        walk_items(walk, nodes, expr);
    }
    walk->at.literal = outer;
    nodes_end(walk, nodes);
    return expr;
}

static ExprId walk_dictionary(Walk *walk, Node node, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_DICT, node, parent);
    ExprChain chain = {.parent = expr};
    Nodes nodes = nodes_of(walk, node);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node item = node_at(walk, nodes, i);
        if (!kind_is_named(item.kind)) continue;
        if (item.kind != NODE_PAIR) {
            chain_add(walk, &chain, walk_expression(walk, item, expr));
            continue;
        }
        Nodes pair = nodes_of(walk, item); // key ':' value
        chain_add(walk, &chain, walk_expression(walk, node_at(walk, pair, 0), expr));
        chain_add(walk, &chain, walk_expression(walk, node_at(walk, pair, 2), expr));
        nodes_end(walk, pair);
    }
    nodes_end(walk, nodes);
    return expr;
}

// value if condition else other
static ExprId walk_conditional(Walk *walk, Node node, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_CHOICE, node, parent);
    ExprChain chain = {.parent = expr};
    Nodes nodes = nodes_of(walk, node);
    ExprId value = walk_expression(walk, node_at(walk, nodes, 0), expr);
    ExprId condition = walk_expression(walk, node_at(walk, nodes, 2), expr);
    ExprId other = walk_expression(walk, node_at(walk, nodes, 4), expr);
    nodes_end(walk, nodes);
    chain_add(walk, &chain, value);
    chain_add(walk, &chain, other);
    chain_add(walk, &chain, condition);
    walk_expr(walk, condition)->flags |= EXPR_CONDITION;
    return expr;
}

static ExprId walk_walrus(Walk *walk, Node node, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_WALRUS, node, parent);
    Nodes nodes = nodes_of(walk, node);
    Node right = node_at(walk, nodes, nodes.count - 1);
    if (right.start == right.end) walk_fail(walk, node, "':=' needs a value");
    ExprId value = walk_expression(walk, right, expr);
    walk_expr(walk, expr)->base = value;
    BindingFact prototype = {.kind = BINDING_ASSIGN, .value = value, .element = -1};
    ScopeId scope = scope_outside_blocks(walk, walk->at.scope);
    ExprId name = bind_identifier(walk, node_at(walk, nodes, 0), prototype, scope, expr);
    walk_expr(walk, expr)->first_child = name;
    nodes_end(walk, nodes);
    return expr;
}

static ExprId walk_by_kind(Walk *walk, Node node, ExprId parent) {
    switch (node.kind) {
    case NODE_IDENTIFIER: return walk_identifier(walk, node, parent);
    case NODE_INTEGER:
    case NODE_FLOAT: return walk_leaf(walk, node, EXPR_NUMBER, parent);
    case NODE_NONE: return walk_leaf(walk, node, EXPR_NONE, parent);
    case NODE_TRUE:
    case NODE_FALSE: return walk_leaf(walk, node, EXPR_TRUTH, parent);
    case NODE_ELLIPSIS: return walk_leaf(walk, node, EXPR_ELLIPSIS, parent);
    case NODE_STRING:
    case NODE_CONCATENATED_STRING: return walk_string(walk, node, parent);
    case NODE_MEMBER_TYPE:
    case NODE_ATTRIBUTE: return walk_attribute(walk, node, parent);
    case NODE_GENERIC_TYPE:
    case NODE_SUBSCRIPT: return walk_subscript(walk, node, parent);
    case NODE_CALL:
        return is_called_subscript(walk, node) ? walk_subscript(walk, node, parent)
                                               : walk_call(walk, node, parent);
    case NODE_AWAIT: return walk_await(walk, node, parent);
    case NODE_YIELD: return walk_yield(walk, node, parent);
    case NODE_LIST_SPLAT:
    case NODE_LIST_SPLAT_PATTERN:
    case NODE_SPLAT_TYPE:
    case NODE_DICTIONARY_SPLAT: return walk_base(walk, node, EXPR_STAR, parent);
    case NODE_TUPLE:
    case NODE_EXPRESSION_LIST:
    case NODE_PATTERN_LIST: return walk_parts(walk, node, EXPR_TUPLE, parent);
    case NODE_LIST: return walk_parts(walk, node, EXPR_LIST, parent);
    case NODE_SET: return walk_parts(walk, node, EXPR_SET, parent);
    case NODE_DICTIONARY: return walk_dictionary(walk, node, parent);
    case NODE_CONDITIONAL: return walk_conditional(walk, node, parent);
    case NODE_BOOLEAN: return walk_boolean(walk, node, parent);
    case NODE_BINARY: return walk_binary(walk, node, parent);
    case NODE_COMPARISON: return walk_comparison(walk, node, parent);
    case NODE_NOT:
    case NODE_SLICE:
    case NODE_UNARY: return walk_unary(walk, node, parent);
    case NODE_UNION_TYPE: return walk_union_type(walk, node, parent);
    case NODE_AS_PATTERN: return walk_stray_as(walk, node, parent);
    case NODE_LAMBDA: return walk_lambda(walk, node, parent);
    case NODE_NAMED: return walk_walrus(walk, node, parent);
    case NODE_LIST_COMPREHENSION:
        return walk_comprehension(walk, node, EXPR_LIST_COMPREHENSION, parent);
    case NODE_SET_COMPREHENSION:
        return walk_comprehension(walk, node, EXPR_SET_COMPREHENSION, parent);
    case NODE_DICTIONARY_COMPREHENSION:
        return walk_comprehension(walk, node, EXPR_DICT_COMPREHENSION, parent);
    case NODE_GENERATOR: return walk_comprehension(walk, node, EXPR_GENERATOR, parent);
    default: return walk_parts(walk, node, EXPR_OTHER, parent);
    }
}

ExprId walk_expression(Walk *walk, Node node, ExprId parent) {
    ExprId expr;
    if (!walk_enter(walk, node)) return expr_new(walk, EXPR_OTHER, node, parent);
    if (!walk_repair(walk, &node, parent, &expr))
        expr = walk_by_kind(walk, node_unwrap(walk, node), parent);
    walk_leave(walk);
    return expr;
}

ExprId walk_annotation(Walk *walk, Node node, ExprId parent) {
    uint16_t outer = walk->at.flags;
    walk->at.flags |= EXPR_IN_ANNOTATION;
    ExprId expr = walk_expression(walk, node, parent);
    walk->at.flags = outer;
    return expr;
}
