// Where classes and instances of the tree are asked for something, or handed to a call.
// Comes in: the fixpoint of values, and the names of what is called. Goes out: Facts.class_references.
// Must never leave out a class that the value may be: what is not certain says so.
#include "python/resolve/resolver.h"

typedef struct Position {
    bool counts;
    Name asked; // none: an argument
} Position;

static bool is_one_of(Str name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

// list(x), len(x): the built-in function asks its first argument.
static Name asked_by_builtin(const Resolver *resolver, CallId call) {
    static const char *const iterating[] = {"all",  "any",  "dict", "enumerate", "frozenset", "iter",
                                            "list", "max",  "min",  "reversed",  "set",  "sorted",
                                            "sum",  "tuple"};
    Str name = facts_name(resolver->facts, facts_call(resolver->facts, call)->dotted);
    if (str_is(name, "len")) return resolver->known.len;
    return is_one_of(name, iterating, sizeof iterating / sizeof *iterating) ? resolver->known.iter
                                                                            : NAME_NONE;
}

// The argument of CALL that EXPR is, by its place; the count of arguments when it is none.
static uint32_t argument_at(const Facts *facts, const CallFact *call, ExprId expr) {
    uint32_t start = facts_expr(facts, expr)->start, low = 0, high = call->argument_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (facts->arguments.items[call->first_argument + middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_one = low < call->argument_count &&
                  fact_same(facts->arguments.items[call->first_argument + low].value, expr);
    return is_one ? low : call->argument_count;
}

// f(*x) and list(x) ask x.
static Name asked_by_call(const Resolver *resolver, CallId call, ExprId expr) {
    const Facts *facts = resolver->facts;
    const CallFact *row = facts_call(facts, call);
    uint32_t at = argument_at(facts, row, expr);
    if (at == row->argument_count) return NAME_NONE;
    if (facts->arguments.items[row->first_argument + at].kind == ARGUMENT_REST)
        return resolver->known.iter;
    return at == 0 ? asked_by_builtin(resolver, call) : NAME_NONE;
}

static Position position_in(const Resolver *resolver, ExprId expr, ExprId parent) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, parent);
    Position position = {.counts = fact_same(row->base, expr)};
    if (row->kind == EXPR_ATTRIBUTE) {
        position.asked = row->name;
    } else if (row->kind == EXPR_SUBSCRIPT) {
        position.asked = row->flags & EXPR_STORED    ? resolver->known.setitem
                         : row->flags & EXPR_DELETED ? resolver->known.delitem
                                                     : resolver->known.getitem;
    } else if (row->kind == EXPR_STAR) {
        position.asked = resolver->known.iter;
    } else {
        position.counts = row->kind == EXPR_CALL && !position.counts;
        if (position.counts) position.asked = asked_by_call(resolver, row->call, expr);
    }
    return position;
}

static bool is_class(TypeTerm term) {
    return term.kind == TYPE_CLASS;
}

static bool is_known(TypeTerm term) {
    return term.kind == TYPE_NONE || ((is_class(term) || term.kind == TYPE_INSTANCE) && term.a);
}

static void add_references(Resolver *resolver, ExprId expr, Name asked) {
    Types *types = &resolver->types;
    TypeId value = value_of(resolver, expr);
    uint32_t count = type_member_count(types, value);
    bool certain = true;
    for (uint32_t i = 0; i < count; i++)
        certain = certain && is_known(types->terms.items[type_member(types, value, i).index]);
    for (uint32_t i = 0; i < count; i++) {
        TypeTerm term = types->terms.items[type_member(types, value, i).index];
        if (!is_class(term) && term.kind != TYPE_INSTANCE) continue;
        ClassReference row = {.expr = expr,
                              .klass = {term.a},
                              .asked = asked,
                              .instance = !is_class(term),
                              .certain = certain};
        vec_add(&resolver->facts->class_references, row);
    }
}

void resolve_references(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    const uint32_t elsewhere = EXPR_STORED | EXPR_DELETED | EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (!fact_is(expr->parent) || (expr->flags & elsewhere)) continue;
        Position position = position_in(resolver, (ExprId){i}, expr->parent);
        if (position.counts) add_references(resolver, (ExprId){i}, position.asked);
    }
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        if (binding->kind == BINDING_ITERATE && fact_is(binding->value) && binding->element <= 0)
            add_references(resolver, binding->value, resolver->known.iter);
    }
}
