// if, for, while, try, with. In: a compound statement. Out: its row, its header's expressions and
// bindings, and the statements of its blocks with branch numbers (0 body, 1 else, 2 except,
// 3 finally). The end is that of the last statement inside, never of a comment behind it.
#include "python/extract/extract.h"

enum { BRANCH_BODY, BRANCH_ELSE, BRANCH_EXCEPT, BRANCH_FINALLY };

static bool is_block(Node node) { return node.kind == NODE_BLOCK; }

// Walks the block among the children of CLAUSE: else, finally.
static uint32_t walk_clause(Walk *walk, Node clause, StatementId owner, uint8_t branch) {
    Nodes nodes = nodes_of(walk, clause);
    Node block = clause;
    node_kind(walk, nodes, NODE_BLOCK, &block);
    nodes_end(walk, nodes);
    return walk_block(walk, block, owner, branch);
}

// TYPE_CHECKING or typing.TYPE_CHECKING
static bool is_type_checking(const Walk *walk, ExprId condition) {
    const ExprFact *expr = walk_expr(walk, condition);
    return (expr->kind == EXPR_NAME || expr->kind == EXPR_ATTRIBUTE) &&
           str_is(facts_name(walk->facts, expr->name), "TYPE_CHECKING");
}

static uint32_t walk_guarded_block(Walk *walk, Node block, StatementId owner, ExprId condition) {
    uint16_t outer = walk->at.flags;
    if (is_type_checking(walk, condition)) walk->at.flags |= EXPR_TYPE_CHECKING;
    uint32_t end = walk_block(walk, block, owner, BRANCH_BODY);
    walk->at.flags = outer;
    return end;
}

// Condition and first block of if, elif and while.
static uint32_t walk_condition(Walk *walk, Node node, Nodes nodes, StatementId statement) {
    Node condition = node, block = node;
    node_field(walk, nodes, FIELD_CONDITION, &condition);
    node_kind(walk, nodes, NODE_BLOCK, &block);
    ExprId value = walk_expression(walk, condition, FACT_NONE(ExprId));
    walk_statement_fact(walk, statement)->value = value;
    return walk_guarded_block(walk, block, statement, value);
}

static uint32_t walk_elif(Walk *walk, Node node, StatementId owner) {
    Place outer = walk->at;
    walk->at.block = owner;
    walk->at.branch = BRANCH_ELSE;
    walk->next_statement = UINT32_MAX;
    StatementId statement = statement_new(walk, STATEMENT_IF, node);
    Nodes nodes = nodes_of(walk, node);
    uint32_t end = walk_condition(walk, node, nodes, statement);
    nodes_end(walk, nodes);
    walk_statement_fact(walk, statement)->end = end;
    walk->at = outer;
    return end;
}

static uint32_t walk_if(Walk *walk, Node node, StatementId statement, Nodes nodes) {
    uint32_t end = walk_condition(walk, node, nodes, statement);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node clause = node_at(walk, nodes, i);
        if (clause.kind == NODE_ELIF) end = walk_elif(walk, clause, statement);
        if (clause.kind == NODE_ELSE) end = walk_clause(walk, clause, statement, BRANCH_ELSE);
    }
    return end;
}

static uint32_t walk_for(Walk *walk, Node node, StatementId statement, Nodes nodes) {
    Node left = node, right = node, block = node, token;
    node_field(walk, nodes, FIELD_LEFT, &left);
    node_field(walk, nodes, FIELD_RIGHT, &right);
    node_kind(walk, nodes, NODE_BLOCK, &block);
    bool async = node_kind(walk, nodes, TOKEN_ASYNC, &token);
    ExprId value = walk_expression(walk, right, FACT_NONE(ExprId));
    walk_statement_fact(walk, statement)->value = value;
    BindingFact prototype = {
        .kind = async ? BINDING_ITERATE_ASYNC : BINDING_ITERATE, .value = value, .element = -1};
    bind_target(walk, left, prototype, FACT_NONE(ExprId));
    uint32_t end = walk_block(walk, block, statement, BRANCH_BODY);
    if (node_kind(walk, nodes, NODE_ELSE, &block))
        end = walk_clause(walk, block, statement, BRANCH_ELSE);
    return end;
}

static uint32_t walk_while(Walk *walk, Node node, StatementId statement, Nodes nodes) {
    uint32_t end = walk_condition(walk, node, nodes, statement);
    Node clause;
    if (node_kind(walk, nodes, NODE_ELSE, &clause))
        end = walk_clause(walk, clause, statement, BRANCH_ELSE);
    return end;
}

// `value as target` in a with or except header; walks the value and binds the target.
static ExprId walk_as(Walk *walk, Node node, BindingKind kind) {
    Nodes nodes = nodes_of(walk, node);
    Node value = node_at(walk, nodes, 0), target = node_at(walk, nodes, nodes.count - 1);
    nodes_end(walk, nodes);
    ExprId expr = walk_expression(walk, value, FACT_NONE(ExprId));
    bind_target(walk, target, (BindingFact){.kind = kind, .value = expr, .element = -1},
                FACT_NONE(ExprId));
    return expr;
}

// except E, except E as e, except* E, except A, B (PEP 758)
static uint32_t walk_except(Walk *walk, Node clause, StatementId owner) {
    Nodes nodes = nodes_of(walk, clause);
    Node block = clause;
    node_kind(walk, nodes, NODE_BLOCK, &block);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node value = node_at(walk, nodes, i);
        if (value.field != FIELD_VALUE || !kind_is_named(value.kind)) continue;
        if (value.kind == NODE_AS_PATTERN)
            walk_as(walk, value, BINDING_EXCEPT);
        else
            bind_stray_as(walk, walk_expression(walk, value, FACT_NONE(ExprId)), BINDING_EXCEPT);
    }
    nodes_end(walk, nodes);
    return walk_block(walk, block, owner, BRANCH_EXCEPT);
}

// except:, except Exception:, except BaseException as e:
static bool catches_all(Walk *walk, Node clause) {
    Nodes nodes = nodes_of(walk, clause);
    Node value = {0};
    bool bare = true;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (part.field != FIELD_VALUE || !kind_is_named(part.kind)) continue;
        bare = false;
        value = part;
    }
    nodes_end(walk, nodes);
    if (!bare && value.kind == NODE_AS_PATTERN) {
        nodes = nodes_of(walk, value);
        value = node_at(walk, nodes, 0);
        nodes_end(walk, nodes);
    }
    return bare || str_is(node_text(walk, value), "Exception") || str_is(node_text(walk, value), "BaseException");
}

static uint32_t walk_try(Walk *walk, Node node, StatementId statement, Nodes nodes) {
    (void)node;
    uint32_t end = 0;
    walk->at.guarded = true;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node clause = node_at(walk, nodes, i);
        if (is_block(clause)) end = walk_block(walk, clause, statement, BRANCH_BODY);
        if (clause.kind == NODE_EXCEPT) {
            end = walk_except(walk, clause, statement);
            if (catches_all(walk, clause)) facts_statement_row(walk->facts, statement)->catches_all = true;
        }
        if (clause.kind == NODE_ELSE) end = walk_clause(walk, clause, statement, BRANCH_ELSE);
        if (clause.kind == NODE_FINALLY) end = walk_clause(walk, clause, statement, BRANCH_FINALLY);
    }
    return end;
}

static bool holds_as(Walk *walk, Node tuple) {
    Nodes nodes = nodes_of(walk, tuple);
    Node found;
    bool holds = node_kind(walk, nodes, NODE_AS_PATTERN, &found);
    nodes_end(walk, nodes);
    return holds;
}

// One item of a with header; the grammar gives `(a as b,)` as a tuple.
static void walk_with_value(Walk *walk, Node node, BindingKind kind) {
    node = node_unwrap(walk, node);
    if (node.kind == NODE_AS_PATTERN) {
        walk_as(walk, node, kind);
    } else if (node.kind == NODE_TUPLE && holds_as(walk, node)) {
        Nodes nodes = nodes_of(walk, node);
        for (uint32_t i = 0; i < nodes.count; i++) {
            Node item = node_at(walk, nodes, i);
            if (kind_is_named(item.kind)) walk_with_value(walk, item, kind);
        }
        nodes_end(walk, nodes);
    } else {
        bind_stray_as(walk, walk_expression(walk, node, FACT_NONE(ExprId)), kind);
    }
}

static uint32_t walk_with(Walk *walk, Node node, StatementId statement, Nodes nodes) {
    Node clause = node, block = node, token;
    node_kind(walk, nodes, NODE_WITH_CLAUSE, &clause);
    node_kind(walk, nodes, NODE_BLOCK, &block);
    bool async = node_kind(walk, nodes, TOKEN_ASYNC, &token);
    Nodes items = nodes_of(walk, clause);
    for (uint32_t i = 0; i < items.count; i++) {
        Node item = node_at(walk, items, i);
        if (item.kind != NODE_WITH_ITEM) continue;
        walk_with_value(walk, node_inner(walk, item), async ? BINDING_ENTER_ASYNC : BINDING_ENTER);
    }
    nodes_end(walk, items);
    return walk_block(walk, block, statement, BRANCH_BODY);
}

typedef uint32_t WalkParts(Walk *walk, Node node, StatementId statement, Nodes nodes);

static uint32_t walk_as_statement(Walk *walk, Node node, StatementKind kind, WalkParts *parts) {
    StatementId statement = statement_new(walk, kind, node);
    Nodes nodes = nodes_of(walk, node);
    uint32_t end = parts(walk, node, statement, nodes);
    nodes_end(walk, nodes);
    walk_statement_fact(walk, statement)->end = end;
    return end;
}

uint32_t walk_compound(Walk *walk, Node node) {
    switch (node.kind) {
    case NODE_IF: return walk_as_statement(walk, node, STATEMENT_IF, walk_if);
    case NODE_FOR: return walk_as_statement(walk, node, STATEMENT_LOOP, walk_for);
    case NODE_WHILE: return walk_as_statement(walk, node, STATEMENT_WHILE, walk_while);
    case NODE_TRY: return walk_as_statement(walk, node, STATEMENT_TRY, walk_try);
    default: return walk_as_statement(walk, node, STATEMENT_WITH, walk_with);
    }
}
