// Children of syntax nodes and new rows of the tables. In: a node. Out: its children without
// comments, or a row with its offsets. Must never keep a pointer into a table across an addition.
#include "python/extract/extract.h"

#include <children.h>

// Rules whose parts we tell apart by kind alone. Long lists are among them, and asking for a field
// costs more the longer a list is.
static bool has_fields(uint8_t kind) {
    switch (kind) {
    case NODE_OTHER: // the module
    case NODE_BLOCK:
    case NODE_ARGUMENT_LIST:
    case NODE_PARAMETERS:
    case NODE_LIST:
    case NODE_TUPLE:
    case NODE_SET:
    case NODE_DICTIONARY:
    case NODE_EXPRESSION_LIST:
    case NODE_STRING:
    case NODE_CONCATENATED_STRING: return false;
    default: return true;
    }
}

void directive_add(Facts *facts, DirectiveFact row) {
    uint32_t at = facts->directives.count;
    while (at > 1 && facts->directives.items[at - 1].start > row.start) at--;
    if (at > 1 && facts->directives.items[at - 1].start == row.start) return;
    vec_add(&facts->directives, row);
    DirectiveFact *rows = facts->directives.items;
    memmove(rows + at + 1, rows + at, (facts->directives.count - 1 - at) * sizeof *rows);
    rows[at] = row;
}

// Keeps what speaks to weft; children may be listed again, and out of order.
static void note_comment(Walk *walk, const Node *node) {
    if (node->kind != EXTRA_COMMENT || walk->fixed) return;
    if (str_find_str(node_text(walk, *node), STR("weft:")) < 0) return;
    directive_add(walk->facts, (DirectiveFact){walk->module, node->start, node->end});
}

typedef struct Collecting {
    Walk *walk;
    bool with_tokens;
} Collecting;

static void collect_child(void *context, const NodeChild *child) {
    const Collecting *collecting = context;
    Walk *walk = collecting->walk;
    Node node = {.ts = child->node,
                 .start = ts_node_start_byte(child->node),
                 .end = child->end,
                 .kind = kinds_of_symbol(child->symbol),
                 .field = kinds_of_field(child->field)};
    if (kind_is_extra(node.kind))
        note_comment(walk, &node);
    else if (collecting->with_tokens || kind_is_named(node.kind) || node.kind == TOKEN_NOT_EQUAL_OLD)
        vec_add(&walk->nodes, node);
}

static Nodes collect(Walk *walk, Node parent, bool with_tokens) {
    uint32_t first = walk->nodes.count;
    Collecting collecting = {walk, with_tokens};
    node_children(parent.ts, has_fields(parent.kind), collect_child, &collecting);
    return (Nodes){first, walk->nodes.count - first};
}

Nodes nodes_of(Walk *walk, Node parent) { return collect(walk, parent, true); }

Nodes parts_of(Walk *walk, Node parent) { return collect(walk, parent, false); }

void nodes_end(Walk *walk, Nodes nodes) { walk->nodes.count = nodes.first; }

Node node_at(const Walk *walk, Nodes nodes, uint32_t i) {
    return walk->nodes.items[nodes.first + i];
}

bool node_field(const Walk *walk, Nodes nodes, NodeField field, Node *found) {
    for (uint32_t i = 0; i < nodes.count; i++) {
        const Node *node = &walk->nodes.items[nodes.first + i];
        if (node->field != field || !kind_is_named(node->kind)) continue;
        *found = *node;
        return true;
    }
    return false;
}

bool node_kind(const Walk *walk, Nodes nodes, NodeKind kind, Node *found) {
    for (uint32_t i = 0; i < nodes.count; i++) {
        const Node *node = &walk->nodes.items[nodes.first + i];
        if (node->kind != kind) continue;
        *found = *node;
        return true;
    }
    return false;
}

Node node_inner(Walk *walk, Node node) {
    Nodes nodes = nodes_of(walk, node);
    Node inner = node;
    for (uint32_t i = 0; i < nodes.count; i++) {
        inner = node_at(walk, nodes, i);
        if (kind_is_named(inner.kind)) break;
        inner = node;
    }
    nodes_end(walk, nodes);
    inner.field = node.field;
    return inner;
}

static bool is_wrapper(uint8_t kind) {
    return kind == NODE_PARENTHESIZED || kind == NODE_TYPE || kind == NODE_AS_PATTERN_TARGET;
}

Node node_unwrap(Walk *walk, Node node) {
    while (is_wrapper(node.kind)) node = node_inner(walk, node);
    return node;
}

Str node_text(const Walk *walk, Node node) { return str_slice(walk->text, node.start, node.end); }

Name node_name(Walk *walk, Node node) { return intern(walk->facts->names, node_text(walk, node)); }

uint32_t node_comma(const Walk *walk, Nodes nodes, uint32_t i) {
    if (i + 1 >= nodes.count) return 0;
    Node next = node_at(walk, nodes, i + 1);
    return next.kind == TOKEN_COMMA ? next.start : 0;
}

uint32_t nodes_count_named(const Walk *walk, Nodes nodes) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < nodes.count; i++) {
        count += kind_is_named(walk->nodes.items[nodes.first + i].kind);
    }
    return count;
}

void walk_fail(Walk *walk, Node node, const char *reason) {
    if (walk->failure) return;
    walk->failure = reason;
    walk->failure_start = walk->fixed ? walk->fixed_start : node.start;
    walk->failure_end = walk->fixed ? walk->fixed_end : node.end;
}

bool walk_enter(Walk *walk, Node node) {
    if (walk->depth >= WALK_DEPTH) {
        walk_fail(walk, node, "nested too deeply");
        return false;
    }
    walk->depth++;
    return true;
}

void walk_leave(Walk *walk) { walk->depth--; }

ExprFact *walk_expr(const Walk *walk, ExprId id) { return facts_expr_row(walk->facts, id); }

StatementFact *walk_statement_fact(const Walk *walk, StatementId id) {
    return facts_statement_row(walk->facts, id);
}

ExprId expr_new(Walk *walk, ExprKind kind, Node node, ExprId parent) {
    ExprId id = {walk->facts->exprs.count};
    vec_add(&walk->facts->exprs, ((ExprFact){.kind = (uint8_t)kind,
                                             .flags = walk->at.flags,
                                             .parent = parent,
                                             .scope = walk->at.scope,
                                             .statement = walk->at.statement,
                                             .start = walk->fixed ? walk->fixed_start : node.start,
                                             .end = walk->fixed ? walk->fixed_end : node.end}));
    return id;
}

void chain_add(Walk *walk, ExprChain *chain, ExprId expr) {
    if (fact_is(chain->last)) {
        walk_expr(walk, chain->last)->next_sibling = expr;
    } else {
        chain->first = expr;
        if (fact_is(chain->parent)) walk_expr(walk, chain->parent)->first_child = expr;
    }
    chain->last = expr;
}

bool follows_on_line(Str text, uint32_t offset) {
    while (offset > 0) {
        char c = text.data[--offset];
        if (c == ' ' || c == '\t' || c == '\f') continue;
        if (c != '\n' && c != '\r') return true;
        if (c == '\n' && offset > 0 && text.data[offset - 1] == '\r') offset--;
        return offset > 0 && text.data[offset - 1] == '\\';
    }
    return false;
}

static bool next_on_line(const Walk *walk, uint32_t start) {
    uint32_t next = walk->next_statement;
    return next != UINT32_MAX && str_find(str_slice(walk->text, start, next), '\n') < 0;
}

StatementId statement_new(Walk *walk, StatementKind kind, Node node) {
    StatementId id = {walk->facts->statements.count};
    bool shares = follows_on_line(walk->text, node.start) || next_on_line(walk, node.start);
    vec_add(&walk->facts->statements, ((StatementFact){.kind = kind,
                                                       .scope = walk->at.scope,
                                                       .parent = walk->at.block,
                                                       .branch = walk->at.branch,
                                                       .shares_line = shares,
                                                       .start = node.start,
                                                       .end = node.end}));
    walk->at.statement = id;
    return id;
}
