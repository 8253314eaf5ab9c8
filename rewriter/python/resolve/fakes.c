// Fakes: functions, classes and objects that a test puts in the place of others by a call of a library, so that
// whoever calls the old name may reach them.
// Comes in: calls and their values. Goes out: values of the names that are replaced. Must not take a double that
// accepts everything (Mock) for something outside the tree.
//
//     with mock.patch("clerk.take", fake): ...          # a string: module, class, name
//     monkeypatch.setattr(clerk, "take", lambda order: 5)
//     @mock.patch.object(Clerk, "take", side_effect=fake)
#include "python/resolve/fakes.h"

typedef enum FakeForm {
    FAKE_NONE,
    FAKE_PATH,      // patch("a.b", new)
    FAKE_OBJECT,    // patch.object(target, "name", new)
    FAKE_MULTIPLE,  // patch.multiple(target, name=new)
    FAKE_DICT,      // patch.dict(container, {key: new}, key=new)
    FAKE_ATTRIBUTE, // setattr(target, "name", new), monkeypatch.setattr("a.b", new)
    FAKE_ITEM,      // monkeypatch.setitem(container, key, new)
} FakeForm;

static const ExprFact *row_of(const Resolver *resolver, ExprId expr) {
    return facts_expr(resolver->facts, expr);
}

static FakeForm form_of(Resolver *resolver, const CallFact *call) {
    const KnownNames *known = &resolver->known;
    const ExprFact *callee = row_of(resolver, call->callee);
    bool attribute = callee->kind == EXPR_ATTRIBUTE;
    if (!call->argument_count || (!attribute && callee->kind != EXPR_NAME)) return FAKE_NONE;
    if (name_equal(callee->name, known->patch)) return FAKE_PATH;
    if (name_equal(callee->name, known->setattr)) return FAKE_ATTRIBUTE;
    if (!attribute) return FAKE_NONE;
    if (name_equal(callee->name, known->setitem_method)) return FAKE_ITEM;
    if (!name_equal(row_of(resolver, callee->base)->name, known->patch)) return FAKE_NONE;
    if (name_equal(callee->name, known->object)) return FAKE_OBJECT;
    if (name_equal(callee->name, known->multiple)) return FAKE_MULTIPLE;
    return name_equal(callee->name, known->dict) ? FAKE_DICT : FAKE_NONE;
}

static ExprId positional(const Resolver *resolver, const CallFact *call, uint32_t position) {
    if (position >= call->argument_count) return FACT_NONE(ExprId);
    const ArgumentFact *argument =
        &resolver->facts->arguments.items[call->first_argument + position];
    return argument->kind == ARGUMENT_POSITIONAL ? argument->value : FACT_NONE(ExprId);
}

static ExprId keyword(const Resolver *resolver, const CallFact *call, Name name) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[call->first_argument + i];
        if (argument->kind == ARGUMENT_KEYWORD && name_equal(argument->name, name))
            return argument->value;
    }
    return FACT_NONE(ExprId);
}

static Str literal(const Resolver *resolver, ExprId expr) {
    const ExprFact *row = row_of(resolver, expr);
    return fact_is(expr) && row->kind == EXPR_STRING && row->name.index
               ? facts_name(resolver->facts, row->name)
               : STR_NONE;
}

// ---- what is replaced ------------------------------------------------------------------------------
// "app.clerk.Clerk.take": the owner and the name; *SYMBOL is that of the module on the way. False when the tree has
// no such owner.
static bool split_path(Resolver *resolver, const CallFact *call, Str path, Fake *fake) {
    Interner *names = resolver->facts->names;
    const ModuleFact *module = facts_module(resolver->facts, call->module);
    ptrdiff_t end = str_find(path, '.');
    TypeId owner = {0};
    while (end > 0) { // the longest prefix that is a module
        Name prefix =
            resolver_absolute(resolver, module, intern(names, str_slice(path, 0, (size_t)end)));
        if (!resolver_is_package_prefix(resolver, prefix)) break;
        owner = type_make(&resolver->types, TYPE_MODULE, prefix.index, 0);
        Str rest = str_slice(path, (size_t)end + 1, path.length);
        ptrdiff_t dot = str_find(rest, '.');
        fake->name = intern(names, dot < 0 ? rest : str_slice(rest, 0, (size_t)dot));
        fake->symbol =
            resolver_module_symbol(resolver, resolver_module(resolver, prefix), fake->name);
        fake->owner = owner;
        end = dot < 0 ? -1 : end + 1 + dot;
    }
    if (!owner.index) return false;
    while (end > 0) { // then attributes of what the module has
        fake->owner = value_attribute(resolver, fake->owner, fake->name);
        Str rest = str_slice(path, (size_t)end + 1, path.length);
        ptrdiff_t dot = str_find(rest, '.');
        fake->name = intern(names, dot < 0 ? rest : str_slice(rest, 0, (size_t)dot));
        end = dot < 0 ? -1 : end + 1 + dot;
    }
    return true;
}

// The object that EXPR names, or spells in a string.
static void find_owner(Resolver *resolver, const CallFact *call, ExprId expr, Name name,
                       Fake *fake) {
    Str path = literal(resolver, expr);
    if (path.length) {
        Fake spelt = {0};
        Interner *names = resolver->facts->names;
        Name whole = resolver_absolute(resolver, facts_module(resolver->facts, call->module),
                                       intern(names, path));
        fake->owner = resolver_is_package_prefix(resolver, whole)
                          ? type_make(&resolver->types, TYPE_MODULE, whole.index, 0)
                      : split_path(resolver, call, path, &spelt)
                          ? value_attribute(resolver, spelt.owner, spelt.name)
                          : (TypeId){0};
        fake->symbol = spelt.symbol;
    } else if (fact_is(expr)) {
        fake->owner = value_of(resolver, expr);
    }
    fake->name = name;
    TypeTerm term = resolver->types.terms.items[fake->owner.index];
    if (term.kind == TYPE_MODULE)
        fake->symbol =
            resolver_module_symbol(resolver, resolver_module(resolver, (Name){term.a}), name);
}

// ---- what takes its place --------------------------------------------------------------------------
static void find_given(const Resolver *resolver, const CallFact *call, ExprId new_value,
                       Fake *fake) {
    fake->given = new_value;
    if (!fact_is(new_value)) fake->given = keyword(resolver, call, resolver->known.new_keyword);
    if (fact_is(fake->given)) return;
    fake->given = keyword(resolver, call, resolver->known.side_effect);
    fake->calls = fact_is(fake->given);
}

static uint32_t by_path(Resolver *resolver, const CallFact *call, Fake *fakes) {
    Str path = literal(resolver, positional(resolver, call, 0));
    *fakes = (Fake){0};
    if (str_find(path, '.') <= 0 || !split_path(resolver, call, path, fakes)) return 0;
    find_given(resolver, call, positional(resolver, call, 1), fakes);
    return 1;
}

static uint32_t by_name(Resolver *resolver, const CallFact *call, Fake *fakes) {
    Str name = literal(resolver, positional(resolver, call, 1));
    *fakes = (Fake){0};
    if (!name.length) return 0;
    find_owner(resolver, call, positional(resolver, call, 0), intern(resolver->facts->names, name),
               fakes);
    find_given(resolver, call, positional(resolver, call, 2), fakes);
    return 1;
}

static uint32_t by_keywords(Resolver *resolver, const CallFact *call, Fake *fakes) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < call->argument_count && count < FAKES_LIMIT; i++) {
        const ArgumentFact argument = resolver->facts->arguments.items[call->first_argument + i];
        if (argument.kind != ARGUMENT_KEYWORD) continue;
        fakes[count] = (Fake){0};
        find_owner(resolver, call, positional(resolver, call, 0), argument.name, &fakes[count]);
        fakes[count++].given = argument.value;
    }
    return count;
}

static uint32_t by_items(Resolver *resolver, const CallFact *call, Fake *fakes) {
    uint32_t count = 0;
    ExprId container = positional(resolver, call, 0);
    if (literal(resolver, container).length) return 0; // os.environ and the like
    const ExprFact *dict = row_of(resolver, positional(resolver, call, 1));
    bool key = true;
    for (ExprId e = dict->kind == EXPR_DICT ? dict->first_child : FACT_NONE(ExprId);
         fact_is(e) && count < FAKES_LIMIT; e = row_of(resolver, e)->next_sibling) {
        if (row_of(resolver, e)->kind == EXPR_STAR) continue;
        if (!key) fakes[count++] = (Fake){.container = container, .given = e};
        key = !key;
    }
    for (uint32_t i = 0; i < call->argument_count && count < FAKES_LIMIT; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[call->first_argument + i];
        if (argument->kind == ARGUMENT_KEYWORD &&
            !str_is(facts_name(resolver->facts, argument->name), "clear"))
            fakes[count++] = (Fake){.container = container, .given = argument->value};
    }
    return count;
}

uint32_t fakes_of_call(Resolver *resolver, const CallFact *call, Fake *fakes) {
    switch (form_of(resolver, call)) {
    case FAKE_NONE: return 0;
    case FAKE_PATH: return by_path(resolver, call, fakes);
    case FAKE_OBJECT: return by_name(resolver, call, fakes);
    case FAKE_MULTIPLE: return by_keywords(resolver, call, fakes);
    case FAKE_DICT: return by_items(resolver, call, fakes);
    case FAKE_ATTRIBUTE:
        return literal(resolver, positional(resolver, call, 1)).length
                   ? by_name(resolver, call, fakes)
                   : by_path(resolver, call, fakes);
    case FAKE_ITEM:
        *fakes = (Fake){.container = positional(resolver, call, 0),
                        .given = positional(resolver, call, 2)};
        return fact_is(fakes->container) && fact_is(fakes->given);
    }
    return 0;
}

// ---- values ----------------------------------------------------------------------------------------
enum { OWN_FUNCTIONS = 1, OWN_OBJECTS = 2, OWN_CLASSES = 4 };

// What of TYPE is of the tree, and of one of KINDS.
static TypeId own_part(Resolver *resolver, TypeId type, uint32_t kinds) {
    Types *types = &resolver->types;
    TypeId own = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeTerm term = types->terms.items[member.index];
        bool function = term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD;
        uint32_t kind = function                                ? OWN_FUNCTIONS
                        : term.kind == TYPE_INSTANCE            ? OWN_OBJECTS
                        : term.kind == TYPE_CLASS && term.a > 0 ? OWN_CLASSES
                                                                : 0;
        if (kinds & kind) own = type_join(types, own, member);
    }
    return own;
}

// Path.exists, logger.warning of a library: a fake of them says nothing of all other objects of the kind.
static bool is_of_tree(const Resolver *resolver, TypeId owner) {
    TypeTerm term = resolver->types.terms.items[owner.index];
    bool object = (term.kind == TYPE_CLASS || term.kind == TYPE_INSTANCE) && term.a;
    return object || term.kind == TYPE_MODULE;
}

// A side effect that is a class is an exception, which is raised. A class that takes the place of another one is said
// to whoever reads the report: the calls that make the other would not be changed for its sake.
void fakes_flow(Resolver *resolver, const CallFact *call) {
    Fake fakes[FAKES_LIMIT];
    uint32_t count = fakes_of_call(resolver, call, fakes);
    for (uint32_t i = 0; i < count; i++) {
        if (!fact_is(fakes[i].given)) continue;
        TypeId given = own_part(resolver, value_of(resolver, fakes[i].given),
                                fakes[i].calls ? OWN_FUNCTIONS : OWN_FUNCTIONS | OWN_OBJECTS);
        if (!given.index) continue;
        if (is_of_tree(resolver, fakes[i].owner))
            flow_into_attribute(resolver, fakes[i].owner, fakes[i].name, given);
        else if (!fakes[i].owner.index && fact_is(fakes[i].container))
            flow_into_expr(resolver, fakes[i].container,
                           type_make(&resolver->types, TYPE_DICT, 0, given.index));
    }
}

// The call that gives the mock of a parameter: decorators of patch() without a new value give one each, the lowest
// first, after the parameters that are bound already.
static CallId decorator_of_parameter(Resolver *resolver, ParameterId parameter) {
    const Facts *facts = resolver->facts;
    const FunctionFact *function =
        facts_function(facts, facts_parameter(facts, parameter)->function);
    uint32_t wanted = parameter.index - function->first_parameter - fact_is(function->klass);
    CallId given[FAKES_LIMIT];
    uint32_t count = 0;
    for (ExprId d = function->first_decorator; fact_is(d) && count < FAKES_LIMIT;
         d = facts_expr(facts, d)->next_sibling) {
        const ExprFact *row = facts_expr(facts, d);
        Fake fakes[FAKES_LIMIT];
        if (row->kind != EXPR_CALL || !fakes_of_call(resolver, facts_call(facts, row->call), fakes))
            continue;
        if (!fact_is(fakes->given) || fakes->calls) given[count++] = row->call;
    }
    return wanted < count ? given[count - 1 - wanted] : FACT_NONE(CallId);
}

// The call of which BINDING binds the mock: with patch(...) as fake, fake = patch(...).start().
static CallId call_of_binding(Resolver *resolver, const BindingFact *binding) {
    const Facts *facts = resolver->facts;
    if (binding->kind == BINDING_PARAMETER)
        return decorator_of_parameter(resolver, binding->parameter);
    const ExprFact *value = facts_expr(facts, binding->value);
    if (value->kind != EXPR_CALL) return FACT_NONE(CallId);
    const ExprFact *callee = facts_expr(facts, value->base);
    const ExprFact *base = facts_expr(facts, callee->base);
    bool started = callee->kind == EXPR_ATTRIBUTE && base->kind == EXPR_CALL &&
                   str_is(facts_name(facts, callee->name), "start");
    return started ? base->call : value->call;
}

void fakes_flow_effect(Resolver *resolver, const BindingFact *binding) {
    const Facts *facts = resolver->facts;
    const ExprFact *target = facts_expr(facts, binding->target);
    if (target->kind != EXPR_ATTRIBUTE || !name_equal(target->name, resolver->known.side_effect) ||
        facts_expr(facts, target->base)->kind != EXPR_NAME)
        return;
    TypeId given = own_part(resolver, value_of(resolver, binding->value), OWN_FUNCTIONS);
    SymbolId mock = facts->expr_symbols.items[target->base.index];
    if (!given.index || !fact_is(mock)) return;
    for (BindingId b = facts_symbol(facts, mock)->first_binding; fact_is(b);
         b = facts_binding(facts, b)->next_of_symbol) {
        CallId call = call_of_binding(resolver, facts_binding(facts, b));
        Fake fakes[FAKES_LIMIT];
        uint32_t count =
            fact_is(call) ? fakes_of_call(resolver, facts_call(facts, call), fakes) : 0;
        for (uint32_t i = 0; i < count; i++)
            if (is_of_tree(resolver, fakes[i].owner))
                flow_into_attribute(resolver, fakes[i].owner, fakes[i].name, given);
    }
}

static void mark_given(Resolver *resolver, TypeId given, bool *functions) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, given); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, given, i).index];
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD) functions[term.a] = true;
        if (term.kind != TYPE_INSTANCE || !term.a) continue;
        ScopeId body = facts_class(facts, (ClassId){term.a})->body;
        for (SymbolId s = facts_scope(facts, body)->first_symbol; fact_is(s);
             s = facts_symbol(facts, s)->next_in_scope)
            functions[resolver_function_of_symbol(resolver, s).index] = true;
    }
}

void fakes_mark(Resolver *resolver, bool *functions) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        Fake fakes[FAKES_LIMIT];
        uint32_t count = fakes_of_call(resolver, &facts->calls.items[i], fakes);
        for (uint32_t k = 0; k < count; k++)
            if (fact_is(fakes[k].given)) mark_given(resolver, value_of(resolver, fakes[k].given), functions);
    }
    functions[0] = false;
}

bool fakes_is_maker(Str dotted) {
    Str last = str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
    bool library =
        str_starts_with(dotted, STR("unittest.mock.")) || str_starts_with(dotted, STR("mock."));
    return library && (str_ends_with(last, STR("Mock")) || str_is(last, "create_autospec"));
}

TypeId fakes_made(Resolver *resolver, CallId id, Name dotted) {
    const CallFact *call = facts_call(resolver->facts, id);
    ExprId effect = keyword(resolver, call, resolver->known.side_effect);
    if (fact_is(effect)) return own_part(resolver, value_of(resolver, effect), OWN_FUNCTIONS);
    if (!str_ends_with(facts_name(resolver->facts, dotted), STR(".create_autospec")))
        return (TypeId){0};
    TypeId like = own_part(resolver, value_of(resolver, positional(resolver, call, 0)),
                           OWN_FUNCTIONS | OWN_CLASSES);
    bool instance = fact_is(keyword(resolver, call, resolver->known.instance));
    return instance ? value_instances_of(&resolver->types, like) : like;
}
