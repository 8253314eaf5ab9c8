// Functions that are handed over with their arguments: what calls them later passes these.
// Comes in: calls of something outside the tree. Goes out: types of parameters.
// Must leave out what passes other values on than it is given: map() passes elements.
//
//     partial(check, hash_function=sha256)
//     loop.run_in_executor(None, check, text)
//     Thread(target=check, args=(text,), kwargs={"hash_function": sha256})
#include "python/resolve/resolver.h"

typedef struct Handing {
    const char *name;  // dotted, or a method of whatever object
    uint32_t position; // of the function; its arguments follow
    uint32_t receiver; // parameters of the function that it fills itself, in front of them
} Handing;

static const Handing BY_NAME[] = {{"functools.partial", 0, 0},
                                  {"functools.partialmethod", 0, 1},
                                  {"asyncio.to_thread", 0, 0},
                                  {"gevent.spawn", 0, 0},
                                  {"gevent.spawn_later", 1, 0},
                                  {"eventlet.spawn", 0, 0}};
static const Handing BY_METHOD[] = {{"submit", 0, 0},
                                    {"run_in_executor", 1, 0},
                                    {"call_soon", 0, 0},
                                    {"call_soon_threadsafe", 0, 0},
                                    {"call_later", 1, 0},
                                    {"call_at", 1, 0},
                                    {"add_task", 0, 0}};

// `target=f, args=(...), kwargs={...}`, or `delay, f, args, kwargs`.
typedef struct Packing {
    const char *name;
    const char *function;
    uint32_t position; // of the function, where it has no keyword; what it is called with follows
} Packing;

static const Packing PACKED[] = {{"threading.Thread", "target", 1},
                                 {"threading.Timer", "function", 1},
                                 {"multiprocessing.Process", "target", 1},
                                 {"_thread.start_new_thread", "function", 0}};

static const Handing *handing_of(const Resolver *resolver, const CallFact *call, Str dotted) {
    for (size_t i = 0; i < sizeof BY_NAME / sizeof *BY_NAME; i++)
        if (str_is(dotted, BY_NAME[i].name)) return &BY_NAME[i];
    const ExprFact *callee = facts_expr(resolver->facts, call->callee);
    if (callee->kind != EXPR_ATTRIBUTE) return NULL;
    Str name = facts_name(resolver->facts, callee->name);
    for (size_t i = 0; i < sizeof BY_METHOD / sizeof *BY_METHOD; i++)
        if (str_is(name, BY_METHOD[i].name)) return &BY_METHOD[i];
    return NULL;
}

// The functions that VALUE may be, one after the other from *AT on, and the parameters that are filled before the call.
static bool next_function(Resolver *resolver, TypeId value, uint32_t *at, FunctionId *function, uint32_t *skip) {
    Types *types = &resolver->types;
    while (*at < type_member_count(types, value)) {
        TypeId member = type_member(types, value, (*at)++);
        TypeTerm term = types->terms.items[member.index];
        if (term.kind == TYPE_INSTANCE)
            term = types->terms.items[value_attribute(resolver, member, resolver->known.call).index];
        *skip = term.kind == TYPE_FUNCTION ? 0 : 1;
        *function = (FunctionId){term.a};
        if (term.kind == TYPE_CLASS && term.a) *function = facts_class(resolver->facts, (ClassId){term.a})->constructor;
        bool runs = term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD || (term.kind == TYPE_CLASS && term.a);
        if (runs && fact_is(*function)) return true;
    }
    return false;
}

// ---- arguments that follow -----------------------------------------------------------------------
static void hand(Resolver *resolver, const CallFact *call, const Handing *handing) {
    const ArgumentFact *arguments = &resolver->facts->arguments.items[call->first_argument];
    if (call->argument_count <= handing->position) return;
    for (uint32_t i = 0; i <= handing->position; i++)
        if (arguments[i].kind != ARGUMENT_POSITIONAL) return;
    TypeId value = value_of(resolver, arguments[handing->position].value);
    FunctionId function;
    for (uint32_t at = 0, skip; next_function(resolver, value, &at, &function, &skip);) {
        for (uint32_t i = handing->position + 1; i < call->argument_count; i++) {
            if (arguments[i].kind == ARGUMENT_REST) break; // positions are unknown from here
            if (arguments[i].kind == ARGUMENT_KEYWORD_REST) continue;
            argument_pass(resolver, function, i - handing->position - 1 + skip + handing->receiver, &arguments[i]);
        }
    }
}

// ---- arguments that are packed -------------------------------------------------------------------
static ExprId packed_value(const Resolver *resolver, const CallFact *call, const char *keyword, uint32_t position) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[call->first_argument + i];
        if (argument->kind == ARGUMENT_POSITIONAL ? i == position
                                                  : argument->kind == ARGUMENT_KEYWORD &&
                                                        str_is(facts_name(resolver->facts, argument->name), keyword))
            return argument->value;
    }
    return FACT_NONE(ExprId);
}

static void hand_packed(Resolver *resolver, const CallFact *call, const Packing *packing) {
    const Facts *facts = resolver->facts;
    TypeId value = value_of(resolver, packed_value(resolver, call, packing->function, packing->position));
    const ExprFact *rest = facts_expr(facts, packed_value(resolver, call, "args", packing->position + 1));
    if (rest->kind != EXPR_TUPLE && rest->kind != EXPR_LIST) return;
    FunctionId function;
    for (uint32_t at = 0, skip; next_function(resolver, value, &at, &function, &skip);) {
        uint32_t position = skip;
        for (ExprId item = rest->first_child; fact_is(item); item = facts_expr(facts, item)->next_sibling) {
            ArgumentFact argument = {.kind = ARGUMENT_POSITIONAL, .value = item};
            if (facts_expr(facts, item)->kind == EXPR_STAR) break;
            argument_pass(resolver, function, position++, &argument);
        }
    }
}

// ---- copies with other values ----------------------------------------------------------------------
// replace(job, reader=other), row._replace(reader=other): a copy has the value in its field.
static void hand_fields(Resolver *resolver, const CallFact *call, TypeId copied) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, copied); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, copied, i).index];
        for (uint32_t k = 0; term.kind == TYPE_INSTANCE && k < call->argument_count; k++) {
            const ArgumentFact *argument = &facts->arguments.items[call->first_argument + k];
            if (argument->kind == ARGUMENT_KEYWORD)
                flow_into_attribute(resolver, type_member(&resolver->types, copied, i), argument->name,
                                    value_of(resolver, argument->value));
        }
    }
}

static void hand_copies(Resolver *resolver, const CallFact *call, Str dotted) {
    static const char *const COPIERS[] = {"dataclasses.replace", "copy.replace", "attr.evolve", "attrs.evolve"};
    const Facts *facts = resolver->facts;
    const ExprFact *callee = facts_expr(facts, call->callee);
    if (callee->kind == EXPR_ATTRIBUTE && str_is(facts_name(facts, callee->name), "_replace"))
        hand_fields(resolver, call, value_of(resolver, callee->base));
    for (size_t i = 0; call->argument_count && i < sizeof COPIERS / sizeof *COPIERS; i++)
        if (str_is(dotted, COPIERS[i]))
            hand_fields(resolver, call, value_of(resolver, facts->arguments.items[call->first_argument].value));
}

void handed_flow(Resolver *resolver, const CallFact *call, Str dotted) {
    const Handing *handing = handing_of(resolver, call, dotted);
    if (handing) hand(resolver, call, handing);
    if (!resolver->noting) hand_copies(resolver, call, dotted);
    for (size_t i = 0; i < sizeof PACKED / sizeof *PACKED; i++)
        if (str_is(dotted, PACKED[i].name)) hand_packed(resolver, call, &PACKED[i]);
}
