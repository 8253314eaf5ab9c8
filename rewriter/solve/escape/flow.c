// The graph of flow.h, from expressions and statements; calls and stores have files of their own.
#include "solve/escape/build.h"

#include "base/bug.h"


// ---- nodes -----------------------------------------------------------------------------------------
uint32_t flow_symbol(const Program *program, SymbolId symbol) {
    return fact_is(symbol) ? program_expr_count(program) + symbol.index : 0;
}

uint32_t flow_result(const Program *program, FunctionId function) {
    return program_expr_count(program) + program_symbol_count(program) + function.index;
}

uint32_t flow_function(const Program *program, FunctionId function) {
    return flow_result(program, function) + program_function_count(program);
}

uint32_t flow_raised(const Program *program, FunctionId function) {
    return flow_function(program, function) + program_function_count(program);
}

uint32_t flow_thrown(const Program *program, FunctionId function) {
    return flow_raised(program, function) + program_function_count(program);
}

uint32_t flow_instance(const Program *program, ClassId klass) {
    return flow_thrown(program, (FunctionId){program_function_count(program)}) + klass.index;
}

FunctionId flow_owner(const Program *program, uint32_t node) {
    if (node < program_expr_count(program)) return program_scope_function(program, program_expr(program, (ExprId){node})->scope);
    node -= program_expr_count(program);
    if (node < program_symbol_count(program)) return program_scope_function(program, program_symbol(program, (SymbolId){node})->scope);
    node -= program_symbol_count(program);
    return node < program_function_count(program) ? (FunctionId){node} : FACT_NONE(FunctionId);
}

static SymbolId module_symbol(const Program *program, const SymbolFact *row) {
    ModuleId module = program_scope(program, row->scope)->module;
    return program_symbol_in(program, program_module(program, module)->scope, row->name);
}

static SymbolId outer_symbol(const Program *program, const SymbolFact *row) {
    ScopeId scope = program_scope(program, row->scope)->parent;
    for (; fact_is(scope); scope = program_scope(program, scope)->parent) {
        SymbolId found = program_symbol_in(program, scope, row->name);
        if (fact_is(found) && !(program_symbol(program, found)->flags & SYMBOL_NONLOCAL)) return found;
    }
    return FACT_NONE(SymbolId);
}

SymbolId flow_meant(const Program *program, SymbolId symbol) {
    if (!fact_is(symbol)) return symbol;
    const SymbolFact *row = program_symbol(program, symbol);
    SymbolId meant = symbol;
    if (row->flags & SYMBOL_GLOBAL) meant = module_symbol(program, row);
    if (row->flags & SYMBOL_NONLOCAL) meant = outer_symbol(program, row);
    SymbolId definition = program_definition_of(program, meant);
    return fact_is(definition) ? definition : meant;
}

static bool is_local(const Program *program, SymbolId symbol) {
    ScopeKind kind = program_scope(program, program_symbol(program, symbol)->scope)->kind;
    return kind == SCOPE_FUNCTION || kind == SCOPE_BLOCK;
}

uint32_t flow_expr(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    while (fact_is(row->base) &&
           (row->kind == EXPR_AWAIT || row->kind == EXPR_STAR || row->kind == EXPR_WALRUS)) {
        expr = row->base;
        row = program_expr(program, expr);
    }
    if (row->kind == EXPR_LAMBDA) return flow_function(program, row->function);
    if (row->kind != EXPR_NAME) return expr.index;
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    return fact_is(symbol) && is_local(program, symbol) ? flow_symbol(program, symbol) : expr.index;
}

// ---- edges -----------------------------------------------------------------------------------------
void builder_link(Builder *builder, uint32_t from, uint32_t to, FlowKind kind) {
    if (!from || !to || from == to) return;
    vec_add(&builder->edges, ((FlowEdge){from, to, kind}));
}

static void link_children(Builder *builder, const ExprFact *row, uint32_t to, FlowKind kind) {
    for (ExprId child = row->first_child; fact_is(child);
         child = program_expr(builder->program, child)->next_sibling)
        if (!(program_expr(builder->program, child)->flags & EXPR_CONDITION))
            builder_link(builder, flow_expr(builder->program, child), to,
                         program_expr(builder->program, child)->kind == EXPR_STAR && kind == FLOW_INSIDE ? FLOW_COPY : kind);
}

static void add_attribute(Builder *builder, ExprId id, const ExprFact *row) {
    const Program *program = builder->program;
    SymbolId symbol = program_symbol_of(program, id);
    if (fact_is(symbol)) {
        builder_link(builder, flow_symbol(program, flow_meant(program, symbol)), id.index, FLOW_SAME);
        return;
    }
    uint32_t base = flow_expr(program, row->base);
    const ClassReference *reference;
    for (uint32_t i = 0; flow_class_at(builder->flow, program, row->base, i, &reference); i++) {
        FunctionId method = builder_method(program, reference->klass, row->name);
        if (program_function(program, method)->flags & FUNCTION_PROPERTY)
            builder_link(builder, flow_result(program, method), id.index, FLOW_LEAVE);
        else if (fact_is(method))
            builder_link(builder, base, id.index, FLOW_INSIDE); // a bound method keeps its object
        else
            builder_link(builder, builder_member(builder, reference, row->name), id.index,
                         FLOW_SAME);
    }
    builder_link(builder, base, id.index,
                 builder->flow->references[row->base.index] ? FLOW_MEMBER : FLOW_PART);
}

// The first parts of a comprehension are what it gives; the rest is iterated over, by bindings.
static void add_comprehension(Builder *builder, ExprId id, const ExprFact *row) {
    const Program *program = builder->program;
    ExprId child = row->first_child;
    for (int i = 0; i < (row->kind == EXPR_DICT_COMPREHENSION ? 2 : 1) && fact_is(child); i++) {
        builder_link(builder, flow_expr(program, child), id.index, FLOW_INSIDE);
        child = program_expr(program, child)->next_sibling;
    }
}

// A name of an enclosing function that is read inside FUNCTION goes with it.
static void add_capture(Builder *builder, ExprId id, SymbolId symbol) {
    const Program *program = builder->program;
    FunctionId owner = program_scope_function(program, program_symbol(program, symbol)->scope);
    FunctionId reader = program_scope_function(program, program_expr(program, id)->scope);
    builder_note_capture(builder, reader, symbol);
    for (; fact_is(reader) && !fact_same(reader, owner);
         reader = program_function(program, reader)->enclosing)
        builder_link(builder, flow_symbol(program, symbol), flow_function(program, reader), FLOW_INSIDE);
}

static void add_name(Builder *builder, ExprId id) {
    const Program *program = builder->program;
    SymbolId symbol = flow_meant(program, program_symbol_of(program, id));
    if (!fact_is(symbol)) return;
    if (is_local(program, symbol))
        add_capture(builder, id, symbol);
    else
        builder_link(builder, flow_symbol(program, symbol), id.index, FLOW_SAME);
}

// What a generator gives is in what it is; a context manager made of one gives it to `as`.
static void add_yield(Builder *builder, const ExprFact *row) {
    const Program *program = builder->program;
    FunctionId function = program_scope_function(program, row->scope);
    bool enters = program_function(program, function)->flags & FUNCTION_CONTEXT_MANAGER;
    builder_link(builder, flow_expr(program, row->base), flow_result(program, function), enters ? FLOW_SAME : FLOW_INSIDE);
}

static bool is_slice(const Program *program, const ExprFact *subscript) {
    const ExprFact *key = program_expr(program, subscript->first_child);
    return fact_is(subscript->first_child) && key->operator_ == OPERATOR_SLICE && !fact_is(key->next_sibling);
}

static void add_expr(Builder *builder, ExprId id) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, id);
    switch ((ExprKind)row->kind) {
    case EXPR_NAME: add_name(builder, id); break;
    case EXPR_ATTRIBUTE: add_attribute(builder, id, row); break;
    case EXPR_SUBSCRIPT:
        builder_link(builder, flow_expr(program, row->base), id.index,
                     is_slice(program, row) ? FLOW_COPY : builder_keyed_kind(builder, id));
        builder_link_part(builder, id, row->base, row->first_child);
        link_children(builder, row, id.index, FLOW_DERIVED); // the key says which it is
        if ((row->flags & EXPR_DELETED) && fact_is(row->first_child)) builder_choose(builder, row->base, row->first_child, id, CHOICE_KEY);
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
        builder_link(builder, flow_expr(program, row->base), flow_result(program, row->function),
                     FLOW_SAME);
        break;
    case EXPR_YIELD:
        add_yield(builder, row);
        break;
    case EXPR_STRING: case EXPR_OTHER: case EXPR_UNION:
        link_children(builder, row, id.index, FLOW_DERIVED);
        break;
    case EXPR_AWAIT: case EXPR_STAR: case EXPR_WALRUS: // nodes of what is inside
    case EXPR_NUMBER: case EXPR_NONE: case EXPR_TRUTH: case EXPR_ELLIPSIS: break;
    }
}

static void add_returns(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        const StatementFact *row = program_statement(program, (StatementId){i});
        FunctionId function = program_scope_function(program, row->scope);
        if (row->kind == STATEMENT_RETURN && fact_is(row->value) && fact_is(function))
            builder_link(builder, flow_expr(program, row->value), flow_result(program, function),
                         FLOW_SAME);
    }
}

// A try around the statement, in its function, lets nothing out.
static bool is_caught(const Program *program, StatementId statement) {
    for (uint8_t branch = 0; fact_is(statement);) {
        const StatementFact *row = program_statement(program, statement);
        branch = row->branch;
        statement = row->parent;
        if (!fact_is(statement)) return false;
        const StatementFact *around = program_statement(program, statement);
        if (around->kind == STATEMENT_FUNCTION || around->kind == STATEMENT_CLASS) return false;
        if (around->kind == STATEMENT_TRY && around->catches_all && branch == 0) return true;
    }
    return false;
}

// VALUE is raised by STATEMENT of FUNCTION, or comes out of what that calls.
static void link_raised(Builder *builder, uint32_t value, FunctionId function, StatementId statement) {
    const Program *program = builder->program;
    builder_link(builder, value, flow_thrown(program, function), FLOW_SAME);
    if (!is_caught(program, statement)) builder_link(builder, value, flow_raised(program, function), FLOW_SAME);
}

// What a function raises comes out of whoever calls it, up to where nothing gets out.
static void add_raised(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        const StatementFact *row = program_statement(program, (StatementId){i});
        FunctionId function = program_scope_function(program, row->scope);
        if (row->kind != STATEMENT_RAISE || !fact_is(function)) continue;
        uint32_t again = flow_thrown(program, function); // raise, in a handler
        link_raised(builder, fact_is(row->value) ? flow_expr(program, row->value) : again, function, (StatementId){i});
    }
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (!fact_is(edge->callee) || !fact_is(edge->expr) || edge->kind == EDGE_ESCAPE) continue;
        const ExprFact *expr = program_expr(program, edge->expr);
        FunctionId caller = program_scope_function(program, expr->scope);
        if (fact_is(caller)) link_raised(builder, flow_raised(program, edge->callee), caller, expr->statement);
    }
}

// The object keeps what a cached property gave first.
static void add_kept_properties(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *row = program_function(program, (FunctionId){i});
        if (!(row->flags & FUNCTION_KEPT_PROPERTY) || !row->parameter_count) continue;
        SymbolId self = program_parameter(program, (ParameterId){row->first_parameter})->symbol;
        vec_add(&builder->flow->stores, ((FlowStore){.value = flow_result(program, (FunctionId){i}),
                                                     .place = flow_symbol(program, self),
                                                     .klass = row->klass,
                                                     .at = row->first_decorator,
                                                     .property = true,
                                                     .function = {i}}));
    }
}

// ---- what lives as long as the process -----------------------------------------------------------------
static bool is_container_display(const Program *program, ExprId expr) {
    uint8_t kind = program_expr(program, expr)->kind;
    return fact_is(expr) && (kind == EXPR_LIST || kind == EXPR_SET || kind == EXPR_DICT);
}

// Names of modules and classes; what decorators keep for what they wrap; defaults, which all calls share.
static bool is_lasting(const Program *program, SymbolId symbol) {
    const SymbolFact *row = program_symbol(program, symbol);
    const ScopeFact *scope = program_scope(program, row->scope);
    if (row->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL)) return false; // the name that is meant is
    if (scope->kind == SCOPE_MODULE || scope->kind == SCOPE_CLASS) return true;
    if (row->flags & SYMBOL_PARAMETER) {
        ParameterId parameter = program_binding(program, row->first_binding)->parameter;
        return is_container_display(program, program_parameter(program, parameter)->default_value);
    }
    return scope->kind == SCOPE_FUNCTION &&
           (program_function(program, scope->function)->flags & FUNCTION_DECORATES);
}

// A class by whatever name; the names of a module as a table; a container that is made when a module is imported.
static bool is_lasting_expr(const Builder *builder, ExprId id) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, id);
    const ClassReference *reference;
    if (row->flags & EXPR_GIVES_GLOBALS) return true;
    if (row->flags & (EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING)) return false;
    if (row->kind == EXPR_CALL && flow_class_at(builder->flow, program, id, 0, &reference) && !reference->instance)
        return true; // type(self)
    return is_container_display(program, id) && !fact_is(program_scope_function(program, row->scope));
}

static void find_lasting(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 1; i < program_expr_count(program); i++)
        if (is_lasting_expr(builder, (ExprId){i})) vec_add(&builder->flow->lasting, i);
    for (uint32_t i = 1; i < program_symbol_count(program); i++)
        if (is_lasting(program, (SymbolId){i}))
            vec_add(&builder->flow->lasting, flow_symbol(program, (SymbolId){i}));
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        bool same = (call->flags & CALL_SAME) && builder_is_fixed(program, call->expr);
        if (same || (call->flags & CALL_GIVES_GLOBALS)) vec_add(&builder->flow->lasting, call->expr.index);
    }
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
    const Program *program = solver->program;
    Builder builder = {.solver = solver, .program = program, .flow = flow};
    const uint32_t elsewhere = EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    *flow = (Flow){.count = flow_instance(program, (ClassId){program_class_count(program)})};
    *vec_push(&flow->stores) = (FlowStore){0};
    builder_index_members(&builder);
    parameter_index_build(&builder.parameters, program->facts);
    builder_index_makers(&builder);
    builder_index_keyed(&builder);
    builder_index_listed(&builder);
    builder_index_rebound(&builder);
    builder_index_returned(&builder);
    for (uint32_t i = 1; i < program_expr_count(program); i++)
        if (!(program_expr(program, (ExprId){i})->flags & elsewhere)) add_expr(&builder, (ExprId){i});
    for (uint32_t i = 1; i < program_binding_count(program); i++)
        builder_add_binding(&builder, (BindingId){i});
    builder_link_captures(&builder);
    builder_feed_handed(&builder);
    builder_add_special(&builder);
    add_returns(&builder);
    add_raised(&builder);
    add_kept_properties(&builder);
    builder_add_files(&builder);
    find_lasting(&builder);
    flow_find_clears(program, flow);
    builder_link_aliases(&builder);
    builder_link_through(&builder);
    flow->forward = builder_sort(&builder, false);
    flow->backward = builder_sort(&builder, true);
    vec_release(&builder.edges);
    parameter_index_release(&builder.parameters);
    map_release(&builder.fields);
    map_release(&builder.own_fields);
    map_release(&builder.assigned_fields);
    map_release(&builder.exact);
    map_release(&builder.returned);
    builder_release_keyed(&builder);
    builder_release_listed(&builder);
    free(builder.makers);
    free(builder.seen);
    free(builder.bound_elsewhere);
}

void flow_links_release(FlowLinks *links) {
    free(links->first);
    free(links->nodes);
    free(links->kinds);
}

void flow_release(Flow *flow) {
    flow_links_release(&flow->forward);
    flow_links_release(&flow->backward);
    free(flow->references);
    vec_release(&flow->stores);
    vec_release(&flow->attributes);
    vec_release(&flow->lasting);
    vec_release(&flow->clears);
    map_release(&flow->first_clear);
}
