// Applies what a test has told to a type. Comes in: a type, a condition and whether it held. Goes out:
// the members that are left, or the class that was asked for. Must never widen a type beyond that.
#include "python/resolve/resolver.h"

static const ExprFact *row_of(const Resolver *resolver, ExprId expr) {
    return facts_expr(resolver->facts, expr);
}

// The classes that a test names, as instances: C, (A, B), A | B. Unknown when one of them is.
static TypeId tested_classes(Resolver *resolver, ExprId named) {
    const ExprFact *row = row_of(resolver, named);
    if (row->kind != EXPR_TUPLE) return annotation_type(resolver, named, FACT_NONE(ClassId));
    TypeId result = {0};
    for (ExprId c = row->first_child; fact_is(c); c = row_of(resolver, c)->next_sibling) {
        TypeId one = tested_classes(resolver, c);
        if (!one.index) return one;
        result = type_join(&resolver->types, result, one);
    }
    return result;
}

// Every value of MEMBER passes the test for TARGET.
static bool is_within(const Resolver *resolver, TypeTerm member, TypeTerm target) {
    if (member.kind == TYPE_FOREIGN) return target.kind == TYPE_FOREIGN;
    if (member.kind != target.kind) return false;
    if (member.kind != TYPE_INSTANCE && member.kind != TYPE_CLASS)
        return member.kind == TYPE_LIST || member.kind == TYPE_DICT || member.kind == TYPE_TUPLE;
    return facts_is_subclass(resolver->facts, (ClassId){member.a}, (ClassId){target.a});
}

static bool is_of_class(TypeTerm term) {
    return (term.kind == TYPE_INSTANCE || term.kind == TYPE_CLASS) && term.a;
}

// What is left of TYPE when it is one of TARGETS.
static TypeId keep(Resolver *resolver, TypeId type, TypeId targets) {
    Types *types = &resolver->types;
    TypeId result = {0};
    for (uint32_t k = 0; k < type_member_count(types, targets); k++) {
        TypeId target = type_member(types, targets, k);
        TypeTerm asked = types->terms.items[target.index];
        bool narrowed = false, related = false, other_class = false;
        for (uint32_t i = 0; i < type_member_count(types, type); i++) {
            TypeId member = type_member(types, type, i);
            TypeTerm term = types->terms.items[member.index];
            if (is_within(resolver, term, asked)) {
                result = type_join(types, result, member);
                narrowed = true;
            } else if (is_within(resolver, asked, term)) {
                related = true;
            } else if (is_of_class(term)) {
                other_class = true;
            }
        }
        if (related || (!narrowed && !other_class)) result = type_join(types, result, target);
    }
    return result.index ? result : targets; // a class that inherits both
}

static TypeId drop(Resolver *resolver, TypeId type, TypeId targets) {
    Types *types = &resolver->types;
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeTerm term = types->terms.items[member.index];
        bool dropped = false;
        for (uint32_t k = 0; k < type_member_count(types, targets); k++)
            dropped =
                dropped || (term.kind != TYPE_FOREIGN &&
                            is_within(resolver, term,
                                      types->terms.items[type_member(types, targets, k).index]));
        if (!dropped) result = type_join(types, result, member);
    }
    return result;
}

static TypeId classes_of(Types *types, TypeId instances) {
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, instances); i++) {
        TypeTerm term = types->terms.items[type_member(types, instances, i).index];
        if (term.kind == TYPE_INSTANCE)
            result = type_join(types, result, type_make(types, TYPE_CLASS, term.a, 0));
    }
    return result;
}

static bool is_same_chain(const Resolver *resolver, ExprId a, ExprId b) {
    const uint32_t *chains = resolver->narrow_index.chain_of;
    return chains[a.index] && chains[a.index] == chains[b.index];
}

static TypeId apply_test(Resolver *resolver, TypeId type, ExprId test, ExprId named, bool holds,
                         ExprId subject) {
    ExprId about = narrow_subject(resolver, test);
    if (!fact_is(about) || !is_same_chain(resolver, about, subject)) return type;
    TypeId targets = tested_classes(resolver, named);
    const ExprFact *callee = row_of(resolver, row_of(resolver, test)->base);
    bool of_classes = name_equal(callee->name, resolver->known.issubclass);
    if (of_classes) targets = classes_of(&resolver->types, targets);
    if (!targets.index) return type;
    if (!holds) return drop(resolver, type, targets);
    TypeId kept = keep(resolver, type, targets);
    // A class that passes the test may be the tested one, whatever subclasses are known to come here.
    return of_classes ? type_join(&resolver->types, kept, targets) : kept;
}

static TypeId apply_call(Resolver *resolver, TypeId type, ExprId test, bool holds, ExprId subject) {
    const CallFact *call = facts_call(resolver->facts, row_of(resolver, test)->call);
    if (call->argument_count != 2) return type;
    ExprId named = resolver->facts->arguments.items[call->first_argument + 1].value;
    return apply_test(resolver, type, test, named, holds, subject);
}

// type(x) is C: false says little, since a subclass is not C either.
static TypeId apply_comparison(Resolver *resolver, TypeId type, ExprId condition, bool holds,
                               ExprId subject) {
    ExprId left = row_of(resolver, condition)->first_child;
    const ExprFact *row = row_of(resolver, left);
    if (row->kind != EXPR_CALL || !holds ||
        !name_equal(row_of(resolver, row->base)->name, resolver->known.type))
        return type;
    return apply_test(resolver, type, left, row->next_sibling, holds, subject);
}

static TypeId apply(Resolver *resolver, TypeId type, ExprId condition, bool holds, ExprId subject) {
    const ExprFact *row = row_of(resolver, condition);
    if (row->flags & EXPR_CASE_CLASS) {
        TypeId targets = tested_classes(resolver, condition);
        return targets.index ? keep(resolver, type, targets) : type;
    }
    if (row->operator_ == OPERATOR_NOT)
        return apply(resolver, type, row->first_child, !holds, subject);
    if (row->operator_ == OPERATOR_IS || row->operator_ == OPERATOR_EQUAL)
        return apply_comparison(resolver, type, condition, holds, subject);
    if (row->operator_ != OPERATOR_AND && row->operator_ != OPERATOR_OR)
        return row->kind == EXPR_CALL ? apply_call(resolver, type, condition, holds, subject)
                                      : type;
    bool all = (row->operator_ == OPERATOR_AND) == holds; // every part has that truth
    TypeId result = all ? type : (TypeId){0};
    for (ExprId c = row->first_child; fact_is(c); c = row_of(resolver, c)->next_sibling) {
        TypeId part = apply(resolver, all ? result : type, c, holds, subject);
        if (!all && part.index == type.index) return type; // that part says nothing
        result = all ? part : type_join(&resolver->types, result, part);
    }
    return result;
}

// Nothing is known of the attribute but that it is of no object of the tree.
static bool says_nothing(const Types *types, TypeId type) {
    return !type.index || type_kind(types, type) == TYPE_FOREIGN;
}

// Flows into nested functions are not followed: those run later. What a class says of its attribute is
// not overruled, since any call between may give it another value.
static TypeId apply_binding(Resolver *resolver, TypeId type, const Narrowing *narrowing,
                            ExprId expr) {
    const BindingFact *binding = facts_binding(resolver->facts, narrowing->binding);
    FunctionId here = resolver->scope_owner[row_of(resolver, expr)->scope.index];
    if (!fact_same(here, resolver->scope_owner[binding->scope.index])) return type;
    if (!fact_is(binding->symbol) && !says_nothing(&resolver->types, type)) return type;
    TypeId value = flow_bound_value(resolver, binding);
    return value.index ? value : type;
}

TypeId narrow_value(Resolver *resolver, ExprId expr, TypeId type) {
    uint32_t found[NARROWING_LIMIT];
    uint32_t count = narrow_regions_at(&resolver->narrow_index, resolver->narrowings.items, expr,
                                       row_of(resolver, expr)->start, found);
    for (uint32_t i = 0; i < count; i++) {
        const Narrowing *narrowing = &resolver->narrowings.items[found[i]];
        type = fact_is(narrowing->binding)
                   ? apply_binding(resolver, type, narrowing, expr)
                   : apply(resolver, type, narrowing->condition, narrowing->holds, expr);
    }
    return type;
}
