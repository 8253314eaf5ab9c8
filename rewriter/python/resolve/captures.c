// What the metavariables of code patterns stand for: their dotted names, and the classes that their
// values may be. In: captures with their expressions, and types. Out: rows that the solver can ask.
#include "python/resolve/resolver.h"

static bool is_class_or_instance(const TypeTerm *term) {
    return term->a != 0 && (term->kind == TYPE_INSTANCE || term->kind == TYPE_CLASS);
}

static void add_classes(Resolver *resolver, uint32_t capture, TypeId value) {
    const Types *types = &resolver->types;
    uint32_t count = type_member_count(types, value);
    CaptureClass row = {.capture = capture, .certain = true};
    for (uint32_t i = 0; i < count; i++) {
        const TypeTerm *term = &types->terms.items[type_member(types, value, i).index];
        if (term->kind != TYPE_NONE && !is_class_or_instance(term)) row.certain = false;
    }
    for (uint32_t i = 0; i < count; i++) {
        const TypeTerm *term = &types->terms.items[type_member(types, value, i).index];
        if (!is_class_or_instance(term)) continue;
        row.klass = (ClassId){term->a};
        row.is_class = term->kind == TYPE_CLASS;
        vec_add(&resolver->facts->capture_classes, row);
    }
}

void resolve_captures(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->captures.count; i++) {
        ExprId expr = facts->captures.items[i].expr;
        if (!fact_is(expr)) continue;
        facts->captures.items[i].dotted = resolver_dotted_of(resolver, expr);
        add_classes(resolver, i, value_of(resolver, expr));
    }
}
