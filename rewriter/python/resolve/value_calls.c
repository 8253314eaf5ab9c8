// What calls give: results of functions of the tree, instances, and the few standard-library calls
// that hand a value on (sorted, asyncio.gather, dict.values...).
// Comes in: the callee's type and the call. Goes out: the type of the call expression.
// Must never resolve a call to a function: calls.c does, from the same callee types.
#include "python/resolve/fakes.h"

static TypeId argument_value(Resolver *resolver, CallId call, uint32_t position) {
    if (!fact_is(call)) return (TypeId){0};
    const CallFact *row = facts_call(resolver->facts, call);
    if (position >= row->argument_count) return (TypeId){0};
    const ArgumentFact *argument =
        &resolver->facts->arguments.items[row->first_argument + position];
    return argument->kind == ARGUMENT_POSITIONAL ? value_of(resolver, argument->value)
                                                 : (TypeId){0};
}

// The annotation of a result leaves it to what is returned: which function it is, say.
static bool says_little(const Types *types, TypeId declared) {
    for (uint32_t i = 0; i < type_member_count(types, declared); i++)
        if (type_kind(types, type_member(types, declared, i)) == TYPE_CALLABLE) return true;
    return !declared.index || type_kind(types, declared) == TYPE_PARAMETER;
}

TypeId value_result_of(Resolver *resolver, FunctionId function, TypeId receiver, CallId call) {
    const FunctionFact *row = facts_function(resolver->facts, function);
    Types *types = &resolver->types;
    TypeTerm bound = types->terms.items[receiver.index];
    ClassId klass = receiver.index ? (ClassId){bound.a} : row->klass;
    TypeId result = {0};
    if (fact_is(row->returns)) result = annotation_type(resolver, row->returns, klass);
    if (receiver.index) result = generic_for_receiver(resolver, result, receiver, row->klass);
    result = generic_for_call(resolver, result, call, function, receiver.index ? 1 : 0);
    if (says_little(types, result))
        result = type_join(types, result,
                           value_read(resolver, resolver->result_variable[function.index]));
    bool generator = row->flags & FUNCTION_GENERATOR;
    if (row->flags & FUNCTION_CONTEXT_MANAGER)
        return type_make(types, TYPE_CONTEXT, type_element(types, result).index, 0);
    if ((row->flags & FUNCTION_ASYNC) && !generator)
        return type_make(types, TYPE_AWAITABLE, result.index, 0);
    return result;
}

// ---- standard library ----------------------------------------------------------------------------
typedef enum Passes {
    PASSES_NOTHING,
    PASSES_ITERABLE,   // list(x): iterates over the same
    PASSES_ELEMENT,    // max(x)
    PASSES_VALUE,      // copy(x)
    PASSES_COPY,       // dict(x): an empty one without x
    PASSES_LAST_VALUE, // cast(T, x): T when it is a class of ours, else x
    PASSES_ENUMERATE,
    PASSES_ZIP,
    PASSES_GATHER,
    PASSES_TASK,       // create_task(coroutine)
    PASSES_CALL,       // to_thread(f, ...): awaitable of f's result
    PASSES_EMPTY_LIST,
    PASSES_EMPTY_DICT,
    PASSES_SUPER,
    PASSES_TYPE,
    PASSES_GETATTR,
    PASSES_CHAIN,
    PASSES_WAIT,       // asyncio.wait(tasks)
    PASSES_MAP,        // map(f, xs)
    PASSES_FILTER,     // filter(f, xs)
    PASSES_NEXT,       // next(x), next(x, default)
    PASSES_ANEXT,      // anext(x)
    PASSES_INSTANCE,   // object.__new__(Class)
    PASSES_AWAITED,    // run(coroutine)
    PASSES_FIELD,      // field(default_factory=Class)
    PASSES_FACTORY,    // Factory(Class)
    PASSES_MODULE,     // import_module("app.shop")
} Passes;

static Passes passes_of(Str name) {
    static const struct {
        const char *name;
        Passes passes;
    } TABLE[] = {
        {"super", PASSES_SUPER},          {"list", PASSES_ITERABLE},
        {"set", PASSES_ITERABLE},         {"tuple", PASSES_ITERABLE},
        {"frozenset", PASSES_ITERABLE},   {"sorted", PASSES_ITERABLE},
        {"reversed", PASSES_ITERABLE},    {"iter", PASSES_ITERABLE},
        {"filter", PASSES_FILTER},        {"map", PASSES_MAP},
        {"dict", PASSES_COPY},            {"anext", PASSES_ANEXT},
        {"dataclasses.field", PASSES_FIELD}, {"attr.ib", PASSES_FIELD},
        {"attrs.field", PASSES_FIELD},    {"pydantic.Field", PASSES_FIELD},
        {"attr.attrib", PASSES_FIELD},    {"attr.field", PASSES_FIELD},
        {"attr.Factory", PASSES_FACTORY}, {"attrs.Factory", PASSES_FACTORY},
        {"asyncio.wait", PASSES_WAIT},    {"asyncio.as_completed", PASSES_ITERABLE},
        {"asyncio.Queue", PASSES_EMPTY_LIST}, {"queue.Queue", PASSES_EMPTY_LIST},
        {"asyncio.PriorityQueue", PASSES_EMPTY_LIST}, {"asyncio.LifoQueue", PASSES_EMPTY_LIST},
        {"queue.LifoQueue", PASSES_EMPTY_LIST}, {"queue.PriorityQueue", PASSES_EMPTY_LIST},
        {"queue.SimpleQueue", PASSES_EMPTY_LIST},
        {"next", PASSES_NEXT},            {"max", PASSES_ELEMENT},
        {"min", PASSES_ELEMENT},          {"random.choice", PASSES_ELEMENT},
        {"random.sample", PASSES_ITERABLE},
        {"enumerate", PASSES_ENUMERATE},  {"zip", PASSES_ZIP},
        {"copy.copy", PASSES_VALUE},      {"copy.deepcopy", PASSES_VALUE},
        {"copy.replace", PASSES_VALUE},   {"dataclasses.replace", PASSES_VALUE},
        {"attr.evolve", PASSES_VALUE},    {"attrs.evolve", PASSES_VALUE},
        {"typing.cast", PASSES_LAST_VALUE},
        {"asyncio.gather", PASSES_GATHER},{"asyncio.create_task", PASSES_TASK},
        {"asyncio.ensure_future", PASSES_TASK}, {"asyncio.wait_for", PASSES_TASK},
        {"asyncio.shield", PASSES_TASK},  {"asyncio.run", PASSES_AWAITED},
        {"asyncio.to_thread", PASSES_CALL},
        {"functools.partial", PASSES_VALUE}, {"collections.deque", PASSES_EMPTY_LIST},
        {"collections.OrderedDict", PASSES_EMPTY_DICT},
        {"collections.defaultdict", PASSES_EMPTY_DICT},
        {"weakref.WeakValueDictionary", PASSES_EMPTY_DICT},
        {"weakref.ref", PASSES_NOTHING},  {"type", PASSES_TYPE},
        {"getattr", PASSES_GETATTR},      {"itertools.chain", PASSES_CHAIN},
        {"object.__new__", PASSES_INSTANCE}, {"importlib.import_module", PASSES_MODULE},
    };
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++)
        if (str_is(name, TABLE[i].name)) return TABLE[i].passes;
    return PASSES_NOTHING;
}

// dict(base, reader=read): what BASE has, and what the keywords add.
static TypeId made_dict(Resolver *resolver, CallId call, TypeId base) {
    Types *types = &resolver->types;
    const CallFact *row = facts_call(resolver->facts, call);
    TypeId added = {0};
    for (uint32_t i = 0; fact_is(call) && i < row->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[row->first_argument + i];
        if (argument->kind == ARGUMENT_KEYWORD)
            added = type_join(types, added, value_of(resolver, argument->value));
    }
    if (base.index && !added.index) return base;
    return type_join(types, base, type_make(types, TYPE_DICT, 0, added.index));
}

static TypeId gather_value(Resolver *resolver, CallId call) {
    Types *types = &resolver->types;
    TypeId all = {0};
    const CallFact *row = facts_call(resolver->facts, call);
    for (uint32_t i = 0; i < row->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[row->first_argument + i];
        TypeId value = value_of(resolver, argument->value);
        if (argument->kind == ARGUMENT_REST) value = type_element(types, value);
        for (uint32_t k = 0; k < type_member_count(types, value); k++) {
            TypeTerm term = types->terms.items[type_member(types, value, k).index];
            if (term.kind == TYPE_AWAITABLE) all = type_join(types, all, (TypeId){term.a});
        }
    }
    return type_make(types, TYPE_AWAITABLE, type_make(types, TYPE_LIST, all.index, 0).index, 0);
}

static TypeId super_value(Resolver *resolver, CallId call) {
    const ExprFact *expr =
        facts_expr(resolver->facts, facts_call(resolver->facts, call)->expr);
    ClassId klass = value_enclosing_class(resolver, expr->scope);
    return fact_is(klass) ? type_make(&resolver->types, TYPE_SUPER, klass.index, 0) : (TypeId){0};
}

static TypeId type_value(Resolver *resolver, TypeId value) {
    Types *types = &resolver->types;
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, value); i++) {
        TypeTerm term = types->terms.items[type_member(types, value, i).index];
        if (term.kind == TYPE_INSTANCE)
            result = type_join(types, result, type_make(types, TYPE_CLASS, term.a, 0));
    }
    return result;
}

static TypeId getattr_value(Resolver *resolver, CallId call) {
    const CallFact *row = facts_call(resolver->facts, call);
    if (row->argument_count < 2) return (TypeId){0};
    Types *types = &resolver->types;
    ExprId name = resolver->facts->arguments.items[row->first_argument + 1].value;
    const ExprFact *literal = facts_expr(resolver->facts, name);
    TypeId object = argument_value(resolver, call, 0);
    TypeId result = argument_value(resolver, call, 2);
    if (literal->kind == EXPR_STRING && literal->name.index)
        return type_join(types, result, value_attribute(resolver, object, literal->name));
    for (uint32_t i = 0; i < type_member_count(types, object); i++) {
        TypeTerm term = types->terms.items[type_member(types, object, i).index];
        if ((term.kind == TYPE_INSTANCE || term.kind == TYPE_CLASS) && term.a)
            result = type_join(types, result,
                               type_make(types, TYPE_DYNAMIC, term.a, name.index));
    }
    return result;
}

static TypeId keyword_value(Resolver *resolver, CallId call, Name name) {
    const CallFact *row = facts_call(resolver->facts, call);
    for (uint32_t i = 0; i < row->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[row->first_argument + i];
        if (argument->kind == ARGUMENT_KEYWORD && name_equal(argument->name, name))
            return value_of(resolver, argument->value);
    }
    return (TypeId){0};
}

// What a factory outside the tree makes when somebody else calls it: defaultdict(list).
static TypeId factory_value(Resolver *resolver, Name dotted) {
    Str name = facts_name(resolver->facts, dotted);
    if (str_is(name, "list") || str_is(name, "set") || str_is(name, "collections.deque"))
        return type_make(&resolver->types, TYPE_LIST, 0, 0);
    if (str_is(name, "dict")) return type_make(&resolver->types, TYPE_DICT, 0, 0);
    return (TypeId){0};
}

// ---- what each kind of known function gives -------------------------------------------------------
// concurrent.futures.wait(tasks): two sets of them.
static TypeId waited_value(Resolver *resolver, TypeId first) {
    Types *types = &resolver->types;
    TypeId tasks = type_make(types, TYPE_LIST, type_element(types, first).index, 0);
    TypeId parts[2] = {tasks, tasks};
    return type_make(types, TYPE_AWAITABLE, type_tuple(types, parts, 2).index, 0);
}

static ExprId keyword_expr(const Facts *facts, CallId call, Str name) {
    const CallFact *row = facts_call(facts, call);
    for (uint32_t i = 0; fact_is(call) && i < row->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[row->first_argument + i];
        if (argument->kind == ARGUMENT_KEYWORD && str_equal(facts_name(facts, argument->name), name))
            return argument->value;
    }
    return FACT_NONE(ExprId);
}

// field(default=x, default_factory=Store), attr.ib(factory=Store), attr.ib(type=Store)
static TypeId field_value(Resolver *resolver, CallId call) {
    Types *types = &resolver->types;
    ExprId factory = keyword_expr(resolver->facts, call, STR("factory"));
    ExprId declared = keyword_expr(resolver->facts, call, STR("type"));
    TypeId made = type_join(types, keyword_value(resolver, call, resolver->known.default_factory),
                            fact_is(factory) ? value_of(resolver, factory) : (TypeId){0});
    TypeId given = type_join(types, keyword_value(resolver, call, resolver->known.default_),
                             value_call_result(resolver, FACT_NONE(CallId), made));
    if (!fact_is(declared)) return given;
    return type_join(types, given, annotation_type(resolver, declared, FACT_NONE(ClassId)));
}

// cast(Store, x): what the first argument says, else the second one.
static TypeId cast_value(Resolver *resolver, CallId call) {
    ExprId said = resolver->facts->arguments.items[facts_call(resolver->facts, call)->first_argument].value;
    TypeId declared = annotation_type(resolver, said, FACT_NONE(ClassId));
    return declared.index ? declared : argument_value(resolver, call, 1);
}

static TypeId enumerated_value(Resolver *resolver, TypeId first) {
    Types *types = &resolver->types;
    TypeId parts[2] = {{0}, type_element(types, first)};
    return type_make(types, TYPE_LIST, type_tuple(types, parts, 2).index, 0);
}

static TypeId zipped_value(Resolver *resolver, CallId call) {
    Types *types = &resolver->types;
    TypeId parts[3];
    for (uint32_t i = 0; i < 3; i++) parts[i] = type_element(types, argument_value(resolver, call, i));
    uint32_t count = facts_call(resolver->facts, call)->argument_count;
    return type_make(types, TYPE_LIST, type_tuple(types, parts, count > 3 ? 3 : count).index, 0);
}

static TypeId module_value(Resolver *resolver, CallId call) {
    const CallFact *row = facts_call(resolver->facts, call);
    if (row->argument_count == 0) return (TypeId){0};
    return reflection_module(resolver, resolver->facts->arguments.items[row->first_argument].value);
}

static TypeId external_call(Resolver *resolver, CallId call, Name dotted) {
    Types *types = &resolver->types;
    if (!fact_is(call)) return factory_value(resolver, dotted);
    if (fakes_is_maker(facts_name(resolver->facts, dotted)))
        return fakes_made(resolver, call, dotted);
    Passes passes = passes_of(facts_name(resolver->facts, dotted));
    if (passes == PASSES_NOTHING) return foreign_call_result(resolver, call, dotted);
    TypeId first = argument_value(resolver, call, 0);
    switch (passes) {
    case PASSES_ITERABLE: case PASSES_CHAIN:
        return type_make(types, TYPE_LIST, type_element(types, first).index, 0);
    case PASSES_ELEMENT: return type_element(types, first);
    case PASSES_NEXT: // next(x, default)
        return type_join(types, type_element(types, first), argument_value(resolver, call, 1));
    case PASSES_INSTANCE: return value_instances_of(types, first);
    case PASSES_VALUE: return first;
    case PASSES_COPY: return made_dict(resolver, call, first);
    case PASSES_MAP:
        return type_make(types, TYPE_LIST,
                         value_call_result(resolver, FACT_NONE(CallId), first).index, 0);
    case PASSES_FILTER:
        return type_make(types, TYPE_LIST,
                         type_element(types, argument_value(resolver, call, 1)).index, 0);
    case PASSES_ANEXT: return type_make(types, TYPE_AWAITABLE, type_element(types, first).index, 0);
    case PASSES_AWAITED: return value_awaited(types, first);
    case PASSES_WAIT: return waited_value(resolver, first);
    case PASSES_FIELD: return field_value(resolver, call);
    case PASSES_FACTORY: return value_call_result(resolver, FACT_NONE(CallId), first);
    case PASSES_LAST_VALUE: return cast_value(resolver, call);
    case PASSES_ENUMERATE: return enumerated_value(resolver, first);
    case PASSES_ZIP: return zipped_value(resolver, call);
    case PASSES_GATHER: return gather_value(resolver, call);
    case PASSES_TASK: return first;
    case PASSES_CALL:
        return type_make(types, TYPE_AWAITABLE,
                         value_call_result(resolver, FACT_NONE(CallId), first).index, 0);
    case PASSES_EMPTY_LIST:
        return type_make(types, TYPE_LIST, type_element(types, first).index, 0);
    case PASSES_EMPTY_DICT: {
        // defaultdict(Factory): values are what the factory makes
        TypeId made = value_call_result(resolver, FACT_NONE(CallId), first);
        return type_make(types, TYPE_DICT, 0, made.index);
    }
    case PASSES_SUPER: return super_value(resolver, call);
    case PASSES_TYPE: return type_value(resolver, first);
    case PASSES_GETATTR: return getattr_value(resolver, call);
    case PASSES_MODULE: return module_value(resolver, call);
    case PASSES_NOTHING: break;
    }
    return (TypeId){0};
}

// ---- methods of containers -----------------------------------------------------------------------
static TypeId member_call(Resolver *resolver, CallId call, TypeId container, Name name) {
    Types *types = &resolver->types;
    const KnownNames *known = &resolver->known;
    TypeTerm term = types->terms.items[container.index];
    // Base.__subclasses__(): a class that is a value stands for those below it.
    if (term.kind == TYPE_CLASS) return type_make(types, TYPE_LIST, container.index, 0);
    if (term.kind == TYPE_DICT) {
        TypeId key = {term.a}, value = {term.b};
        if (name_equal(name, known->values)) return type_make(types, TYPE_LIST, value.index, 0);
        if (name_equal(name, known->keys)) return type_make(types, TYPE_LIST, key.index, 0);
        if (name_equal(name, known->items)) {
            TypeId parts[2] = {key, value};
            return type_make(types, TYPE_LIST, type_tuple(types, parts, 2).index, 0);
        }
        if (name_equal(name, known->popitem)) {
            TypeId parts[2] = {key, value};
            return type_tuple(types, parts, 2);
        }
        if (name_equal(name, known->get) || name_equal(name, known->pop) ||
            name_equal(name, known->setdefault))
            return type_join(types, value, argument_value(resolver, call, 1));
        if (name_equal(name, known->copy)) return container;
        return (TypeId){0};
    }
    if (term.kind == TYPE_AWAITABLE)
        return name_equal(name, known->result) ? (TypeId){term.a} : (TypeId){0};
    if (name_equal(name, known->pop) || name_equal(name, known->popleft) ||
        name_equal(name, known->get_nowait))
        return type_element(types, container);
    if (name_equal(name, known->get)) { // of a queue: some of them are awaited
        TypeId element = type_element(types, container);
        return type_join(types, element, type_make(types, TYPE_AWAITABLE, element.index, 0));
    }
    if (name_equal(name, known->copy)) return container;
    return (TypeId){0};
}

static TypeId callee_result(Resolver *resolver, CallId call, TypeId callee) {
    Types *types = &resolver->types;
    TypeTerm term = types->terms.items[callee.index];
    switch (term.kind) {
    case TYPE_CLASS: return term.a ? type_make(types, TYPE_INSTANCE, term.a, 0) : (TypeId){0};
    case TYPE_FUNCTION:
        return value_result_of(resolver, (FunctionId){term.a}, (TypeId){0}, call);
    case TYPE_METHOD:
        return value_result_of(resolver, (FunctionId){term.a}, (TypeId){term.b}, call);
    case TYPE_CALLABLE: return (TypeId){term.a};
    case TYPE_INSTANCE:
        return value_call_result(resolver, FACT_NONE(CallId),
                                 value_attribute(resolver, callee, resolver->known.call));
    case TYPE_EXTERNAL: return external_call(resolver, call, (Name){term.a});
    case TYPE_MEMBER: return member_call(resolver, call, (TypeId){term.a}, (Name){term.b});
    case TYPE_FOREIGN: return foreign_method_result(resolver, call, callee);
    case TYPE_UNKNOWN: case TYPE_DYNAMIC: case TYPE_PARAMETER: case TYPE_NONE: case TYPE_MODULE: case TYPE_LIST: case TYPE_DICT:
    case TYPE_TUPLE: case TYPE_AWAITABLE: case TYPE_CONTEXT: case TYPE_SUPER: case TYPE_UNION:
        return (TypeId){0};
    }
    return (TypeId){0};
}

TypeId value_call_result(Resolver *resolver, CallId call, TypeId callee) {
    TypeMembers members = {.count = 0};
    if (resolver->depth > 40) return (TypeId){0};
    if (++resolver->depth > resolver->deepest) resolver->deepest = resolver->depth;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, callee); i++)
        type_add_members(&resolver->types, &members,
                         callee_result(resolver, call, type_member(&resolver->types, callee, i)));
    resolver->depth--;
    return type_of_members(&resolver->types, &members);
}
