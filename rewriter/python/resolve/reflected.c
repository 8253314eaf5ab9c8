// Functions whose parameters the tree itself asks for: a parameter more would change what it does.
// Comes in: the fixpoint of values, families. Goes out: FUNCTION_FIXED_SIGNATURE.
// Must leave out what is the same with a parameter more.
//
//     names = list(inspect.signature(shape).parameters)
//     count = callback.__code__.co_argcount
#include "base/bug.h"
#include "python/resolve/resolver.h"

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

// The call that made the value of EXPR, or of the local that EXPR reads; NULL when there is none.
static const CallFact *maker_of(const Facts *facts, ExprId expr) {
    const ExprFact *row = facts_expr(facts, expr);
    SymbolId symbol = facts->expr_symbols.items[expr.index];
    if (row->kind == EXPR_NAME && fact_is(symbol))
        row = facts_expr(facts, facts_binding(facts, facts_symbol(facts, symbol)->first_binding)->value);
    return row->kind == EXPR_CALL ? facts_call(facts, row->call) : NULL;
}

// getattr(module, name): any function of the module.
static void mark_computed(Resolver *resolver, ExprId value, bool *families) {
    const Facts *facts = resolver->facts;
    const CallFact *call = maker_of(facts, value);
    if (!call || call->argument_count < 2 || !str_is(facts_name(facts, call->dotted), "getattr")) return;
    TypeId asked = value_of(resolver, facts->arguments.items[call->first_argument].value);
    TypeTerm owner = resolver->types.terms.items[asked.index];
    if (owner.kind != TYPE_MODULE) return;
    ModuleId module = resolver_module(resolver, (Name){owner.a});
    for (SymbolId s = facts_scope(facts, facts_module(facts, module)->scope)->first_symbol; fact_is(s);
         s = facts_symbol(facts, s)->next_in_scope) {
        FunctionId function = resolver_function_of_symbol(resolver, facts->symbol_definitions.items[s.index]);
        if (fact_is(function)) families[facts_function(facts, function)->family] = true;
    }
}

// A method is asked of whatever object of its family.
static void mark_reflected(Resolver *resolver, ExprId value, bool *families) {
    TypeId type = value_of(resolver, value);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, type, i).index];
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
            families[facts_function(resolver->facts, (FunctionId){term.a})->family] = true;
    }
    if (!type.index) mark_computed(resolver, value, families);
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
void reflected_fix(Resolver *resolver) {
    Facts *facts = resolver->facts;
    bool *families = memory_alloc_zeroed(facts->functions.count, sizeof *families);
    mark_reflected_calls(resolver, families);
    mark_reflected_attributes(resolver, families);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (families[facts->functions.items[i].family]) signature_fix(facts, (FunctionId){i});
    free(families);
}
