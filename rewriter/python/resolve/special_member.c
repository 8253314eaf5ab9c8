// Items and attributes of objects of the tree: what __getitem__ and the like, setters, descriptors, __getattr__ and
// __setattr__ are handed. Comes in: the fixpoint of values. Goes out: Facts.special_arguments, CLASS_ONE_STATE.
#include "base/bug.h"
#include "python/resolve/special.h"

// VALUE is what is stored there; none when it is read or deleted.
void special_run_item(const Specials *specials, ExprId at, Name name, ExprId value) {
    Resolver *resolver = specials->resolver;
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, at);
    ExprId result = fact_is(value) ? FACT_NONE(ExprId) : at;
    if (!(resolver_member_marks(resolver, name) & MEMBER_DEFINED)) return; // no class has it
    TypeId type = value_of(resolver, row->base);
    for (uint32_t member = 0; type.index;) {
        FunctionId method = special_next_method(resolver, type, name, &member);
        if (!fact_is(method)) return;
        special_pass(resolver, method, 0, special_of_value(row->base, result));
        for (ExprId key = row->first_child; fact_is(key); key = facts_expr(facts, key)->next_sibling)
            special_pass(resolver, method, 1, special_of_value(key, result));
        if (fact_is(value)) special_pass(resolver, method, 2, special_of_value(value, result));
    }
}

// What the class body binds NAME to last: the setter of a property, or an object with methods of its own.
static const BindingFact *class_binding(const Resolver *resolver, ClassId klass, Name name) {
    SymbolId symbol = resolver_member((Resolver *)resolver, klass, 0, name, NULL);
    if (!fact_is(symbol)) return NULL;
    BindingId last = facts_symbol(resolver->facts, symbol)->last_binding;
    return fact_is(last) ? facts_binding(resolver->facts, last) : NULL;
}

// title = property(read, write)
static ExprId written_setter(const Facts *facts, ExprId value) {
    if (facts_expr(facts, value)->kind != EXPR_CALL) return FACT_NONE(ExprId);
    const CallFact *call = facts_call(facts, facts_expr(facts, value)->call);
    bool property = call->argument_count > 1 && str_is(facts_name(facts, call->dotted), "property");
    return property ? facts_argument(facts, (ArgumentId){call->first_argument + 1})->value : FACT_NONE(ExprId);
}

static void run_descriptor(const Specials *specials, ExprId at, ExprId descriptor, Name name, ExprId value) {
    Resolver *resolver = specials->resolver;
    ExprId result = fact_is(value) ? FACT_NONE(ExprId) : at;
    for (uint32_t member = 0;;) {
        FunctionId method = special_next_method(resolver, value_of(resolver, descriptor), name, &member);
        if (!fact_is(method)) return;
        special_pass(resolver, method, 0, special_of_value(descriptor, result));
        special_pass(resolver, method, 1, special_of_value(facts_expr(resolver->facts, at)->base, result));
        if (fact_is(value)) special_pass(resolver, method, 2, special_of_value(value, result));
    }
}

static void run_written_setter(const Specials *specials, ExprId at, ExprId setter, ExprId value) {
    Resolver *resolver = specials->resolver;
    TypeTerm term = type_term(&resolver->types, value_of(resolver, setter));
    if (term.kind != TYPE_FUNCTION) return;
    special_pass(resolver, (FunctionId){term.a}, 0, special_of_value(facts_expr(resolver->facts, at)->base, FACT_NONE(ExprId)));
    special_pass(resolver, (FunctionId){term.a}, 1, special_of_value(value, FACT_NONE(ExprId)));
}

// What an object of KLASS does when `at`, an attribute of it, is read or gets VALUE. False: nothing is known of it.
static bool run_member(const Specials *specials, ExprId at, ClassId klass, ExprId value) {
    Resolver *resolver = specials->resolver;
    const ExprFact *row = facts_expr(resolver->facts, at);
    const BindingFact *binding = class_binding(resolver, klass, row->name);
    if (!binding) return false;
    bool setter = fact_is(value) && fact_is(binding->function) &&
                  (facts_function(resolver->facts, binding->function)->flags & FUNCTION_PROPERTY);
    if (setter) {
        special_pass(resolver, binding->function, 0, special_of_value(row->base, FACT_NONE(ExprId)));
        special_pass(resolver, binding->function, 1, special_of_value(value, FACT_NONE(ExprId)));
    }
    if (!fact_is(binding->value)) return true;
    if (fact_is(value)) run_written_setter(specials, at, written_setter(resolver->facts, binding->value), value);
    Name name = fact_is(value) ? specials->set : specials->get;
    if (name.index) run_descriptor(specials, at, binding->value, name, value);
    return true;
}

// proxy.send(text), where __getattr__ gives the function that is called.
static void run_given(Resolver *resolver, ExprId at, FunctionId method, TypeId object) {
    const Facts *facts = resolver->facts;
    ExprId parent = facts_expr(facts, at)->parent;
    if (!fact_is(parent) || facts_expr(facts, parent)->kind != EXPR_CALL || !fact_same(facts_expr(facts, parent)->base, at)) return;
    const CallFact *call = facts_call(facts, facts_expr(facts, parent)->call);
    TypeId given = value_result_of(resolver, method, object, FACT_NONE(CallId));
    resolver->noting = true;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, given); i++) {
        TypeTerm term = type_term(&resolver->types, type_member(&resolver->types, given, i));
        uint32_t bound = term.kind == TYPE_METHOD;
        for (uint32_t k = 0; (term.kind == TYPE_FUNCTION || bound) && k < call->argument_count; k++)
            argument_pass(resolver, (FunctionId){term.a}, k + bound, facts_argument(facts, (ArgumentId){call->first_argument + k}));
    }
    resolver->noting = false;
}

void special_run_attribute(const Specials *specials, ExprId at, ExprId value) {
    Resolver *resolver = specials->resolver;
    const ExprFact *row = facts_expr(resolver->facts, at);
    TypeId type = value_of(resolver, row->base);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeId member = type_member(&resolver->types, type, i);
        TypeTerm term = type_term(&resolver->types, member);
        if (term.kind != TYPE_INSTANCE || !term.a) continue;
        bool known = run_member(specials, at, (ClassId){term.a}, value);
        const Name names[] = {fact_is(value) ? specials->setattr_ : specials->getattribute,
                              fact_is(value) || known ? NAME_NONE : specials->getattr_};
        for (size_t k = 0; k < 2; k++) {
            uint32_t only = 0;
            FunctionId method = special_next_method(resolver, member, names[k], &only);
            if (!fact_is(method)) continue;
            special_pass(resolver, method, 0, special_of_value(row->base, fact_is(value) ? FACT_NONE(ExprId) : at));
            if (fact_is(value))
                special_pass(resolver, method, 2, special_of_value(value, FACT_NONE(ExprId)));
            else
                run_given(resolver, at, method, member);
        }
    }
}

// self.__dict__ = cls.shared: what one object of the class has, all have.
void special_share_state(const Specials *specials, const BindingFact *binding) {
    Resolver *resolver = specials->resolver;
    Facts *facts = resolver->facts;
    const ExprFact *target = facts_expr(facts, binding->target), *value = facts_expr(facts, binding->value);
    if (!str_is(facts_name(facts, target->name), "__dict__")) return;
    TypeId owner = value_of(resolver, target->base);
    SymbolId symbol = facts->expr_symbols.items[binding->value.index];
    bool global = fact_is(symbol) && facts_scope(facts, facts_symbol(facts, symbol)->scope)->kind != SCOPE_FUNCTION;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, owner); i++) {
        TypeTerm term = type_term(&resolver->types, type_member(&resolver->types, owner, i));
        if (term.kind != TYPE_INSTANCE || !term.a) continue;
        bool own = value->kind == EXPR_ATTRIBUTE && class_binding(resolver, (ClassId){term.a}, value->name);
        if (!own && !global) continue;
        facts_class_row(facts, (ClassId){term.a})->flags |= CLASS_ONE_STATE;
        for (uint32_t k = resolver->first_child_class[term.a]; k < resolver->first_child_class[term.a + 1]; k++)
            facts_class_row(facts, resolver->child_classes[k])->flags |= CLASS_ONE_STATE;
    }
}
