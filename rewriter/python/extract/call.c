// Calls and class headers: callee, arguments, parentheses, commas. In: a call node. Out: a CallFact
// with one contiguous range of arguments; nested calls get their own ranges.
#include "python/extract/extract.h"

// Splits an argument node into what it is and its value.
static ArgumentKind argument_kind(Walk *walk, Node argument, Node *value, Name *name) {
    *value = argument;
    *name = NAME_NONE;
    if (argument.kind == NODE_KEYWORD_ARGUMENT) {
        Nodes nodes = nodes_of(walk, argument); // name '=' value
        *name = node_name(walk, node_at(walk, nodes, 0));
        *value = node_at(walk, nodes, nodes.count - 1);
        nodes_end(walk, nodes);
        return ARGUMENT_KEYWORD;
    }
    if (node_hides_star(walk, argument)) {
        walk->star_at = argument.start;
        return ARGUMENT_REST;
    }
    if (argument.kind != NODE_LIST_SPLAT && argument.kind != NODE_DICTIONARY_SPLAT)
        return ARGUMENT_POSITIONAL;
    *value = node_inner(walk, argument);
    return argument.kind == NODE_LIST_SPLAT ? ARGUMENT_REST : ARGUMENT_KEYWORD_REST;
}

// attr.ib(type="Store"), cast("Store", row): the text is a type, as in an annotation.
static bool is_quoted_type(const Walk *walk, CallId call, Node value, ArgumentKind kind, Name name, uint32_t index) {
    if (value.kind != NODE_STRING) return false;
    Str callee = facts_name(walk->facts, walk_expr(walk, facts_call(walk->facts, call)->callee)->name);
    if (kind == ARGUMENT_POSITIONAL) return index == 0 && str_is(callee, "cast");
    return kind == ARGUMENT_KEYWORD && str_is(facts_name(walk->facts, name), "type") &&
           (str_is(callee, "ib") || str_is(callee, "attrib") || str_is(callee, "field"));
}

static void walk_arguments(Walk *walk, Nodes nodes, CallId call, ExprId expr) {
    Facts *facts = walk->facts;
    ExprChain chain = {.parent = expr};
    uint32_t count = nodes_count_named(walk, nodes);
    uint32_t next = vec_extend(&facts->arguments, count);
    facts_call_row(facts, call)->first_argument = count ? next : 0;
    facts_call_row(facts, call)->argument_count = count;
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node node = node_at(walk, nodes, i), value;
        if (!kind_is_named(node.kind)) continue;
        Name name;
        ArgumentKind kind = argument_kind(walk, node, &value, &name);
        uint32_t comma = node_comma(walk, nodes, i);
        bool type = is_quoted_type(walk, call, value, kind, name, next - facts_call(facts, call)->first_argument);
        ExprId value_expr = type ? walk_annotation(walk, value, expr) : walk_expression(walk, value, expr);
        chain_add(walk, &chain, value_expr);
        facts->arguments.items[next++] = (ArgumentFact){.kind = kind,
                                                        .name = name,
                                                        .value = value_expr,
                                                        .call = call,
                                                        .start = node.start,
                                                        .end = node.end,
                                                        .comma = comma};
    }
}

// f(x for x in y): the generator has the call's parentheses; its own range is inside them.
static void walk_generator_argument(Walk *walk, Node generator, CallId call, ExprId expr) {
    Facts *facts = walk->facts;
    Nodes nodes = nodes_of(walk, generator);
    generator.start = node_at(walk, nodes, 1).start;
    generator.end = node_at(walk, nodes, nodes.count - 2).end;
    nodes_end(walk, nodes);
    ExprId value = walk_comprehension(walk, generator, EXPR_GENERATOR, expr);
    walk_expr(walk, expr)->first_child = value;
    CallFact *row = facts_call_row(facts, call);
    row->flags |= CALL_GENERATOR_ARGUMENT;
    row->first_argument = facts->arguments.count;
    row->argument_count = 1;
    vec_add(&facts->arguments, ((ArgumentFact){.kind = ARGUMENT_POSITIONAL,
                                               .value = value,
                                               .call = call,
                                               .start = generator.start,
                                               .end = generator.end}));
}

ExprId walk_call_parts(Walk *walk, Node whole, Node callee, Node list, ExprId parent) {
    Facts *facts = walk->facts;
    ExprId expr = expr_new(walk, EXPR_CALL, whole, parent);
    CallId call = {facts->calls.count};
    vec_add(&facts->calls, ((CallFact){.expr = expr, .module = walk->module}));
    ExprId callee_expr = walk_expression(walk, callee, expr);
    walk_expr(walk, expr)->base = callee_expr;
    walk_expr(walk, expr)->call = call;
    CallFact *row = facts_call_row(facts, call);
    row->callee = callee_expr;
    row->open = list.start;
    row->close = list.end - 1;
    if (list.kind == NODE_GENERATOR) {
        walk_generator_argument(walk, list, call, expr);
        return expr;
    }
    Nodes arguments = nodes_of(walk, list);
    walk_arguments(walk, arguments, call, expr);
    nodes_end(walk, arguments);
    return expr;
}

ExprId walk_call(Walk *walk, Node node, ExprId parent) {
    Nodes nodes = nodes_of(walk, node);
    Node callee = node_at(walk, nodes, 0), list = node_at(walk, nodes, nodes.count - 1);
    nodes_end(walk, nodes);
    return walk_call_parts(walk, node, callee, list, parent);
}

void walk_bases(Walk *walk, Node list, ExprChain *bases, ExprChain *keywords, Name *metaclass) {
    Nodes nodes = nodes_of(walk, list);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node node = node_at(walk, nodes, i), value;
        if (!kind_is_named(node.kind)) continue;
        if (node.kind != NODE_KEYWORD_ARGUMENT) {
            chain_add(walk, bases, walk_expression(walk, node, FACT_NONE(ExprId)));
            continue;
        }
        Name name;
        argument_kind(walk, node, &value, &name);
        ExprId expr = walk_expression(walk, value, FACT_NONE(ExprId));
        chain_add(walk, keywords, expr);
        if (str_is(facts_name(walk->facts, name), "metaclass"))
            *metaclass = expr_last_name(walk->facts, expr);
    }
    nodes_end(walk, nodes);
}
