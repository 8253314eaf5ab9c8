// Which names can be those of attributes at all. Comes in: bodies of classes, expressions, the arguments of calls. Goes
// out: two marks a name. Most attributes that are read are methods, to which nobody assigns, and many names are not in
// the tree: neither has to be looked for in each class and its ancestors, time and again.
#include "python/resolve/resolver.h"

// "app.clerk.Clerk.take" of patch(): something is put in the place of `take`.
static Name last_part(Resolver *resolver, Name text) {
    Str dotted = facts_name(resolver->facts, text);
    for (size_t i = 0; i < dotted.length; i++)
        if (!str_is_word_byte(dotted.data[i]) && dotted.data[i] != '.') return (Name){0};
    Str last = str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
    return last.length > 0 ? intern(resolver->facts->names, last) : (Name){0};
}

static bool is_callee(const Facts *facts, const ExprFact *expr, ExprId id) {
    const ExprFact *parent = facts_expr(facts, expr->parent);
    return fact_is(expr->parent) && parent->kind == EXPR_CALL && fact_same(parent->base, id);
}

// What is assigned to, filled or handed on may be stored into; what is only called is not.
static Name stored_name(Resolver *resolver, ExprId id) {
    const Facts *facts = resolver->facts;
    const ExprFact *expr = facts_expr(facts, id);
    if (expr->kind == EXPR_STRING) return last_part(resolver, expr->name);
    bool stored = expr->kind == EXPR_ATTRIBUTE && !is_callee(facts, expr, id);
    return stored ? expr->name : (Name){0};
}

void resolve_member_names(Resolver *resolver) {
    Facts *facts = resolver->facts;
    Arena scratch = {0};
    Name *stored = arena_array(&scratch, Name, facts->exprs.count);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        stored[i] = stored_name(resolver, (ExprId){i});
    resolver->member_name_count = intern_count(facts->names) + 1;
    resolver->member_names = arena_array(&facts->arena, uint8_t, resolver->member_name_count);
    uint8_t *marks = resolver->member_names;
    for (uint32_t i = 1; i < facts->exprs.count; i++) marks[stored[i].index] |= MEMBER_STORED;
    for (uint32_t i = 0; i < facts->arguments.count; i++) // patch.multiple(app, take=...)
        marks[facts->arguments.items[i].name.index] |= MEMBER_STORED;
    for (uint32_t i = 1; i < facts->symbols.count; i++)
        if (facts_scope(facts, facts->symbols.items[i].scope)->kind == SCOPE_CLASS)
            marks[facts->symbols.items[i].name.index] |= MEMBER_DEFINED;
    arena_release(&scratch);
}
