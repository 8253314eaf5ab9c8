// Simple statements and blocks of statements. In: a statement node. Out: a StatementFact, its
// expressions, the bindings it makes. Python 2 forms that the grammar lets through fail the file.
#include "python/extract/extract.h"
#include "python/syntax/joined.h"

#define NO_COLUMN UINT32_MAX

static BindingFact assignment_of(BindingKind kind, ExprId value, ExprId annotation) {
    return (BindingFact){.kind = kind, .value = value, .annotation = annotation, .element = -1};
}

// a: T = b = c = value. Each level of the chain leaves its parts on the stack of nodes.
static void walk_assignment(Walk *walk, Node node) {
    StatementId statement = statement_new(walk, STATEMENT_ASSIGN, node);
    Nodes outer = nodes_of(walk, node), parts = outer;
    Node right, type;
    bool has_value = node_field(walk, parts, FIELD_RIGHT, &right);
    while (has_value && right.kind == NODE_ASSIGNMENT) {
        parts = nodes_of(walk, right);
        has_value = node_field(walk, parts, FIELD_RIGHT, &right);
    }
    ExprId annotation = FACT_NONE(ExprId), value = FACT_NONE(ExprId);
    if (node_field(walk, outer, FIELD_TYPE, &type))
        annotation = walk_annotation(walk, type, FACT_NONE(ExprId));
    if (has_value && right.kind == NODE_AUGMENTED_ASSIGNMENT)
        walk_fail(walk, right, "an augmented assignment has no value");
    else if (has_value)
        value = walk_expression(walk, right, FACT_NONE(ExprId));
    walk_statement_fact(walk, statement)->value = value;

    BindingKind kind = has_value ? BINDING_ASSIGN : BINDING_DECLARE;
    uint32_t end = walk->nodes.count;
    for (uint32_t i = outer.first; i < end; i++) {
        Node target = walk->nodes.items[i];
        if (target.field != FIELD_LEFT) continue;
        bind_target(walk, target, assignment_of(kind, value, annotation), FACT_NONE(ExprId));
    }
    nodes_end(walk, outer);
}

static void walk_augmented(Walk *walk, Node node) {
    StatementId statement = statement_new(walk, STATEMENT_ASSIGN, node);
    Nodes nodes = nodes_of(walk, node);
    Node left = node, right = node;
    node_field(walk, nodes, FIELD_LEFT, &left);
    node_field(walk, nodes, FIELD_RIGHT, &right);
    nodes_end(walk, nodes);
    if (right.kind == NODE_ASSIGNMENT || right.kind == NODE_AUGMENTED_ASSIGNMENT) {
        walk_fail(walk, right, "an augmented assignment takes one value");
        return;
    }
    ExprId value = walk_expression(walk, right, FACT_NONE(ExprId));
    walk_statement_fact(walk, statement)->value = value;
    bind_target(walk, left, assignment_of(BINDING_AUGMENT, value, FACT_NONE(ExprId)),
                FACT_NONE(ExprId));
}

// The grammar has no node for the tuple in `a, b` as a statement: it is the statement.
static void walk_expression_statement(Walk *walk, Node node) {
    Nodes nodes = nodes_of(walk, node);
    Node first = node_at(walk, nodes, 0);
    bool tuple = nodes.count > 1;
    nodes_end(walk, nodes);
    if (!tuple && first.kind == NODE_ASSIGNMENT) {
        walk_assignment(walk, first);
        return;
    }
    if (!tuple && first.kind == NODE_AUGMENTED_ASSIGNMENT) {
        walk_augmented(walk, first);
        return;
    }
    StatementId statement = statement_new(walk, STATEMENT_EXPRESSION, node);
    ExprId value = tuple ? walk_parts(walk, node, EXPR_TUPLE, FACT_NONE(ExprId))
                         : walk_expression(walk, first, FACT_NONE(ExprId));
    walk_statement_fact(walk, statement)->value = value;
    CallId call = walk_expr(walk, value)->call;
    if (fact_is(call)) facts_call_row(walk->facts, call)->flags |= CALL_STATEMENT;
}

// return, raise, assert: expressions that stand for themselves; the first is the statement's value.
static void walk_values(Walk *walk, Node node, StatementKind kind) {
    StatementId statement = statement_new(walk, kind, node);
    Nodes nodes = nodes_of(walk, node);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (!kind_is_named(part.kind)) continue;
        if (kind == STATEMENT_RAISE && part.kind == NODE_EXPRESSION_LIST)
            walk_fail(walk, part, "raise with a comma is Python 2");
        ExprId value = walk_expression(walk, part, FACT_NONE(ExprId));
        StatementFact *row = walk_statement_fact(walk, statement);
        if (!fact_is(row->value) && part.field != FIELD_CAUSE) row->value = value;
    }
    nodes_end(walk, nodes);
}

static void walk_delete(Walk *walk, Node node) {
    statement_new(walk, STATEMENT_DELETE, node);
    Node target = node_inner(walk, node);
    BindingFact prototype = {.kind = BINDING_DELETE, .element = -1};
    if (target.kind != NODE_EXPRESSION_LIST) {
        bind_target(walk, target, prototype, FACT_NONE(ExprId));
        return;
    }
    Nodes nodes = nodes_of(walk, target);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node item = node_at(walk, nodes, i);
        if (kind_is_named(item.kind)) bind_target(walk, item, prototype, FACT_NONE(ExprId));
    }
    nodes_end(walk, nodes);
}

// type(x).y = value
static void walk_keyword_assignment(Walk *walk, StatementId statement, Node keyword, Node left,
                                    Node right) {
    keyword.kind = NODE_IDENTIFIER;
    ExprId value = walk_expression(walk, right, FACT_NONE(ExprId));
    walk_statement_fact(walk, statement)->value = value;
    walk->keyword = keyword;
    walk->keyword_at = left.start;
    bind_target(walk, left, assignment_of(BINDING_ASSIGN, value, FACT_NONE(ExprId)),
                FACT_NONE(ExprId));
    walk->keyword.end = 0;
}

// type Name[T] = value: the value may use T and runs late, in a scope of its own.
static void walk_type_alias(Walk *walk, Node node) {
    StatementId statement = statement_new(walk, STATEMENT_ASSIGN, node);
    Nodes nodes = nodes_of(walk, node);
    Node left = node, right = node, parameters;
    node_field(walk, nodes, FIELD_LEFT, &left);
    node_field(walk, nodes, FIELD_RIGHT, &right);
    Node keyword = node_at(walk, nodes, 0);
    nodes_end(walk, nodes);
    ScopeId scope = walk->at.scope;
    left = node_inner(walk, left);
    if (left.kind != NODE_IDENTIFIER && left.kind != NODE_GENERIC_TYPE) {
        walk_keyword_assignment(walk, statement, keyword, left, right);
        return;
    }
    if (left.kind == NODE_GENERIC_TYPE) { // name type_parameter
        Nodes parts = nodes_of(walk, left);
        left = node_at(walk, parts, 0);
        parameters = node_at(walk, parts, 1);
        nodes_end(walk, parts);
        walk->at.scope = scope_new(walk, SCOPE_BLOCK, scope);
        walk_type_parameters(walk, parameters);
    }
    ExprId value = walk_annotation(walk, right, FACT_NONE(ExprId));
    walk->at.scope = scope;
    walk_statement_fact(walk, statement)->value = value;
    bind_target(walk, left, assignment_of(BINDING_TYPE_PARAMETER, value, FACT_NONE(ExprId)),
                FACT_NONE(ExprId));
}

static void walk_simple(Walk *walk, Node node) {
    switch (node.kind) {
    case NODE_EXPRESSION_STATEMENT: walk_expression_statement(walk, node); break;
    case NODE_RETURN: walk_values(walk, node, STATEMENT_RETURN); break;
    case NODE_RAISE: walk_values(walk, node, STATEMENT_RAISE); break;
    case NODE_ASSERT: walk_values(walk, node, STATEMENT_ASSERT); break;
    case NODE_BREAK:
    case NODE_CONTINUE: statement_new(walk, STATEMENT_JUMP, node); break;
    case NODE_PASS: statement_new(walk, STATEMENT_PASS, node); break;
    case NODE_DELETE: walk_delete(walk, node); break;
    case NODE_GLOBAL: walk_scope_declaration(walk, node, SYMBOL_GLOBAL); break;
    case NODE_NONLOCAL: walk_scope_declaration(walk, node, SYMBOL_NONLOCAL); break;
    case NODE_IMPORT:
    case NODE_IMPORT_FROM:
    case NODE_FUTURE_IMPORT: walk_import(walk, node); break;
    case NODE_TYPE_ALIAS: walk_type_alias(walk, node); break;
    case NODE_PRINT: walk_fail(walk, node, "the print statement is Python 2"); break;
    case NODE_EXEC: walk_fail(walk, node, "the exec statement is Python 2"); break;
    default: statement_new(walk, STATEMENT_OTHER, node); break;
    }
}

static uint32_t walk_any(Walk *walk, Node node) {
    switch (node.kind) {
    case NODE_IF:
    case NODE_FOR:
    case NODE_WHILE:
    case NODE_TRY:
    case NODE_WITH: return walk_compound(walk, node);
    case NODE_MATCH: return walk_match(walk, node);
    case NODE_DECORATED: return walk_decorated(walk, node);
    case NODE_FUNCTION: return walk_function(walk, node, node, (Nodes){0});
    case NODE_CLASS: return walk_class(walk, node, node, (Nodes){0});
    default: walk_simple(walk, node); return node.end;
    }
}

uint32_t walk_statement(Walk *walk, Node node) {
    if (!walk_enter(walk, node)) return node.end;
    Place outer = walk->at;
    uint32_t end = walk_any(walk, node);
    if (walk->stray_as.end) walk_fail(walk, walk->stray_as, "'as' is not possible here");
    walk->at = outer;
    walk_leave(walk);
    return end;
}

// Column of what begins a line at START, with tabs to each eighth column as CPython counts them; NO_COLUMN for what stands
// behind other text, or on a line that a backslash joins to the one before.
static uint32_t column_of_line(Str text, uint32_t start) {
    uint32_t line = start, column = 0;
    while (line > 0 && (text.data[line - 1] == ' ' || text.data[line - 1] == '\t' || text.data[line - 1] == '\f')) line--;
    if (line > 0 && text.data[line - 1] != '\n') return NO_COLUMN;
    uint32_t before = line;
    if (before > 0) before--;
    if (before > 0 && text.data[before - 1] == '\r') before--;
    if (before > 0 && text.data[before - 1] == '\\') return NO_COLUMN;
    for (uint32_t i = line; i < start; i++) {
        if (text.data[i] == ' ') column++;
        else column = text.data[i] == '\t' ? (column / 8 + 1) * 8 : 0;
    }
    return column;
}

// The grammar lets a line go back to a column that no block has, and begin a statement behind a backslash; CPython does not.
// BEFORE is where the statement before NODE in its block ends, 0 without one; COMMON the column of the block.
static void check_place(Walk *walk, Node node, uint32_t before, uint32_t *common) {
    uint32_t column = column_of_line(walk->text, node.start);
    if (before && joined_skip_blanks(walk->text, before) >= node.start)
        walk_fail(walk, node, "nothing parts this statement from the one before");
    if (*common == NO_COLUMN) *common = column;
    else if (column != NO_COLUMN && column != *common) walk_fail(walk, node, "its indentation is that of no block around it");
}

uint32_t walk_block(Walk *walk, Node block, StatementId owner, uint8_t branch) {
    Place outer = walk->at;
    uint32_t column = NO_COLUMN;
    walk->at.block = owner;
    walk->at.branch = branch;
    Nodes nodes = nodes_of(walk, block);
    uint32_t end = 0;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node node = node_at(walk, nodes, i);
        if (!kind_is_named(node.kind)) continue; // ';'
        check_place(walk, node, end, &column);
        uint32_t next = i + 1;
        while (next < nodes.count && !kind_is_named(node_at(walk, nodes, next).kind)) next++;
        walk->next_statement = next < nodes.count ? node_at(walk, nodes, next).start : UINT32_MAX;
        if (!kept_take(walk, node, &end)) end = walk_statement(walk, node);
    }
    if (end == 0 && fact_is(owner)) walk_fail(walk, block, "an indented block is missing here");
    nodes_end(walk, nodes);
    walk->at = outer;
    return end;
}
