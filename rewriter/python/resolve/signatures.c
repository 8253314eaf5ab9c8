// Signatures and attributes that something outside the tree, or the tree itself, looks at: a parameter more, or an attribute more,
// would change what it does.
// Comes in: resolved calls, decorators and annotations. Goes out: FUNCTION_FIXED_SIGNATURE, CLASS_MADE_OUTSIDE
// and CLASS_READ_WHOLE. Must never go by a plain name of the tree's own.
#include "base/bug.h"
#include "python/resolve/resolver.h"

static void fix_function(Facts *facts, FunctionId function) {
    if (fact_is(function)) facts->functions.items[function.index].flags |= FUNCTION_FIXED_SIGNATURE;
}

static void fix_class(Facts *facts, ClassId klass) {
    facts_class_row(facts, klass)->flags |= CLASS_MADE_OUTSIDE;
    fix_function(facts, facts_class(facts, klass)->constructor);
}

// ---- type checkers ---------------------------------------------------------------------------------
// def call(f: Callable[P, R], *args: P.args, **kwargs: P.kwargs): nothing may stand between the two.
static void fix_forwarders(Facts *facts) {
    for (uint32_t i = 1; i < facts->parameters.count; i++) {
        const ParameterFact *parameter = &facts->parameters.items[i];
        const ExprFact *annotation = facts_expr(facts, parameter->annotation);
        if (parameter->kind == PARAMETER_REST && annotation->kind == EXPR_ATTRIBUTE &&
            str_is(facts_name(facts, annotation->name), "args"))
            fix_function(facts, parameter->function);
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
            fix_function(resolver->facts, (FunctionId){term.a});
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

// ---- reflection ------------------------------------------------------------------------------------
#define IS_ONE_OF(name, list) is_one_of(name, list, sizeof(list) / sizeof *(list))

static bool is_one_of(Str name, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(name, list[i])) return true;
    return false;
}

// One parameter by its name: "chat" in parameters, parameters["chat"], parameters.get("chat").
static bool asks_by_name(const Facts *facts, ExprId parameters) {
    const ExprFact *asked = facts_expr(facts, parameters);
    const ExprFact *parent = facts_expr(facts, asked->parent);
    if (parent->kind == EXPR_ATTRIBUTE) return str_is(facts_name(facts, parent->name), "get");
    const ExprFact *first = facts_expr(facts, parent->first_child);
    if (parent->kind == EXPR_SUBSCRIPT) return fact_same(parent->base, parameters) && first->kind == EXPR_STRING;
    return parent->kind == EXPR_OTHER && first->kind == EXPR_STRING && fact_same(first->next_sibling, parameters) &&
           !fact_is(asked->next_sibling);
}

// What is asked of a signature is the same with one parameter more: `.bind(...)` takes what a call takes.
static bool is_harmless(const Facts *facts, const ExprFact *signature) {
    const ExprFact *parent = facts_expr(facts, signature->parent);
    if (parent->kind != EXPR_ATTRIBUTE) return false;
    Str name = facts_name(facts, parent->name);
    if (str_is(name, "parameters")) return asks_by_name(facts, signature->parent);
    return str_is(name, "bind") || str_is(name, "bind_partial") || str_is(name, "return_annotation");
}

// By expression: it goes to a local that is asked for nothing else.
static bool *find_harmless_values(const Facts *facts) {
    bool *shown = memory_alloc_zeroed(facts->symbols.count, sizeof *shown);
    bool *bound = memory_alloc_zeroed(facts->exprs.count, sizeof *bound);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *read = &facts->exprs.items[i];
        if (!(read->flags & EXPR_STORED) && !is_harmless(facts, read))
            shown[facts->expr_symbols.items[i].index] = true;
    }
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        if (binding->kind == BINDING_ASSIGN && binding->element == -1 && fact_is(binding->symbol))
            bound[binding->value.index] = !shown[binding->symbol.index];
    }
    free(shown);
    return bound;
}

// A method is asked of whatever object of its family.
static void mark_reflected(Resolver *resolver, ExprId value, bool *families) {
    TypeId type = value_of(resolver, value);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, type, i).index];
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
            families[facts_function(resolver->facts, (FunctionId){term.a})->family] = true;
    }
}

static void mark_reflected_calls(Resolver *resolver, bool *families) {
    static const char *const READERS[] = {"inspect.signature", "inspect.getfullargspec", "inspect.getargspec",
                                          "inspect.Signature.from_callable", "typing.get_type_hints",
                                          "inspect.get_annotations"};
    const Facts *facts = resolver->facts;
    bool *harmless = find_harmless_values(facts);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        const CallFact *call = &facts->calls.items[i];
        bool reads = call->argument_count && IS_ONE_OF(facts_name(facts, call->dotted), READERS);
        if (reads && !harmless[call->expr.index] && !is_harmless(facts, facts_expr(facts, call->expr)))
            mark_reflected(resolver, facts->arguments.items[call->first_argument].value, families);
    }
    free(harmless);
}

static void mark_reflected_attributes(Resolver *resolver, bool *families) {
    static const char *const ATTRIBUTES[] = {"__defaults__", "__kwdefaults__", "__annotations__", "__signature__"};
    static const char *const CODE_ATTRIBUTES[] = {"co_varnames", "co_argcount", "co_kwonlyargcount"};
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        const ExprFact *code = facts_expr(facts, expr->base);
        if (expr->kind != EXPR_ATTRIBUTE) continue;
        Str name = facts_name(facts, expr->name);
        if (IS_ONE_OF(name, ATTRIBUTES)) mark_reflected(resolver, expr->base, families);
        if (IS_ONE_OF(name, CODE_ATTRIBUTES) && code->kind == EXPR_ATTRIBUTE &&
            str_is(facts_name(facts, code->name), "__code__"))
            mark_reflected(resolver, code->base, families);
    }
}

// What the tree itself asks of a function's parameters: inspect.signature(f).parameters, f.__code__.
static void fix_reflected(Resolver *resolver) {
    Facts *facts = resolver->facts;
    bool *families = memory_alloc_zeroed(facts->functions.count, sizeof *families);
    mark_reflected_calls(resolver, families);
    mark_reflected_attributes(resolver, families);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (families[facts->functions.items[i].family]) fix_function(facts, (FunctionId){i});
    free(families);
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
        fix_function(facts, (FunctionId){i});
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

void resolve_signatures(Resolver *resolver) {
    fix_forwarders(resolver->facts);
    fix_dependencies(resolver);
    fix_reflected(resolver);
    fix_tests(resolver->facts);
    mark_whole_reads(resolver);
}
