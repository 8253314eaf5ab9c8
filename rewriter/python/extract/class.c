// Classes and what function and class bodies look like. In: a class definition; the statements of a
// body. Out: a ClassFact with flags from decorators, bases and body names.
#include "python/syntax/joined.h"
#include "python/extract/extract.h"

static bool is_one_of(Str name, const char *const *names) {
    for (; *names; names++) {
        if (str_is(name, *names)) return true;
    }
    return false;
}

static bool is_exception_name(Str name) {
    static const char *const OTHERS[] = {"StopIteration",     "StopAsyncIteration", "GeneratorExit",
                                         "KeyboardInterrupt", "SystemExit",         NULL};
    return str_ends_with(name, STR("Error")) || str_ends_with(name, STR("Exception")) ||
           str_ends_with(name, STR("Warning")) || str_ends_with(name, STR("ExceptionGroup")) ||
           is_one_of(name, OTHERS);
}

static uint32_t base_flags(Str name) {
    static const char *const ENUMS[] = {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", NULL};
    uint32_t flags = 0;
    if (is_one_of(name, ENUMS)) flags |= CLASS_ENUM;
    if (str_is(name, "NamedTuple")) flags |= CLASS_TUPLE;
    if (str_is(name, "TypedDict")) flags |= CLASS_TYPED_DICT;
    if (str_is(name, "Protocol")) flags |= CLASS_PROTOCOL;
    if (is_exception_name(name)) flags |= CLASS_EXCEPTION;
    return flags;
}

// Is the call of a decorator told not to make a constructor: dataclass(init=False)?
static bool forbids_constructor(const Facts *facts, CallId call) {
    const CallFact *row = facts_call(facts, call);
    for (uint32_t i = 0; i < row->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[row->first_argument + i];
        const ExprFact *value = facts_expr(facts, argument->value);
        if (str_is(facts_name(facts, argument->name), "init") && value->kind == EXPR_TRUTH &&
            value->end - value->start == sizeof "False" - 1)
            return true;
    }
    return false;
}

// @dataclass, @dataclasses.dataclass(...), @define, @attrs.frozen, @attr.s, ...
static bool makes_data_class(const Facts *facts, ExprId decorator) {
    static const char *const NAMES[] = {"dataclass", "define",     "frozen", "mutable",
                                        "attrs",     "attributes", NULL};
    const ExprFact *expr = facts_expr(facts, decorator);
    if (fact_is(expr->call) && forbids_constructor(facts, expr->call)) return false;
    if (expr->kind == EXPR_CALL) expr = facts_expr(facts, expr->base);
    Str name = facts_name(facts, expr->name);
    if (is_one_of(name, NAMES)) return true;
    Str base = facts_name(facts, facts_expr(facts, expr->base)->name);
    return expr->kind == EXPR_ATTRIBUTE && str_is(base, "attr") && str_is(name, "s");
}

static uint32_t header_flags(const Facts *facts, const ClassFact *row, Name metaclass) {
    uint32_t flags = 0;
    for (ExprId e = row->first_decorator; fact_is(e); e = facts_expr(facts, e)->next_sibling)
        if (makes_data_class(facts, e)) flags |= CLASS_DATA;
    for (ExprId e = row->first_base; fact_is(e); e = facts_expr(facts, e)->next_sibling)
        flags |= base_flags(facts_name(facts, expr_last_name(facts, e)));
    Str meta = facts_name(facts, metaclass);
    if (meta.length && !str_is(meta, "ABCMeta")) flags |= CLASS_METACLASS;
    if (str_is(meta, "EnumMeta") || str_is(meta, "EnumType")) flags |= CLASS_ENUM;
    return flags;
}

static bool body_binds(const Walk *walk, ScopeId body, const char *name) {
    Name interned = intern_find(walk->facts->names, str_from(name));
    return interned.index && fact_is(symbol_find(walk, body, interned));
}

static uint32_t body_flags(const Walk *walk, ScopeId body, uint32_t flags) {
    if (body_binds(walk, body, "__init__")) flags &= ~(uint32_t)CLASS_DATA;
    if (body_binds(walk, body, "__slots__")) flags |= CLASS_SLOTS;
    if (body_binds(walk, body, "__getattr__") || body_binds(walk, body, "__setattr__") ||
        body_binds(walk, body, "__getattribute__"))
        flags |= CLASS_DYNAMIC_ATTRIBUTES;
    return flags;
}

static ClassFact *class_at(const Walk *walk, ClassId id) {
    return facts_class_row(walk->facts, id);
}

static ClassId declare_class(Walk *walk, Nodes nodes, Node node, Node outer) {
    Node name = node;
    node_field(walk, nodes, FIELD_NAME, &name);
    ClassId id = {walk->facts->classes.count};
    Name text = node_name(walk, name);
    vec_add(&walk->facts->classes, ((ClassFact){.name = text,
                                                .qualified = qualified_name(walk, text),
                                                .module = walk->module,
                                                .scope = walk->at.scope,
                                                .statement = walk->at.statement,
                                                .start = outer.start,
                                                .name_start = name.start,
                                                .name_end = name.end}));
    return id;
}

// Type parameters and bases; returns the parent of the body's scope.
static ScopeId walk_header(Walk *walk, Nodes nodes, ClassId klass) {
    ScopeId enclosing = walk->at.scope, inner = enclosing;
    Node list;
    if (node_field(walk, nodes, FIELD_TYPE_PARAMETERS, &list)) {
        inner = scope_new(walk, SCOPE_BLOCK, enclosing);
        walk->at.scope = inner;
        walk_type_parameters(walk, list);
    }
    ExprChain bases = {.parent = FACT_NONE(ExprId)}, keywords = bases;
    Name metaclass = NAME_NONE;
    if (node_field(walk, nodes, FIELD_SUPERCLASSES, &list)) {
        uint16_t outer = walk->at.flags;
        walk->at.flags |= EXPR_IN_BASES;
        walk_bases(walk, list, &bases, &keywords, &metaclass);
        walk->at.flags = outer;
    }
    walk->at.scope = enclosing;
    ClassFact *row = class_at(walk, klass);
    row->first_base = bases.first;
    row->first_keyword = keywords.first;
    row->flags = header_flags(walk->facts, row, metaclass);
    return inner;
}

static uint32_t walk_class_body(Walk *walk, Nodes nodes, Node node, ClassId klass, ScopeId parent) {
    Node block = node, colon = node;
    node_kind(walk, nodes, NODE_BLOCK, &block);
    node_kind(walk, nodes, TOKEN_COLON, &colon);
    ScopeId body = scope_new(walk, SCOPE_CLASS, parent);
    facts_scope_row(walk->facts, body)->klass = klass;
    class_at(walk, klass)->body = body;
    StatementId statement = walk->at.statement;
    Place outer = walk->at;
    walk->at.scope = body;
    walk->at.prefix = class_at(walk, klass)->qualified;
    uint32_t end = walk_block(walk, block, statement, 0);
    walk->at = outer;

    BodyLayout layout = body_layout(walk, statement, colon.end);
    ClassFact *row = class_at(walk, klass);
    row->end = end;
    row->docstring_end = layout.docstring_end;
    row->body_start =
        layout.body_start ? layout.body_start : joined_line_end(walk->file, layout.docstring_end);
    row->single_line = layout.single_line;
    row->flags = body_flags(walk, body, row->flags);
    return end;
}

uint32_t walk_class(Walk *walk, Node node, Node outer, Nodes decorators) {
    StatementId statement = statement_new(walk, STATEMENT_CLASS, outer);
    Nodes nodes = nodes_of(walk, node);
    ClassId klass = declare_class(walk, nodes, node, outer);
    ExprId first = walk_decorators(walk, decorators);
    class_at(walk, klass)->first_decorator = first;
    ClassFact row = *class_at(walk, klass);
    BindingFact prototype = {.kind = BINDING_CLASS, .klass = klass, .element = -1};
    bind_name(walk, prototype, walk->at.scope, row.name, row.name_start, row.name_end);
    ScopeId parent = walk_header(walk, nodes, klass);
    uint32_t end = walk_class_body(walk, nodes, node, klass, parent);
    nodes_end(walk, nodes);
    walk_statement_fact(walk, statement)->end = end;
    return end;
}
