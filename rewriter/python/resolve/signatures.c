// Signatures and attributes that something looks at, outside the tree or in it (reflected.c): a parameter more, or an
// attribute more, would change what it does.
// Comes in: resolved calls, decorators and annotations. Goes out: FUNCTION_FIXED_SIGNATURE, CLASS_MADE_OUTSIDE
// and CLASS_READ_WHOLE. Must never go by a plain name of the tree's own.
#include "python/resolve/resolver.h"

void signature_fix(Facts *facts, FunctionId function) {
    if (fact_is(function)) facts->functions.items[function.index].flags |= FUNCTION_FIXED_SIGNATURE;
}

static void fix_class(Facts *facts, ClassId klass) {
    facts_class_row(facts, klass)->flags |= CLASS_MADE_OUTSIDE;
    signature_fix(facts, facts_class(facts, klass)->constructor);
}

// ---- type checkers ---------------------------------------------------------------------------------
// def call(f: Callable[P, R], *args: P.args, **kwargs: P.kwargs): nothing may stand between the two.
static void fix_forwarders(Facts *facts) {
    for (uint32_t i = 1; i < facts->parameters.count; i++) {
        const ParameterFact *parameter = &facts->parameters.items[i];
        const ExprFact *annotation = facts_expr(facts, parameter->annotation);
        if (parameter->kind == PARAMETER_REST && annotation->kind == EXPR_ATTRIBUTE &&
            str_is(facts_name(facts, annotation->name), "args"))
            signature_fix(facts, parameter->function);
    }
}

// ---- dependency injection --------------------------------------------------------------------------
static bool is_injector(Str dotted) {
    static const char *const INJECTORS[] = {"Depends", "Security", "Provide", "TaskiqDepends"};
    ptrdiff_t dot = str_find_last(dotted, '.');
    Str last = str_slice(dotted, (size_t)(dot + 1), dotted.length);
    for (size_t i = 0; dot > 0 && i < sizeof INJECTORS / sizeof *INJECTORS; i++)
        if (str_is(last, INJECTORS[i])) return true;
    return false;
}

static void fix_injected(Resolver *resolver, TypeId type) {
    Types *types = &resolver->types;
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeTerm term = types->terms.items[type_member(types, type, i).index];
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
            signature_fix(resolver->facts, (FunctionId){term.a});
        if ((term.kind == TYPE_CLASS || term.kind == TYPE_INSTANCE) && term.a)
            fix_class(resolver->facts, (ClassId){term.a});
    }
}

// `pager: Pager = Depends()`, `Annotated[Pager, Depends()]`: the class is in the annotation.
static TypeId declared_beside(Resolver *resolver, ExprId call) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->parameters.count; i++)
        if (fact_same(facts->parameters.items[i].default_value, call) &&
            fact_is(facts->parameters.items[i].annotation))
            return annotation_type(resolver, facts->parameters.items[i].annotation,
                                   FACT_NONE(ClassId));
    const ExprFact *parent = facts_expr(facts, facts_expr(facts, call)->parent);
    if (parent->kind == EXPR_TUPLE) parent = facts_expr(facts, parent->parent);
    if (parent->kind != EXPR_SUBSCRIPT) return (TypeId){0};
    ExprId first = parent->first_child;
    if (facts_expr(facts, first)->kind == EXPR_TUPLE) first = facts_expr(facts, first)->first_child;
    return fact_is(first) && !fact_same(first, call)
               ? annotation_type(resolver, first, FACT_NONE(ClassId))
               : (TypeId){0};
}

static void fix_dependencies(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        const CallFact *call = &facts->calls.items[i];
        if (!is_injector(facts_name(facts, call->dotted))) continue;
        TypeId type = {0};
        if (call->argument_count)
            type = value_of(resolver, facts->arguments.items[call->first_argument].value);
        else
            type = declared_beside(resolver, call->expr);
        fix_injected(resolver, type);
    }
    for (uint32_t i = 1; i < facts->classes.count; i++) // fastapi-utils: the decorator asks for a view
        for (ExprId d = facts->classes.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling)
            if (str_is(facts_name(facts, resolver_last_name(resolver, d)), "cbv"))
                fix_class(resolver->facts, (ClassId){i});
}

// ---- test runners ----------------------------------------------------------------------------------
static bool is_test_module(const Facts *facts, ModuleId module) {
    Str name = facts_name(facts, facts_module(facts, module)->name);
    name = str_slice(name, (size_t)(str_find_last(name, '.') + 1), name.length);
    return str_starts_with(name, STR("test_")) || str_ends_with(name, STR("_test"));
}

// pytest collects a class named Test... that has no constructor, and asks for each parameter of a test.
static void fix_tests(Facts *facts) {
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (!is_test_module(facts, function->module) || fact_is(function->enclosing) ||
            !str_starts_with(facts_name(facts, function->name), STR("test")))
            continue;
        const ClassFact *klass = facts_class(facts, function->klass);
        bool collected = !fact_is(function->klass) || (!fact_is(klass->constructor) &&
                         str_starts_with(facts_name(facts, klass->name), STR("Test")));
        if (!collected) continue;
        signature_fix(facts, (FunctionId){i});
        if (fact_is(function->klass)) fix_class(facts, function->klass);
    }
}

// ---- attributes as a whole -------------------------------------------------------------------------
static void mark_read_whole(Resolver *resolver, ExprId object) {
    Facts *facts = resolver->facts;
    TypeId type = value_of(resolver, object);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, type, i).index];
        if (term.kind != TYPE_INSTANCE || !term.a) continue;
        facts->classes.items[term.a].flags |= CLASS_READ_WHOLE;
        for (uint32_t k = resolver->first_child_class[term.a];
             k < resolver->first_child_class[term.a + 1]; k++)
            facts->classes.items[resolver->child_classes[k].index].flags |= CLASS_READ_WHOLE;
    }
}

// self.__dict__ is handed on or replaced (self.__dict__ = shared), and not only written to:
// self.__dict__.update(values).
static bool is_state(const Facts *facts, const ExprFact *expr) {
    const ExprFact *parent = facts_expr(facts, expr->parent);
    bool writes = parent->kind == EXPR_ATTRIBUTE && str_is(facts_name(facts, parent->name), "update");
    return expr->kind == EXPR_ATTRIBUTE && str_is(facts_name(facts, expr->name), "__dict__") &&
           parent->kind != EXPR_SUBSCRIPT && !writes;
}

static void mark_whole_reads(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (is_state(facts, &facts->exprs.items[i]))
            mark_read_whole(resolver, facts->exprs.items[i].base);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        const CallFact *call = &facts->calls.items[i];
        if (call->argument_count == 1 && str_is(facts_name(facts, call->dotted), "vars"))
            mark_read_whole(resolver, facts->arguments.items[call->first_argument].value);
    }
}

// Its own __getstate__ or __setstate__ says what a copy has, and no constructor runs for that.
static void mark_own_state(Facts *facts) {
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        Str name = facts_name(facts, function->name);
        if (fact_is(function->klass) && (str_is(name, "__getstate__") || str_is(name, "__setstate__")))
            facts_class_row(facts, function->klass)->flags |= CLASS_READ_WHOLE;
    }
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        ClassFact *klass = &facts->classes.items[i];
        for (uint32_t k = 1; k < klass->ancestor_count; k++) {
            ClassId ancestor = facts->ancestors.items[klass->first_ancestor + k];
            klass->flags |= facts_class(facts, ancestor)->flags & CLASS_READ_WHOLE;
        }
    }
}

void resolve_signatures(Resolver *resolver) {
    fix_forwarders(resolver->facts);
    fix_dependencies(resolver);
    reflected_fix(resolver);
    fix_tests(resolver->facts);
    mark_own_state(resolver->facts);
    mark_whole_reads(resolver);
    resolve_rows_of_tables(resolver);
}
