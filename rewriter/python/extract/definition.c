// Functions, lambdas, decorators. In: a definition node. Out: a FunctionFact with the places that
// edits need, its scope, and the flags that the text alone tells. Decorators, defaults and
// annotations run in the scope around the function.
#include "python/extract/extract.h"

// Of what is nested so deeply in its MODULE that its name would be longer than any line, only the outermost names are
// kept: the names of a thousand lambdas in each other would be ten million bytes.
static void add_prefix(StrBuf *buffer, Str prefix, Str module) {
    enum { LONGEST = 2000 };
    ptrdiff_t dot = prefix.length > module.length + LONGEST
                        ? str_find_last(str_slice(prefix, 0, module.length + LONGEST), '.')
                        : 0;
    bool cut = dot > (ptrdiff_t)module.length;
    strbuf_add(buffer, cut ? str_slice(prefix, 0, (size_t)dot) : prefix);
    if (cut) strbuf_add(buffer, STR(".<deeper>"));
}

Name qualified_name(Walk *walk, Name name) {
    Interner *names = walk->facts->names;
    Str prefix = intern_str(names, walk->at.prefix), text = intern_str(names, name);
    if (prefix.length == 0) return name;
    StrBuf buffer = {0};
    add_prefix(&buffer, prefix, intern_str(names, facts_module(walk->facts, walk->module)->name));
    strbuf_add_char(&buffer, '.');
    strbuf_add(&buffer, text);
    Name qualified = intern(names, strbuf_str(&buffer));
    strbuf_release(&buffer);
    return qualified;
}

Name locals_prefix(Walk *walk, Name qualified) {
    Place outer = walk->at;
    walk->at.prefix = qualified;
    Name prefix = qualified_name(walk, intern(walk->facts->names, STR("<locals>")));
    walk->at = outer;
    return prefix;
}

ExprId walk_decorators(Walk *walk, Nodes decorators) {
    ExprChain chain = {.parent = FACT_NONE(ExprId)};
    uint16_t outer = walk->at.flags;
    walk->at.flags |= EXPR_IN_DECORATOR;
    for (uint32_t i = 0; i < decorators.count; i++) {
        Node decorator = node_at(walk, decorators, i);
        if (decorator.kind != NODE_DECORATOR) continue;
        Node value = node_inner(walk, decorator);
        chain_add(walk, &chain, walk_expression(walk, value, FACT_NONE(ExprId)));
    }
    walk->at.flags = outer;
    return chain.first;
}

uint32_t walk_decorated(Walk *walk, Node node) {
    Nodes nodes = nodes_of(walk, node);
    Node definition = node;
    node_field(walk, nodes, FIELD_DEFINITION, &definition);
    uint32_t end = definition.kind == NODE_CLASS ? walk_class(walk, definition, node, nodes)
                                                 : walk_function(walk, definition, node, nodes);
    nodes_end(walk, nodes);
    return end;
}

// Flags that follow from the name and from where the function stands.
static uint32_t name_flags(const Walk *walk, Name name, bool method) {
    Str text = facts_name(walk->facts, name);
    bool dunder =
        text.length > 4 && str_starts_with(text, STR("__")) && str_ends_with(text, STR("__"));
    if (!dunder) return 0;
    if (method && str_is(text, "__init__")) return FUNCTION_CONSTRUCTOR;
    if (method && str_is(text, "__new__"))
        return FUNCTION_CREATOR | FUNCTION_SPECIAL | FUNCTION_STATIC;
    if (method && (str_is(text, "__init_subclass__") || str_is(text, "__class_getitem__")))
        return FUNCTION_SPECIAL | FUNCTION_CLASS;
    return FUNCTION_SPECIAL;
}

static FunctionId function_new(Walk *walk, FunctionFact row) {
    FunctionId id = {walk->facts->functions.count};
    row.module = walk->module;
    row.scope = walk->at.scope;
    row.enclosing = walk->at.function;
    vec_add(&walk->facts->functions, row);
    return id;
}

static FunctionFact *function_at(const Walk *walk, FunctionId id) {
    return facts_function_row(walk->facts, id);
}

static ScopeId function_scope(Walk *walk, FunctionId function, ScopeId parent) {
    ScopeId scope = scope_new(walk, SCOPE_FUNCTION, parent);
    facts_scope_row(walk->facts, scope)->function = function;
    function_at(walk, function)->body = scope;
    return scope;
}

// The row of a `def`, without what stands in decorators, parameters and body.
static FunctionId declare_function(Walk *walk, Nodes nodes, Node node, Node outer) {
    Node name = node, parameters = node, colon = node, token;
    node_field(walk, nodes, FIELD_NAME, &name);
    node_kind(walk, nodes, NODE_PARAMETERS, &parameters);
    node_kind(walk, nodes, TOKEN_COLON, &colon);
    const ScopeFact *scope = facts_scope(walk->facts, walk->at.scope);
    FunctionFact row = {
        .name = node_name(walk, name),
        .statement = walk->at.statement,
        .klass = scope->kind == SCOPE_CLASS ? scope->klass : FACT_NONE(ClassId),
        .start = outer.start,
        .keyword_start = node.start,
        .name_start = name.start,
        .name_end = name.end,
        .open = parameters.start,
        .close = parameters.end - 1,
        .header_end = colon.end,
    };
    row.flags = name_flags(walk, row.name, fact_is(row.klass));
    if (node_kind(walk, nodes, TOKEN_ASYNC, &token)) row.flags |= FUNCTION_ASYNC;
    return function_new(walk, row);
}

// Type parameters, parameters and return annotation; returns the parent of the body's scope.
static ScopeId walk_signature(Walk *walk, Nodes nodes, FunctionId function) {
    ScopeId enclosing = walk->at.scope, annotations = enclosing;
    Node list, returns;
    if (node_field(walk, nodes, FIELD_TYPE_PARAMETERS, &list)) {
        annotations = scope_new(walk, SCOPE_BLOCK, enclosing);
        walk->at.scope = annotations;
        walk_type_parameters(walk, list);
        walk->at.scope = enclosing;
    }
    function_scope(walk, function, annotations);
    if (node_kind(walk, nodes, NODE_PARAMETERS, &list))
        walk_parameters(walk, list, function, annotations, FACT_NONE(ExprId));
    if (node_field(walk, nodes, FIELD_RETURN_TYPE, &returns)) {
        walk->at.scope = annotations;
        ExprId expr = walk_annotation(walk, returns, FACT_NONE(ExprId));
        function_at(walk, function)->returns = expr;
        walk->at.scope = enclosing;
    }
    return annotations;
}

static uint32_t walk_body(Walk *walk, Node block, FunctionId function) {
    FunctionFact row = *function_at(walk, function);
    Place outer = walk->at;
    walk->at.scope = row.body;
    walk->at.function = function;
    walk->at.guarded = false;
    walk->at.prefix = locals_prefix(walk, row.qualified);
    uint32_t end = walk_block(walk, block, row.statement, 0);
    walk->at = outer;

    BodyLayout layout = body_layout(walk, row.statement, row.header_end);
    FunctionFact *done = function_at(walk, function);
    done->end = end;
    done->docstring_end = layout.docstring_end;
    done->body_start = layout.body_start ? layout.body_start : layout.docstring_end;
    if (layout.single_line) done->flags |= FUNCTION_SINGLE_LINE;
    if (layout.stub) done->flags |= FUNCTION_STUB;
    return end;
}

// `global f; def f()` makes a function of the module.
static Name function_qualified(Walk *walk, Name name) {
    SymbolId symbol = symbol_find(walk, walk->at.scope, name);
    bool global =
        fact_is(symbol) && (facts_symbol(walk->facts, symbol)->flags & SYMBOL_GLOBAL);
    if (!global) return qualified_name(walk, name);
    Place outer = walk->at;
    walk->at.prefix = facts_module(walk->facts, walk->module)->name;
    Name qualified = qualified_name(walk, name);
    walk->at = outer;
    return qualified;
}

uint32_t walk_function(Walk *walk, Node node, Node outer, Nodes decorators) {
    StatementId statement = statement_new(walk, STATEMENT_FUNCTION, outer);
    Nodes nodes = nodes_of(walk, node);
    FunctionId function = declare_function(walk, nodes, node, outer);
    FunctionFact *row = function_at(walk, function);
    Name name = row->name;
    uint32_t name_start = row->name_start, name_end = row->name_end;
    Name qualified = function_qualified(walk, name);
    function_at(walk, function)->qualified = qualified;

    ExprId first = walk_decorators(walk, decorators);
    function_at(walk, function)->first_decorator = first;
    function_at(walk, function)->flags |= decorator_flags(walk->facts, first);
    BindingFact prototype = {.kind = BINDING_FUNCTION, .function = function, .element = -1};
    bind_name(walk, prototype, walk->at.scope, name, name_start, name_end);
    walk_signature(walk, nodes, function);
    Node block = node;
    node_kind(walk, nodes, NODE_BLOCK, &block);
    uint32_t end = walk_body(walk, block, function);
    nodes_end(walk, nodes);
    walk_statement_fact(walk, statement)->end = end;
    return end;
}

ExprId walk_lambda(Walk *walk, Node node, ExprId parent) {
    ExprId expr = expr_new(walk, EXPR_LAMBDA, node, parent);
    Nodes nodes = nodes_of(walk, node);
    Node list, colon = node, body = node_at(walk, nodes, nodes.count - 1);
    node_kind(walk, nodes, TOKEN_COLON, &colon);
    FunctionId function =
        function_new(walk, (FunctionFact){.qualified = qualified_name(
                                              walk, intern(walk->facts->names, STR("<lambda>"))),
                                          .flags = FUNCTION_LAMBDA,
                                          .start = node.start,
                                          .end = node.end,
                                          .keyword_start = node.start,
                                          .header_end = colon.end,
                                          .body_start = body.start});
    walk_expr(walk, expr)->function = function;
    ScopeId scope = function_scope(walk, function, walk->at.scope);
    if (node_kind(walk, nodes, NODE_LAMBDA_PARAMETERS, &list))
        walk_parameters(walk, list, function, walk->at.scope, expr);

    Place outer = walk->at;
    walk->at.scope = scope;
    walk->at.function = function;
    walk->at.prefix = locals_prefix(walk, function_at(walk, function)->qualified);
    ExprId value = walk_expression(walk, body, expr);
    walk_expr(walk, expr)->base = value;
    walk->at = outer;
    nodes_end(walk, nodes);
    return expr;
}
