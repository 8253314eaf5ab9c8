// Names that tests replace, for whoever changes what stands behind them: a mock takes whatever it is given, but the
// test may say what that was.
// Comes in: the fixpoint of values, calls and their names. Goes out: Facts.replacements. Must leave out doubles of
// the tree's own: calls reach them, and what is decided of the call holds for them.
//
//     with mock.patch("clerk.take") as fake:
//         clerk.price("x")
//     fake.assert_called_once_with("x")    # `take` is passed one argument more, if it needs the context
#include "base/bug.h"
#include "python/resolve/fakes.h"

static bool asks_for_arguments(Str name) {
    static const char *const NAMES[] = {
        "assert_called_with",  "assert_called_once_with",  "assert_any_call",  "assert_has_calls",
        "assert_awaited_with", "assert_awaited_once_with", "assert_any_await", "assert_has_awaits",
        "call_args",           "call_args_list",           "mock_calls",       "method_calls",
        "await_args",          "await_args_list"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (str_is(name, NAMES[i])) return true;
    return false;
}

// ---- where arguments are asserted ------------------------------------------------------------------
typedef struct Asserting {
    bool *functions, *classes,
        *modules;            // an expression below the row asks what a mock was called with
    FunctionId *function_of; // by statement: the function or class that it defines
    ClassId *class_of;
} Asserting;

static FunctionId outermost(const Facts *facts, FunctionId function) {
    while (fact_is(facts_function(facts, function)->enclosing))
        function = facts_function(facts, function)->enclosing;
    return function;
}

static void find_asserting(const Facts *facts, Asserting *asserting) {
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *row = &facts->exprs.items[i];
        if (row->kind != EXPR_ATTRIBUTE || !asks_for_arguments(facts_name(facts, row->name)))
            continue;
        FunctionId function = outermost(facts, facts_scope_function(facts, row->scope));
        asserting->functions[function.index] = true;
        asserting->classes[facts_function(facts, function)->klass.index] = true;
        asserting->modules[facts_expr_module(facts, (ExprId){i}).index] = true;
    }
    for (uint32_t i = 1; i < facts->functions.count; i++)
        asserting->function_of[facts->functions.items[i].statement.index] = (FunctionId){i};
    for (uint32_t i = 1; i < facts->classes.count; i++)
        asserting->class_of[facts->classes.items[i].statement.index] = (ClassId){i};
    asserting->functions[0] = asserting->classes[0] = asserting->modules[0] = false;
    asserting->function_of[0] = FACT_NONE(FunctionId);
    asserting->class_of[0] = FACT_NONE(ClassId);
}

static bool is_prepared_in(const Facts *facts, const FunctionFact *function) {
    Str name = facts_name(facts, function->name);
    return str_starts_with(name, STR("set")) || str_starts_with(name, STR("asyncSet"));
}

static bool is_fixture(const Facts *facts, const FunctionFact *function) {
    for (ExprId d = function->first_decorator; fact_is(d); d = facts_expr(facts, d)->next_sibling) {
        const ExprFact *row = facts_expr(facts, d);
        if (row->kind == EXPR_CALL) row = facts_expr(facts, row->base);
        if (str_is(facts_name(facts, row->name), "fixture")) return true;
    }
    return false;
}

// The code that has the mock in hand: a test, all tests of a class, or what a fixture is for.
static bool is_asserted(const Facts *facts, const Asserting *asserting, ExprId place) {
    const ExprFact *row = facts_expr(facts, place);
    bool decorator = row->flags & EXPR_IN_DECORATOR;
    ClassId klass = asserting->class_of[row->statement.index];
    if (decorator && fact_is(klass)) return asserting->classes[klass.index];
    FunctionId function = facts_scope_function(facts, row->scope);
    if (decorator && fact_is(asserting->function_of[row->statement.index]))
        function = asserting->function_of[row->statement.index];
    function = outermost(facts, function);
    const FunctionFact *owner = facts_function(facts, function);
    if (!fact_is(function) || is_fixture(facts, owner))
        return asserting->modules[facts_expr_module(facts, place).index];
    if (fact_is(owner->klass) && is_prepared_in(facts, owner))
        return asserting->classes[owner->klass.index];
    return asserting->functions[function.index];
}

// ---- what is replaced ------------------------------------------------------------------------------
// Fills ROW with the function or class that is replaced; false when it is neither.
static bool find_replaced(const Facts *facts, TypeTerm term, Replacement *row) {
    bool class_ = term.kind == TYPE_CLASS && term.a > 0;
    row->klass = class_ ? (ClassId){term.a} : FACT_NONE(ClassId);
    row->function = class_ ? facts->classes.items[term.a].constructor : FACT_NONE(FunctionId);
    if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
        row->function = (FunctionId){term.a};
    return class_ || fact_is(row->function);
}

// class FakeTill(Till) has the constructor that Till has, or one that is changed with it.
static bool is_subclass(const Resolver *resolver, TypeId type, ClassId replaced) {
    TypeTerm term = resolver->types.terms.items[type.index];
    return term.kind == TYPE_CLASS &&
           facts_is_subclass(resolver->facts, (ClassId){term.a}, replaced);
}

static bool is_member(const Types *types, TypeId type, TypeId wanted) {
    for (uint32_t i = 0; i < type_member_count(types, type); i++)
        if (type_member(types, type, i).index == wanted.index) return true;
    return false;
}

// What the call puts there, as far as that matters for who calls it.
static ReplacementKind kind_of(Resolver *resolver, const Fake *fake, TypeId given) {
    const Types *types = &resolver->types;
    if (!fact_is(fake->given) || fake->calls) return REPLACED_BY_MOCK;
    const ExprFact *row = facts_expr(resolver->facts, fake->given);
    if (row->kind == EXPR_CALL &&
        fakes_is_maker(facts_name(resolver->facts, facts_call(resolver->facts, row->call)->dotted)))
        return REPLACED_BY_MOCK;
    for (uint32_t i = 0; i < type_member_count(types, given); i++) {
        TypeKind kind = type_kind(types, type_member(types, given, i));
        if (kind != TYPE_FUNCTION && kind != TYPE_METHOD) return REPLACED_BY_OTHER;
    }
    return given.index ? REPLACED_BY_OWN : REPLACED_BY_OTHER;
}

static void add(Resolver *resolver, const Asserting *asserting, CallId id, const Fake *fake) {
    Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    TypeId given = fact_is(fake->given) ? value_of(resolver, fake->given) : (TypeId){0};
    ExprId place = facts_call(facts, id)->expr;
    Replacement row = {.call = id,
                       .symbol = fake->symbol,
                       .kind = kind_of(resolver, fake, given),
                       .asserted = is_asserted(facts, asserting, place)};
    if (fact_is(row.symbol)) vec_add(&facts->replacements, row);
    row.symbol = FACT_NONE(SymbolId);
    TypeId replaced = value_attribute(resolver, fake->owner, fake->name);
    for (uint32_t i = 0; i < type_member_count(types, replaced); i++) {
        TypeId member = type_member(types, replaced, i);
        if (find_replaced(facts, types->terms.items[member.index], &row) &&
            !is_member(types, given, member) && !is_subclass(resolver, given, row.klass))
            vec_add(&facts->replacements, row);
    }
}

// client.send.assert_called_with("x"), where nothing is known of `client` but that it was asked to send.
static void add_by_name(Resolver *resolver, CallId id) {
    Facts *facts = resolver->facts;
    const ExprFact *callee = facts_expr(facts, facts_call(facts, id)->callee);
    const ExprFact *mock = facts_expr(facts, callee->base);
    if (callee->kind != EXPR_ATTRIBUTE || mock->kind != EXPR_ATTRIBUTE ||
        !str_starts_with(facts_name(facts, callee->name), STR("assert_")) ||
        !asks_for_arguments(facts_name(facts, callee->name)))
        return;
    vec_add(&facts->replacements,
            ((Replacement){
                .call = id, .name = mock->name, .kind = REPLACED_BY_MOCK, .asserted = true}));
}

void resolve_replacements(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    Asserting asserting = {
        memory_alloc_zeroed(facts->functions.count + 1, sizeof(bool)),
        memory_alloc_zeroed(facts->classes.count + 1, sizeof(bool)),
        memory_alloc_zeroed(facts->modules.count + 1, sizeof(bool)),
        memory_alloc_zeroed(facts->statements.count + 1, sizeof(FunctionId)),
        memory_alloc_zeroed(facts->statements.count + 1, sizeof(ClassId)),
    };
    find_asserting(facts, &asserting);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        Fake fakes[FAKES_LIMIT];
        uint32_t count = fakes_of_call(resolver, &facts->calls.items[i], fakes);
        for (uint32_t k = 0; k < count; k++)
            if (fakes[k].owner.index) add(resolver, &asserting, (CallId){i}, &fakes[k]);
        if (!count) add_by_name(resolver, (CallId){i});
    }
    free(asserting.functions);
    free(asserting.classes);
    free(asserting.modules);
    free(asserting.function_of);
    free(asserting.class_of);
}
