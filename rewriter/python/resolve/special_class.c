// What class statements, decorators of inner functions, comparisons and deep copies hand on. Comes in: the fixpoint of
// values. Goes out: Facts.special_arguments, CLASS_COPIED.
#include "base/bug.h"
#include "python/resolve/special.h"

// ---- decorators and copies ---------------------------------------------------------------------------
// The function that runs when an object of the member at *AT of TYPE is called, or of one behind it; and its parameter
// that gets the first argument.
static FunctionId next_callee(Resolver *resolver, TypeId type, uint32_t *at, uint32_t *first) {
    Types *types = &resolver->types;
    while (*at < type_member_count(types, type)) {
        TypeId member = type_member(types, type, (*at)++);
        TypeTerm term = type_term(types, member);
        if (term.kind == TYPE_INSTANCE) term = type_term(types, value_attribute(resolver, member, resolver->known.call));
        *first = term.kind == TYPE_METHOD;
        if (term.kind == TYPE_METHOD || term.kind == TYPE_FUNCTION) return (FunctionId){term.a};
    }
    return FACT_NONE(FunctionId);
}

// An inner function gets to its decorators with what it has from its maker.
void special_run_decorators(const Specials *specials, FunctionId id) {
    Resolver *resolver = specials->resolver;
    const FunctionFact *function = facts_function(resolver->facts, id);
    for (ExprId d = fact_is(function->enclosing) ? function->first_decorator : FACT_NONE(ExprId); fact_is(d);
         d = facts_expr(resolver->facts, d)->next_sibling)
        for (uint32_t member = 0, first;;) {
            FunctionId decorator = next_callee(resolver, value_of(resolver, d), &member, &first);
            if (!fact_is(decorator)) break;
            special_pass(resolver, decorator, first, (SpecialArgument){.function = id});
        }
}

// deepcopy(x): more objects of the class, with nothing of x in them.
void special_run_copy(const Specials *specials, const CallFact *call) {
    Resolver *resolver = specials->resolver;
    if (!name_equal(call->dotted, specials->deepcopy) || !call->argument_count) return;
    TypeId type = value_of(resolver, facts_argument(resolver->facts, (ArgumentId){call->first_argument})->value);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = type_term(&resolver->types, type_member(&resolver->types, type, i));
        if (term.kind == TYPE_INSTANCE && term.a) facts_class_row(resolver->facts, (ClassId){term.a})->flags |= CLASS_COPIED;
    }
}

// ---- classes -----------------------------------------------------------------------------------------
static void pass_keywords(const Specials *specials, const ClassFact *klass, FunctionId method, uint32_t first) {
    const Facts *facts = specials->resolver->facts;
    for (ExprId value = klass->first_keyword; fact_is(value); value = facts_expr(facts, value)->next_sibling)
        for (uint32_t i = first; i < facts_function(facts, method)->parameter_count; i++)
            special_pass(specials->resolver, method, i, special_of_value(value, FACT_NONE(ExprId)));
}

// class Reply(Plugin, tag=name): to Plugin.__init_subclass__, and to the methods of the metaclass that make the class.
void special_run_class(const Specials *specials, ClassId id) {
    Resolver *resolver = specials->resolver;
    const Facts *facts = resolver->facts;
    const ClassFact *klass = facts_class(facts, id);
    if (!fact_is(klass->first_keyword)) return;
    SymbolId symbol = specials->init_subclass.index ? resolver_member(resolver, id, 1, specials->init_subclass, NULL) : FACT_NONE(SymbolId);
    FunctionId method = resolver_function_of_symbol(resolver, symbol);
    if (fact_is(method)) pass_keywords(specials, klass, method, 1);
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        const ClassFact *ancestor = facts_class(facts, facts->ancestors.items[klass->first_ancestor + i]);
        for (ExprId value = ancestor->first_keyword; fact_is(value); value = facts_expr(facts, value)->next_sibling) {
            TypeTerm term = type_term(&resolver->types, value_of(resolver, value));
            if (term.kind != TYPE_CLASS || !term.a || !(facts_class(facts, (ClassId){term.a})->flags & CLASS_OF_CLASSES)) continue;
            const Name makers[] = {resolver->known.new_, resolver->known.init};
            for (size_t k = 0; k < 2; k++) {
                symbol = resolver_member(resolver, (ClassId){term.a}, 0, makers[k], NULL);
                method = resolver_function_of_symbol(resolver, symbol);
                if (fact_is(method)) pass_keywords(specials, klass, method, 4);
            }
        }
    }
}

// type("Shout", (Skill,), {}, title=name): a class statement that is a call.
void special_run_type(const Specials *specials, const CallFact *call) {
    Resolver *resolver = specials->resolver;
    const Facts *facts = resolver->facts;
    if (!name_equal(call->dotted, resolver->known.type) || call->argument_count < 4 || !specials->init_subclass.index) return;
    ExprId bases = facts_argument(facts, (ArgumentId){call->first_argument + 1})->value;
    for (ExprId base = facts_expr(facts, bases)->first_child; fact_is(base); base = facts_expr(facts, base)->next_sibling) {
        TypeTerm term = type_term(&resolver->types, value_of(resolver, base));
        if (term.kind != TYPE_CLASS || !term.a) continue;
        SymbolId symbol = resolver_member(resolver, (ClassId){term.a}, 0, specials->init_subclass, NULL);
        FunctionId method = resolver_function_of_symbol(resolver, symbol);
        for (uint32_t i = 3; fact_is(method) && i < call->argument_count; i++) {
            ExprId value = facts_argument(facts, (ArgumentId){call->first_argument + i})->value;
            for (uint32_t k = 1; k < facts_function(facts, method)->parameter_count; k++)
                special_pass(resolver, method, k, special_of_value(value, FACT_NONE(ExprId)));
        }
        return; // the first that has one runs
    }
}

// sorted(words), a key of a table: objects of the class are compared with one another wherever they are put in order.
void special_run_comparing(const Specials *specials, FunctionId id) {
    const FunctionFact *function = facts_function(specials->resolver->facts, id);
    if (!fact_is(function->klass)) return;
    for (uint32_t i = 0; i < specials->comparing.count; i++)
        if (name_equal(function->name, specials->comparing.names[i]))
            for (uint32_t k = 0; k < 2; k++)
                special_pass(specials->resolver, id, k, (SpecialArgument){.instance = function->klass});
}
