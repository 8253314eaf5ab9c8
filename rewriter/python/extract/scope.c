// Scopes, symbols and everything that gives a name a value. In: targets of any shape. Out: symbols
// in the scope that binds them (PEP 227, 572, 695) and one binding each. Looking a name up in outer
// scopes is resolution's work.
#include "python/extract/extract.h"

ScopeId scope_new(Walk *walk, ScopeKind kind, ScopeId parent) {
    ScopeId id = {walk->facts->scopes.count};
    vec_add(&walk->facts->scopes,
            ((ScopeFact){.kind = kind, .parent = parent, .module = walk->module}));
    vec_extend(&walk->last_symbols, id.index + 1 - walk->last_symbols.count);
    return id;
}

SymbolId symbol_find(const Walk *walk, ScopeId scope, Name name) {
    return facts_symbol_in(walk->facts, scope, name);
}

SymbolId symbol_of(Walk *walk, ScopeId scope, Name name) {
    Facts *facts = walk->facts;
    SymbolId id = symbol_find(walk, scope, name);
    if (fact_is(id)) return id;
    id = (SymbolId){facts->symbols.count};
    vec_add(&facts->symbols, ((SymbolFact){.name = name, .scope = scope}));
    facts_symbol_index(facts, id);
    SymbolId *last = &walk->last_symbols.items[scope.index];
    if (fact_is(*last))
        facts->symbols.items[last->index].next_in_scope = id;
    else
        facts_scope_row(facts, scope)->first_symbol = id;
    *last = id;
    return id;
}

static BindingId binding_add(Walk *walk, BindingFact prototype, uint32_t start, uint32_t end) {
    BindingId id = {walk->facts->bindings.count};
    prototype.scope = walk->at.scope;
    prototype.statement = walk->at.statement;
    prototype.start = walk->fixed ? walk->fixed_start : start;
    prototype.end = walk->fixed ? walk->fixed_end : end;
    vec_add(&walk->facts->bindings, prototype);
    return id;
}

void symbol_add_binding(Walk *walk, SymbolId id, BindingId binding) {
    SymbolFact *symbol = facts_symbol_row(walk->facts, id);
    BindingKind kind = facts_binding(walk->facts, binding)->kind;
    if (fact_is(symbol->last_binding))
        facts_binding_row(walk->facts, symbol->last_binding)->next_of_symbol = binding;
    else
        symbol->first_binding = binding;
    symbol->last_binding = binding;
    if (kind == BINDING_DELETE) symbol->flags |= SYMBOL_DELETED;
    if (kind == BINDING_PARAMETER) symbol->flags |= SYMBOL_PARAMETER;
}

BindingId bind_name(Walk *walk, BindingFact prototype, ScopeId scope, Name name, uint32_t start,
                    uint32_t end) {
    prototype.symbol = symbol_of(walk, scope, name);
    BindingId id = binding_add(walk, prototype, start, end);
    symbol_add_binding(walk, prototype.symbol, id);
    return id;
}

static uint16_t target_flag(const BindingFact *prototype) {
    return prototype->kind == BINDING_DELETE ? EXPR_DELETED : EXPR_STORED;
}

ExprId bind_identifier(Walk *walk, Node identifier, BindingFact prototype, ScopeId scope,
                       ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_NAME, identifier, parent);
    Name name = node_name(walk, identifier);
    walk_expr(walk, expr)->name = name;
    walk_expr(walk, expr)->flags |= target_flag(&prototype);
    prototype.target = expr;
    bind_name(walk, prototype, scope, name, identifier.start, identifier.end);
    return expr;
}

// obj.attribute = ..., obj[item] = ...: nothing of this file's scopes changes.
static ExprId bind_place(Walk *walk, Node target, BindingFact prototype, ExprId parent) {
    ExprId expr = walk_expression(walk, target, parent);
    walk_expr(walk, expr)->flags |= target_flag(&prototype);
    prototype.target = expr;
    uint32_t start = target.start;
    if (walk_expr(walk, expr)->kind == EXPR_ATTRIBUTE) start = walk_expr(walk, expr)->name_start;
    binding_add(walk, prototype, start, target.end);
    return expr;
}

static ExprId bind_star(Walk *walk, Node target, BindingFact prototype, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_STAR, target, parent);
    walk_expr(walk, expr)->flags |= target_flag(&prototype);
    prototype.element = -2;
    ExprId base = bind_target(walk, node_inner(walk, target), prototype, expr);
    walk_expr(walk, expr)->base = base;
    return expr;
}

static bool is_star(uint8_t kind) {
    return kind == NODE_LIST_SPLAT || kind == NODE_LIST_SPLAT_PATTERN;
}

// (a, b), [a, b] or a, b. An item behind a starred one has no position from the front.
static ExprId bind_items(Walk *walk, Node target, Nodes items, BindingFact prototype,
                         ExprId parent) {
    bool list = target.kind == NODE_LIST || target.kind == NODE_LIST_PATTERN;
    ExprId expr = expr_new(walk, list ? EXPR_LIST : EXPR_TUPLE, target, parent);
    walk_expr(walk, expr)->flags |= target_flag(&prototype);
    ExprChain chain = {.parent = expr};
    bool whole = prototype.element == -1;
    int32_t position = 0;
    for (uint32_t i = 0; i < items.count; i++) {
        Node item = node_at(walk, items, i);
        if (!kind_is_named(item.kind)) continue;
        if (is_star(item.kind)) whole = false;
        prototype.element = whole ? position++ : -2;
        chain_add(walk, &chain, bind_target(walk, item, prototype, expr));
    }
    return expr;
}

static ExprId bind_list(Walk *walk, Node target, BindingFact prototype, ExprId parent) {
    Nodes items = nodes_of(walk, target);
    Node comma;
    bool group = target.kind == NODE_TUPLE_PATTERN && nodes_count_named(walk, items) == 1 &&
                 !node_kind(walk, items, TOKEN_COMMA, &comma);
    ExprId expr;
    if (group)
        expr = bind_target(walk, node_at(walk, items, 1), prototype, parent); // (a) = ...
    else
        expr = bind_items(walk, target, items, prototype, parent);
    nodes_end(walk, items);
    return expr;
}

ExprId bind_target(Walk *walk, Node target, BindingFact prototype, ExprId parent) {
    if (node_follows_keyword(walk, target)) return bind_place(walk, target, prototype, parent);
    target = node_unwrap(walk, target);
    if (!walk_enter(walk, target)) return expr_new(walk, EXPR_OTHER, target, parent);
    ExprId expr;
    switch (target.kind) {
    case NODE_IDENTIFIER:
        expr = bind_identifier(walk, target, prototype, walk->at.scope, parent);
        break;
    case NODE_ATTRIBUTE:
    case NODE_SUBSCRIPT: expr = bind_place(walk, target, prototype, parent); break;
    case NODE_LIST_SPLAT:
    case NODE_LIST_SPLAT_PATTERN: expr = bind_star(walk, target, prototype, parent); break;
    case NODE_TUPLE:
    case NODE_TUPLE_PATTERN:
    case NODE_LIST:
    case NODE_LIST_PATTERN:
    case NODE_EXPRESSION_LIST:
    case NODE_PATTERN_LIST: expr = bind_list(walk, target, prototype, parent); break;
    default:
        walk_fail(walk, target, "this cannot be assigned to");
        expr = expr_new(walk, EXPR_OTHER, target, parent);
    }
    walk_leave(walk);
    return expr;
}

ScopeId scope_outside_blocks(const Walk *walk, ScopeId scope) {
    while (facts_scope(walk->facts, scope)->kind == SCOPE_BLOCK)
        scope = facts_scope(walk->facts, scope)->parent;
    return scope;
}

// `global x` at module level says nothing new.
void walk_scope_declaration(Walk *walk, Node node, SymbolFlag flag) {
    statement_new(walk, STATEMENT_SCOPE, node);
    if (facts_scope(walk->facts, walk->at.scope)->kind == SCOPE_MODULE) return;
    Nodes nodes = nodes_of(walk, node);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node name = node_at(walk, nodes, i);
        if (name.kind != NODE_IDENTIFIER) continue;
        SymbolId symbol = symbol_of(walk, walk->at.scope, node_name(walk, name));
        facts_symbol_row(walk->facts, symbol)->flags |= (uint32_t)flag;
    }
    nodes_end(walk, nodes);
}
