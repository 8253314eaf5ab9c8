// Parameter lists and type parameters. In: a list node of a function or lambda. Out: one contiguous
// range of ParameterFact rows with kinds, places and commas, and a binding each in the function's
// own scope. Defaults run in the enclosing scope; annotations see the type parameters.
#include "python/extract/extract.h"

typedef struct ParameterParts {
    ParameterKind kind;
    bool has_name, has_type, has_value;
    Node name, type, value;
} ParameterParts;

// *args, **kwargs or a name.
static void read_name(Walk *walk, Node node, ParameterParts *parts) {
    if (node.kind == NODE_LIST_SPLAT_PATTERN) parts->kind = PARAMETER_REST;
    if (node.kind == NODE_DICTIONARY_SPLAT_PATTERN) parts->kind = PARAMETER_KEYWORD_REST;
    if (node.kind != NODE_IDENTIFIER) node = node_inner(walk, node);
    parts->has_name = node.kind == NODE_IDENTIFIER;
    parts->name = node;
    if (!parts->has_name) walk_fail(walk, node, "a parameter needs a name in Python 3");
}

static ParameterParts read_parameter(Walk *walk, Node node) {
    ParameterParts parts = {.kind = PARAMETER_POSITIONAL};
    switch (node.kind) {
    case NODE_KEYWORD_SEPARATOR: parts.kind = PARAMETER_STAR_MARK; return parts;
    case NODE_POSITIONAL_SEPARATOR: parts.kind = PARAMETER_SLASH_MARK; return parts;
    case NODE_TYPED_PARAMETER:
    case NODE_DEFAULT_PARAMETER:
    case NODE_TYPED_DEFAULT_PARAMETER: break;
    case NODE_TUPLE_PATTERN:
        walk_fail(walk, node, "a tuple as parameter is Python 2");
        return parts;
    default: read_name(walk, node, &parts); return parts;
    }
    Nodes nodes = nodes_of(walk, node);
    Node first = node_at(walk, nodes, 0);
    parts.has_type = node_field(walk, nodes, FIELD_TYPE, &parts.type);
    parts.has_value = node_field(walk, nodes, FIELD_VALUE, &parts.value);
    nodes_end(walk, nodes);
    if (first.kind == NODE_TUPLE_PATTERN)
        walk_fail(walk, first, "a tuple as parameter is Python 2");
    else
        read_name(walk, first, &parts);
    return parts;
}

static ExprId walk_default(Walk *walk, Node node, ExprId parent) {
    uint16_t outer = walk->at.flags;
    walk->at.flags |= EXPR_IN_DEFAULT;
    ExprId expr = walk_expression(walk, node, parent);
    walk->at.flags = outer;
    return expr;
}

static void walk_parameter(Walk *walk, Node node, ParameterId id, ScopeId annotations,
                           ExprId parent) {
    Facts *facts = walk->facts;
    ParameterParts parts = read_parameter(walk, node);
    ParameterFact row = *facts_parameter(facts, id);
    row.kind = parts.kind;
    row.start = node.start;
    row.end = node.end;
    if (parts.has_type) {
        ScopeId outer = walk->at.scope;
        walk->at.scope = annotations;
        row.annotation = walk_annotation(walk, parts.type, parent);
        walk->at.scope = outer;
    }
    if (parts.has_value) row.default_value = walk_default(walk, parts.value, parent);
    if (parts.has_name) {
        ScopeId body = facts_function(facts, row.function)->body;
        row.name = node_name(walk, parts.name);
        row.symbol = symbol_of(walk, body, row.name);
        BindingFact prototype = {.kind = BINDING_PARAMETER,
                                 .parameter = id,
                                 .annotation = row.annotation,
                                 .element = -1};
        bind_name(walk, prototype, body, row.name, parts.name.start, parts.name.end);
    }
    *facts_parameter_row(facts, id) = row;
}

// Positional until a star, positional-only before a slash.
static void settle_kinds(Facts *facts, uint32_t first, uint32_t count) {
    bool starred = false;
    for (uint32_t i = first; i < first + count; i++) {
        ParameterFact *row = &facts->parameters.items[i];
        if (starred && row->kind == PARAMETER_POSITIONAL) row->kind = PARAMETER_KEYWORD;
        if (row->kind == PARAMETER_REST || row->kind == PARAMETER_STAR_MARK) starred = true;
        for (uint32_t k = first; row->kind == PARAMETER_SLASH_MARK && k < i; k++)
            facts->parameters.items[k].kind = PARAMETER_POSITIONAL_ONLY;
    }
}

void walk_parameters(Walk *walk, Node list, FunctionId function, ScopeId annotations,
                     ExprId parent) {
    Facts *facts = walk->facts;
    Nodes nodes = nodes_of(walk, list);
    uint32_t count = nodes_count_named(walk, nodes);
    uint32_t first = vec_extend(&facts->parameters, count), next = first;
    facts_function_row(facts, function)->first_parameter = count ? first : 0;
    facts_function_row(facts, function)->parameter_count = count;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node node = node_at(walk, nodes, i);
        if (!kind_is_named(node.kind)) continue;
        ParameterFact *row = &facts->parameters.items[next];
        row->function = function;
        row->comma = node_comma(walk, nodes, i);
        walk_parameter(walk, node, (ParameterId){next++}, annotations, parent);
    }
    nodes_end(walk, nodes);
    settle_kinds(facts, first, count);
}

// T, T: bound, *Ts, **P: bound in the block scope that the caller opened.
void walk_type_parameters(Walk *walk, Node list) {
    Nodes nodes = nodes_of(walk, list);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node node = node_at(walk, nodes, i);
        if (!kind_is_named(node.kind)) continue;
        node = node_unwrap(walk, node);
        BindingFact prototype = {.kind = BINDING_TYPE_PARAMETER, .element = -1};
        if (node.kind == NODE_CONSTRAINED_TYPE) { // type ':' type
            Nodes parts = nodes_of(walk, node);
            prototype.annotation =
                walk_annotation(walk, node_at(walk, parts, 2), FACT_NONE(ExprId));
            node = node_unwrap(walk, node_at(walk, parts, 0));
            nodes_end(walk, parts);
        }
        if (node.kind == NODE_SPLAT_TYPE) node = node_inner(walk, node);
        if (node.kind != NODE_IDENTIFIER)
            walk_fail(walk, node, "a type parameter is a name");
        else
            bind_name(walk, prototype, walk->at.scope, node_name(walk, node), node.start, node.end);
    }
    nodes_end(walk, nodes);
}
