// The graph of flow.h, from expressions and statements; calls and stores have files of their own.
#include "solve/escape/build.h"

#include "base/bug.h"

// ---- nodes -----------------------------------------------------------------------------------------
uint32_t flow_symbol(const Facts *facts, SymbolId symbol) {
    return fact_is(symbol) ? facts->exprs.count + symbol.index : 0;
}

uint32_t flow_result(const Facts *facts, FunctionId function) {
    return facts->exprs.count + facts->symbols.count + function.index;
}

uint32_t flow_function(const Facts *facts, FunctionId function) {
    return flow_result(facts, function) + facts->functions.count;
}

uint32_t flow_instance(const Facts *facts, ClassId klass) {
    return flow_function(facts, (FunctionId){facts->functions.count}) + klass.index;
}

FunctionId flow_owner(const Facts *facts, uint32_t node) {
    if (node < facts->exprs.count) return facts_scope_function(facts, facts->exprs.items[node].scope);
    node -= facts->exprs.count;
    if (node < facts->symbols.count) return facts_scope_function(facts, facts->symbols.items[node].scope);
    node -= facts->symbols.count;
    return node < facts->functions.count ? (FunctionId){node} : FACT_NONE(FunctionId);
}

static SymbolId module_symbol(const Facts *facts, const SymbolFact *row) {
    ModuleId module = facts_scope(facts, row->scope)->module;
    return facts_symbol_in(facts, facts_module(facts, module)->scope, row->name);
}

static SymbolId outer_symbol(const Facts *facts, const SymbolFact *row) {
    ScopeId scope = facts_scope(facts, row->scope)->parent;
    for (; fact_is(scope); scope = facts_scope(facts, scope)->parent) {
        SymbolId found = facts_symbol_in(facts, scope, row->name);
        if (fact_is(found) && !(facts_symbol(facts, found)->flags & SYMBOL_NONLOCAL)) return found;
    }
    return FACT_NONE(SymbolId);
}

SymbolId flow_meant(const Facts *facts, SymbolId symbol) {
    if (!fact_is(symbol)) return symbol;
    const SymbolFact *row = facts_symbol(facts, symbol);
    SymbolId meant = symbol;
    if (row->flags & SYMBOL_GLOBAL) meant = module_symbol(facts, row);
    if (row->flags & SYMBOL_NONLOCAL) meant = outer_symbol(facts, row);
    SymbolId definition = facts->symbol_definitions.items[meant.index];
    return fact_is(definition) ? definition : meant;
}

static bool is_local(const Facts *facts, SymbolId symbol) {
    ScopeKind kind = facts_scope(facts, facts_symbol(facts, symbol)->scope)->kind;
    return kind == SCOPE_FUNCTION || kind == SCOPE_BLOCK;
}

uint32_t flow_expr(const Facts *facts, ExprId expr) {
    const ExprFact *row = facts_expr(facts, expr);
    while (fact_is(row->base) &&
           (row->kind == EXPR_AWAIT || row->kind == EXPR_STAR || row->kind == EXPR_WALRUS)) {
        expr = row->base;
        row = facts_expr(facts, expr);
    }
    if (row->kind == EXPR_LAMBDA) return flow_function(facts, row->function);
    if (row->kind != EXPR_NAME) return expr.index;
    SymbolId symbol = flow_meant(facts, facts->expr_symbols.items[expr.index]);
    return fact_is(symbol) && is_local(facts, symbol) ? flow_symbol(facts, symbol) : expr.index;
}

// ---- edges -----------------------------------------------------------------------------------------
void builder_link(Builder *builder, uint32_t from, uint32_t to, FlowKind kind) {
    if (!from || !to || from == to) return;
    vec_add(&builder->edges, ((FlowEdge){from, to, kind}));
}

static void link_children(Builder *builder, const ExprFact *row, uint32_t to, FlowKind kind) {
    for (ExprId child = row->first_child; fact_is(child);
         child = facts_expr(builder->facts, child)->next_sibling)
        if (!(facts_expr(builder->facts, child)->flags & EXPR_CONDITION))
            builder_link(builder, flow_expr(builder->facts, child), to, kind);
}

static void add_attribute(Builder *builder, ExprId id, const ExprFact *row) {
    const Facts *facts = builder->facts;
    SymbolId symbol = facts->expr_symbols.items[id.index];
    if (fact_is(symbol)) {
        builder_link(builder, flow_symbol(facts, flow_meant(facts, symbol)), id.index, FLOW_SAME);
        return;
    }
    uint32_t base = flow_expr(facts, row->base);
    const ClassReference *reference;
    for (uint32_t i = 0; builder_class_at(builder, row->base, i, &reference); i++) {
        if (fact_is(builder_method(facts, reference->klass, row->name)))
            builder_link(builder, base, id.index, FLOW_INSIDE); // a bound method keeps its object
        else
            builder_link(builder, builder_member(builder, reference, row->name), id.index,
                         FLOW_SAME);
    }
    builder_link(builder, base, id.index,
                 builder->references[row->base.index] ? FLOW_MEMBER : FLOW_PART);
}

// The first parts of a comprehension are what it gives; the rest is iterated over, by bindings.
static void add_comprehension(Builder *builder, ExprId id, const ExprFact *row) {
    const Facts *facts = builder->facts;
    ExprId child = row->first_child;
    for (int i = 0; i < (row->kind == EXPR_DICT_COMPREHENSION ? 2 : 1) && fact_is(child); i++) {
        builder_link(builder, flow_expr(facts, child), id.index, FLOW_INSIDE);
        child = facts_expr(facts, child)->next_sibling;
    }
}

// A name of an enclosing function that is read inside FUNCTION goes with it.
static void add_capture(Builder *builder, ExprId id, SymbolId symbol) {
    const Facts *facts = builder->facts;
    FunctionId owner = facts_scope_function(facts, facts_symbol(facts, symbol)->scope);
    FunctionId reader = facts_scope_function(facts, facts_expr(facts, id)->scope);
    for (; fact_is(reader) && !fact_same(reader, owner);
         reader = facts_function(facts, reader)->enclosing)
        builder_link(builder, flow_symbol(facts, symbol), flow_function(facts, reader), FLOW_INSIDE);
}

static void add_name(Builder *builder, ExprId id) {
    const Facts *facts = builder->facts;
    SymbolId symbol = flow_meant(facts, facts->expr_symbols.items[id.index]);
    if (!fact_is(symbol)) return;
    if (is_local(facts, symbol))
        add_capture(builder, id, symbol);
    else
        builder_link(builder, flow_symbol(facts, symbol), id.index, FLOW_SAME);
}

static void add_expr(Builder *builder, ExprId id) {
    const Facts *facts = builder->facts;
    const ExprFact *row = facts_expr(facts, id);
    switch ((ExprKind)row->kind) {
    case EXPR_NAME: add_name(builder, id); break;
    case EXPR_ATTRIBUTE: add_attribute(builder, id, row); break;
    case EXPR_SUBSCRIPT:
        builder_link(builder, flow_expr(facts, row->base), id.index, FLOW_PART);
        break;
    case EXPR_CALL: builder_add_call(builder, row->call); break;
    case EXPR_TUPLE: case EXPR_LIST: case EXPR_SET: case EXPR_DICT:
        link_children(builder, row, id.index, FLOW_INSIDE);
        break;
    case EXPR_CHOICE: link_children(builder, row, id.index, FLOW_SAME); break;
    case EXPR_LIST_COMPREHENSION: case EXPR_SET_COMPREHENSION:
    case EXPR_DICT_COMPREHENSION: case EXPR_GENERATOR:
        add_comprehension(builder, id, row);
        break;
    case EXPR_LAMBDA:
        builder_link(builder, flow_expr(facts, row->first_child), flow_result(facts, row->function),
                     FLOW_SAME);
        break;
    case EXPR_YIELD:
        builder_link(builder, flow_expr(facts, row->base),
                     flow_result(facts, facts_scope_function(facts, row->scope)), FLOW_INSIDE);
        break;
    case EXPR_STRING: case EXPR_OTHER: case EXPR_UNION:
        link_children(builder, row, id.index, FLOW_DERIVED);
        break;
    case EXPR_AWAIT: case EXPR_STAR: case EXPR_WALRUS: // nodes of what is inside
    case EXPR_NUMBER: case EXPR_NONE: case EXPR_TRUTH: case EXPR_ELLIPSIS: break;
    }
}

static void add_returns(Builder *builder) {
    const Facts *facts = builder->facts;
    for (uint32_t i = 1; i < facts->statements.count; i++) {
        const StatementFact *row = &facts->statements.items[i];
        FunctionId function = facts_scope_function(facts, row->scope);
        if (row->kind == STATEMENT_RETURN && fact_is(row->value) && fact_is(function))
            builder_link(builder, flow_expr(facts, row->value), flow_result(facts, function),
                         FLOW_SAME);
    }
}

// ---- what lives as long as the process -----------------------------------------------------------------
static bool is_container_display(const Facts *facts, ExprId expr) {
    uint8_t kind = facts_expr(facts, expr)->kind;
    return fact_is(expr) && (kind == EXPR_LIST || kind == EXPR_SET || kind == EXPR_DICT);
}

// Names of modules and classes; what decorators keep for what they wrap; defaults, which all calls share.
static bool is_lasting(const Facts *facts, SymbolId symbol) {
    const SymbolFact *row = facts_symbol(facts, symbol);
    const ScopeFact *scope = facts_scope(facts, row->scope);
    if (row->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL)) return false; // the name that is meant is
    if (scope->kind == SCOPE_MODULE || scope->kind == SCOPE_CLASS) return true;
    if (row->flags & SYMBOL_PARAMETER) {
        ParameterId parameter = facts_binding(facts, row->first_binding)->parameter;
        return is_container_display(facts, facts_parameter(facts, parameter)->default_value);
    }
    return scope->kind == SCOPE_FUNCTION &&
           (facts_function(facts, scope->function)->flags & FUNCTION_DECORATES);
}

static void find_lasting(Builder *builder) {
    const Facts *facts = builder->facts;
    for (uint32_t i = 1; i < facts->symbols.count; i++)
        if (is_lasting(facts, (SymbolId){i}))
            vec_add(&builder->flow->lasting, flow_symbol(facts, (SymbolId){i}));
    for (uint32_t i = 1; i < facts->calls.count; i++)
        if (facts->calls.items[i].flags & CALL_GIVES_GLOBALS)
            vec_add(&builder->flow->lasting, facts->calls.items[i].expr.index);
}

// ---- both directions -----------------------------------------------------------------------------------
FlowLinks builder_sort(const Builder *builder, bool backward) {
    uint32_t count = builder->flow->count, edges = builder->edges.count;
    FlowLinks links = {memory_alloc_zeroed(count + 2, sizeof *links.first),
                       memory_alloc_zeroed(edges + 1, sizeof *links.nodes),
                       memory_alloc_zeroed(edges + 1, sizeof *links.kinds)};
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < edges; i++) {
            FlowEdge edge = builder->edges.items[i];
            uint32_t key = backward ? edge.to : edge.from;
            if (pass == 0) {
                links.first[key + 2]++;
                continue;
            }
            uint32_t at = links.first[key + 1]++;
            links.nodes[at] = backward ? edge.from : edge.to;
            links.kinds[at] = (uint8_t)edge.kind;
        }
        for (uint32_t n = 1; pass == 0 && n < count; n++) links.first[n + 1] += links.first[n];
    }
    return links;
}

void flow_build(const Solver *solver, Flow *flow) {
    const Facts *facts = solver->facts;
    Builder builder = {.solver = solver, .facts = facts, .flow = flow};
    const uint32_t elsewhere = EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    *flow = (Flow){.count = flow_instance(facts, (ClassId){facts->classes.count})};
    *vec_push(&flow->stores) = (FlowStore){0};
    builder_index_members(&builder);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (!(facts->exprs.items[i].flags & elsewhere)) add_expr(&builder, (ExprId){i});
    for (uint32_t i = 1; i < facts->bindings.count; i++)
        builder_add_binding(&builder, (BindingId){i});
    add_returns(&builder);
    find_lasting(&builder);
    flow_find_clears(facts, flow);
    builder_link_through(&builder);
    flow->forward = builder_sort(&builder, false);
    flow->backward = builder_sort(&builder, true);
    vec_release(&builder.edges);
    map_release(&builder.fields);
    map_release(&builder.own_fields);
    map_release(&builder.assigned_fields);
    free(builder.references);
}

void flow_links_release(FlowLinks *links) {
    free(links->first);
    free(links->nodes);
    free(links->kinds);
}

void flow_release(Flow *flow) {
    flow_links_release(&flow->forward);
    flow_links_release(&flow->backward);
    vec_release(&flow->stores);
    vec_release(&flow->lasting);
    vec_release(&flow->clears);
    map_release(&flow->first_clear);
}
