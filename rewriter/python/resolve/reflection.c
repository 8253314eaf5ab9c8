// Modules that a program asks for by name: import_module("app.shop"), sys.modules[__name__], globals()["sell"].
// Comes in: calls and subscripts of the library's names. Goes out: a TYPE_MODULE, or what the module has. Only for
// names that are written out: a computed one may be any module.
#include "python/resolve/resolver.h"

static ModuleId module_of(const Resolver *resolver, ExprId expr) {
    return facts_expr_module(resolver->facts, expr);
}

TypeId reflection_module(Resolver *resolver, ExprId name) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, name);
    if (!fact_is(name)) return (TypeId){0};
    bool own = row->kind == EXPR_NAME && str_is(facts_name(facts, row->name), "__name__");
    const ModuleFact *module = facts_module(facts, module_of(resolver, name));
    Name dotted = own ? module->name : NAME_NONE;
    if (row->kind == EXPR_STRING && row->name.index)
        dotted = resolver_absolute(resolver, module, row->name);
    bool in_tree = dotted.index && resolver_is_package_prefix(resolver, dotted);
    return in_tree ? type_make(&resolver->types, TYPE_MODULE, dotted.index, 0) : (TypeId){0};
}

TypeId reflection_subscript(Resolver *resolver, const ExprFact *subscript, Name dotted) {
    bool modules = str_is(facts_name(resolver->facts, dotted), "sys.modules");
    return modules ? reflection_module(resolver, subscript->first_child) : (TypeId){0};
}

TypeId reflection_global(Resolver *resolver, const ExprFact *subscript) {
    const Facts *facts = resolver->facts;
    const ExprFact *base = facts_expr(facts, subscript->base);
    const ExprFact *key = facts_expr(facts, subscript->first_child);
    const ExprFact *callee = facts_expr(facts, base->base);
    if (!fact_is(subscript->base) || base->kind != EXPR_CALL || key->kind != EXPR_STRING ||
        !key->name.index || callee->kind != EXPR_NAME ||
        !str_is(facts_name(facts, callee->name), "globals"))
        return (TypeId){0};
    Name own = facts_module(facts, module_of(resolver, subscript->base))->name;
    TypeId module = type_make(&resolver->types, TYPE_MODULE, own.index, 0);
    return value_attribute(resolver, module, key->name);
}
