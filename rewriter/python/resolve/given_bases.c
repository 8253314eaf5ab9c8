// Bases and metaclasses that no name in the class header says.
// Comes in: class headers, values. Goes out: the classes that a base may be, and what a metaclass has.
// Must not ask these classes in turn: two decorators may each make subclasses of what the other one made.
//
//     def louder(cls):
//         class Louder(cls):          <- whatever `louder` decorates
//             def run(self, key):
//                 return super().run(key).upper()
//         return Louder
#include "python/resolve/resolver.h"

// A base that is neither a class of the tree nor a name from outside.
static bool is_given(Resolver *resolver, ExprId base) {
    Name dotted = resolver_dotted_of(resolver, base);
    bool named = dotted.index && facts_name(resolver->facts, dotted).data[0] != '?';
    return !named && resolver_is_foreign_base(resolver, base);
}

TypeId given_bases(Resolver *resolver, ClassId klass) {
    const Facts *facts = resolver->facts;
    const ClassFact row = *facts_class(facts, klass);
    TypeId result = {0};
    for (uint32_t i = 0; (row.flags & CLASS_UNKNOWN_BASE) && i < row.ancestor_count; i++) {
        ClassId ancestor = facts->ancestors.items[row.first_ancestor + i];
        for (ExprId base = facts_class(facts, ancestor)->first_base; fact_is(base);
             base = facts_expr(facts, base)->next_sibling)
            if (is_given(resolver, base))
                result = type_join(&resolver->types, result, value_of(resolver, base));
    }
    return result;
}

bool bases_replaced(const Resolver *resolver, ClassId klass) {
    const Facts *facts = resolver->facts;
    for (ExprId base = facts_class(facts, klass)->first_base; fact_is(base);
         base = facts_expr(facts, base)->next_sibling) {
        if (facts_expr(facts, base)->kind != EXPR_NAME) continue;
        SymbolId symbol = facts->expr_symbols.items[base.index];
        bool imported = false, assigned = false;
        for (BindingId b = facts_symbol(facts, symbol)->first_binding; fact_is(b);
             b = facts_binding(facts, b)->next_of_symbol) {
            imported = imported || facts_binding(facts, b)->kind == BINDING_IMPORT;
            assigned = assigned || facts_binding(facts, b)->kind == BINDING_ASSIGN;
        }
        if (imported && assigned) return true;
    }
    return false;
}

TypeId metaclass_attribute(Resolver *resolver, ClassId klass, Name name) {
    const Facts *facts = resolver->facts;
    TypeId result = {0};
    const ClassFact row = *facts_class(facts, klass);
    for (uint32_t i = 0; i < row.ancestor_count && !result.index; i++) {
        ClassId ancestor = facts->ancestors.items[row.first_ancestor + i];
        for (ExprId e = facts_class(facts, ancestor)->first_keyword; fact_is(e);
             e = facts_expr(facts, e)->next_sibling) {
            TypeId meta = annotation_type(resolver, e, FACT_NONE(ClassId));
            if (type_kind(&resolver->types, meta) == TYPE_INSTANCE)
                result = value_attribute(resolver, meta, name);
        }
    }
    return result;
}
