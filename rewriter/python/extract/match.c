// match statements and their patterns. In: a match statement. Out: reads of the classes and
// constants that patterns name, captures as bindings, cases as branches 4, 5, ... of the statement.
#include "python/extract/extract.h"

enum { BRANCH_CASE = 4 };

// What a pattern is matched against.
typedef struct Subject {
    ExprId value; // none once the pattern is inside another one
} Subject;

// Returns the class that the whole pattern asks for, none when it asks for something else.
static ExprId walk_pattern(Walk *walk, Node node, Subject subject);

// KLASS: `case Worker() as name` says as much as an annotation.
static void capture(Walk *walk, Node identifier, Subject subject, ExprId klass) {
    if (str_is(node_text(walk, identifier), "_")) return;
    BindingFact prototype = {.kind = BINDING_MATCH, .value = subject.value, .element = -1};
    if (!fact_is(subject.value)) prototype.element = -2;
    prototype.annotation = klass;
    bind_identifier(walk, identifier, prototype, walk->at.scope, FACT_NONE(ExprId));
}

// name: a capture; a.b: a constant.
static void walk_pattern_name(Walk *walk, Node node, Subject subject) {
    Nodes nodes = nodes_of(walk, node);
    Node first = node_at(walk, nodes, 0);
    uint32_t count = nodes.count;
    nodes_end(walk, nodes);
    if (count == 1)
        capture(walk, first, subject, FACT_NONE(ExprId));
    else
        walk_dotted_name(walk, node, FACT_NONE(ExprId));
}

// Patterns inside NODE. The parts of an alternative or a group stand for the whole subject.
static ExprId walk_pattern_parts(Walk *walk, Node node, Subject subject) {
    Nodes nodes = nodes_of(walk, node);
    Node comma;
    bool group = node.kind == NODE_TUPLE_PATTERN && nodes_count_named(walk, nodes) == 1 &&
                 !node_kind(walk, nodes, TOKEN_COMMA, &comma);
    bool whole = group || node.kind == NODE_UNION_PATTERN || node.kind == NODE_CASE_PATTERN;
    Subject inner = whole ? subject : (Subject){FACT_NONE(ExprId)};
    ExprId klass = FACT_NONE(ExprId);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (!kind_is_named(part.kind)) continue;
        ExprId part_class = FACT_NONE(ExprId);
        bool named_class = node.kind == NODE_CLASS_PATTERN && i == 0;
        if (named_class) {
            klass = walk_dotted_name(walk, part, FACT_NONE(ExprId));
            walk_expr(walk, klass)->flags |= EXPR_CASE_CLASS;
        } else if (part.kind == NODE_IDENTIFIER && node.kind == NODE_KEYWORD_PATTERN) {
            continue; // the attribute's name
        } else {
            part_class = walk_pattern(walk, part, inner);
        }
        if (group || node.kind == NODE_CASE_PATTERN) klass = part_class;
    }
    nodes_end(walk, nodes);
    return klass;
}

// pattern as name
static ExprId walk_as_pattern(Walk *walk, Node node, Subject subject) {
    Nodes nodes = nodes_of(walk, node);
    Node pattern = node_at(walk, nodes, 0), name = node_at(walk, nodes, nodes.count - 1);
    nodes_end(walk, nodes);
    ExprId klass = walk_pattern(walk, pattern, subject);
    capture(walk, name, subject, klass);
    return klass;
}

static ExprId walk_pattern_kind(Walk *walk, Node node, Subject subject) {
    switch (node.kind) {
    case NODE_CASE_PATTERN:
    case NODE_UNION_PATTERN:
    case NODE_TUPLE_PATTERN:
    case NODE_LIST_PATTERN:
    case NODE_DICT_PATTERN:
    case NODE_CLASS_PATTERN:
    case NODE_KEYWORD_PATTERN:
    case NODE_SPLAT_PATTERN: return walk_pattern_parts(walk, node, subject);
    case NODE_AS_PATTERN: return walk_as_pattern(walk, node, subject);
    case NODE_DOTTED_NAME: walk_pattern_name(walk, node, subject); break;
    case NODE_IDENTIFIER: capture(walk, node, subject, FACT_NONE(ExprId)); break;
    default: walk_expression(walk, node, FACT_NONE(ExprId)); break;
    }
    return FACT_NONE(ExprId);
}

static ExprId walk_pattern(Walk *walk, Node node, Subject subject) {
    if (!walk_enter(walk, node)) return FACT_NONE(ExprId);
    ExprId klass = walk_pattern_kind(walk, node, subject);
    walk_leave(walk);
    return klass;
}

// `case a, b:` matches a sequence: no part of it is the whole subject.
static uint32_t walk_case(Walk *walk, Node node, StatementId owner, uint8_t branch,
                          Subject subject) {
    Nodes nodes = nodes_of(walk, node);
    Node comma, block = node;
    if (node_kind(walk, nodes, TOKEN_COMMA, &comma)) subject = (Subject){FACT_NONE(ExprId)};
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (part.kind == NODE_CASE_PATTERN) {
            ExprId klass = walk_pattern(walk, part, subject);
            if (fact_is(klass) && fact_is(subject.value))
                walk_expr(walk, klass)->flags |= EXPR_CONDITION;
        }
        if (part.kind == NODE_IF_CLAUSE)
            walk_expression(walk, node_inner(walk, part), FACT_NONE(ExprId));
        if (part.kind == NODE_BLOCK) block = part;
    }
    nodes_end(walk, nodes);
    return walk_block(walk, block, owner, branch);
}

static ExprId walk_subject(Walk *walk, Node node, Nodes nodes) {
    ExprChain chain = {.parent = FACT_NONE(ExprId)};
    uint32_t count = 0;
    Node subject = node;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (part.field != FIELD_SUBJECT || !kind_is_named(part.kind)) continue;
        if (count++ == 0) subject = part;
        subject.end = part.end;
    }
    Node comma;
    if (count == 1 && !node_kind(walk, nodes, TOKEN_COMMA, &comma))
        return walk_expression(walk, subject, FACT_NONE(ExprId));
    ExprId tuple = expr_new(walk, EXPR_TUPLE, subject, FACT_NONE(ExprId));
    chain.parent = tuple;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (part.field != FIELD_SUBJECT || !kind_is_named(part.kind)) continue;
        chain_add(walk, &chain, walk_expression(walk, part, tuple));
    }
    return tuple;
}

uint32_t walk_match(Walk *walk, Node node) {
    StatementId statement = statement_new(walk, STATEMENT_MATCH, node);
    Nodes nodes = nodes_of(walk, node);
    Subject subject = {walk_subject(walk, node, nodes)};
    walk_statement_fact(walk, statement)->value = subject.value;
    Node body = node;
    node_kind(walk, nodes, NODE_BLOCK, &body);
    Nodes cases = nodes_of(walk, body);
    uint32_t end = node.start, branch = BRANCH_CASE;
    for (uint32_t i = 0; i < cases.count; i++) {
        Node part = node_at(walk, cases, i);
        if (part.kind != NODE_CASE) continue;
        end = walk_case(walk, part, statement, (uint8_t)branch, subject);
        if (branch < UINT8_MAX) branch++;
    }
    nodes_end(walk, cases);
    nodes_end(walk, nodes);
    if (end == node.start) walk_fail(walk, node, "match needs a case");
    walk_statement_fact(walk, statement)->end = end;
    return end;
}
