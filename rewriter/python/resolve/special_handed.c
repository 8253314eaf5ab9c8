// What code outside the tree hands to functions and objects of the tree that it was given. Comes in: calls that leave the
// tree. Goes out: Facts.special_arguments.
//
//     RECORD = partial(record, [])      the list to the first parameter of record
//     filter(seen, words)               parts of words to seen.__call__
//     print(text, file=log)             text to log.write
//     log.warning("%s", name)           name to the handlers, filters and formatters that the tree has
#include "base/bug.h"
#include "python/resolve/resolver.h"

// ---- objects that are run ----------------------------------------------------------------------------
// The methods of an object that whoever has it may call: the object itself, and what a file has.
static FunctionId method_run(Resolver *resolver, TypeId member, Name known) {
    if (!(resolver_member_marks(resolver, known) & MEMBER_DEFINED) || type_kind(&resolver->types, member) != TYPE_INSTANCE) return FACT_NONE(FunctionId);
    TypeTerm term = type_term(&resolver->types, value_attribute(resolver, member, known));
    return term.kind == TYPE_METHOD ? (FunctionId){term.a} : FACT_NONE(FunctionId);
}

// Each parameter of METHOD behind its object may get VALUE or something that is in it.
static void feed(Resolver *resolver, FunctionId method, ExprId value) {
    uint32_t count = facts_function(resolver->facts, method)->parameter_count;
    for (uint32_t k = 1; k < count; k++)
        special_pass(resolver, method, k, (SpecialArgument){.value = value, .part = true});
}

static void hand_to(Resolver *resolver, const CallFact *call, ExprId object, FunctionId method) {
    const Facts *facts = resolver->facts;
    const ExprFact *callee = facts_expr(facts, call->callee);
    special_pass(resolver, method, 0, (SpecialArgument){.value = object});
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = facts_argument(facts, (ArgumentId){call->first_argument + i})->value;
        if (!fact_same(value, object)) feed(resolver, method, value);
    }
    if (callee->kind == EXPR_ATTRIBUTE && type_kind(&resolver->types, value_of(resolver, callee->base)) != TYPE_EXTERNAL)
        feed(resolver, method, callee->base); // words.sort(key=rank)
}

static void hand_objects(Resolver *resolver, const CallFact *call, Name write) {
    const Name names[] = {resolver->known.call, write};
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId object = facts_argument(resolver->facts, (ArgumentId){call->first_argument + i})->value;
        TypeId type = value_of(resolver, object);
        for (uint32_t m = 0; m < type_member_count(&resolver->types, type); m++)
            for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
                FunctionId method = method_run(resolver, type_member(&resolver->types, type, m), names[k]);
                if (fact_is(method)) hand_to(resolver, call, object, method);
            }
    }
}

// ---- methods that a library calls back -------------------------------------------------------------------
// Of an object of the tree whose class inherits from the library: page.feed(text) runs its handle_data(text).
typedef struct Callback {
    const char *called, *prefix;
} Callback;

static const Callback CALLBACKS[] = {{"feed", "handle_"},  {"visit", "visit_"},     {"visit", "generic_visit"},
                                     {"encode", "default"}, {"dump", "persistent_id"}, {"dump", "reducer_override"},
                                     {"format", "get_value"}, {"format", "format_field"}, {"format", "convert_field"},
                                     {"vformat", "get_value"}, {"onecmd", "do_"},     {"onecmd", "default"},
                                     {"dumps", "default"},  {"cls", "default"}};

// All methods of KLASS and its bases whose names begin with PREFIX may get the arguments of the call.
static void call_back(Resolver *resolver, const CallFact *call, ClassId klass, Str prefix) {
    const Facts *facts = resolver->facts;
    const ClassFact *row = facts_class(facts, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ScopeId body = facts_class(facts, facts->ancestors.items[row->first_ancestor + i])->body;
        for (SymbolId s = facts_scope(facts, body)->first_symbol; fact_is(s); s = facts_symbol(facts, s)->next_in_scope) {
            FunctionId method = resolver_function_of_symbol(resolver, s);
            if (!fact_is(method) || !str_starts_with(facts_name(facts, facts_symbol(facts, s)->name), prefix)) continue;
            for (uint32_t k = 0; k < call->argument_count; k++)
                feed(resolver, method, facts_argument(facts, (ArgumentId){call->first_argument + k})->value);
        }
    }
}

// The classes of TYPE, or those that its objects are of.
static void call_back_all(Resolver *resolver, const CallFact *call, TypeId type, Str called) {
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = type_term(&resolver->types, type_member(&resolver->types, type, i));
        bool known = (term.kind == TYPE_INSTANCE || term.kind == TYPE_CLASS) && term.a &&
                     (facts_class(resolver->facts, (ClassId){term.a})->flags & (CLASS_FOREIGN_BASE | CLASS_UNKNOWN_BASE));
        for (size_t k = 0; known && k < sizeof CALLBACKS / sizeof *CALLBACKS; k++)
            if (str_is(called, CALLBACKS[k].called)) call_back(resolver, call, (ClassId){term.a}, str_from(CALLBACKS[k].prefix));
    }
}

static void hand_back(Resolver *resolver, const CallFact *call) {
    const Facts *facts = resolver->facts;
    const ExprFact *callee = facts_expr(facts, call->callee);
    if (callee->kind != EXPR_ATTRIBUTE) return;
    call_back_all(resolver, call, value_of(resolver, callee->base), facts_name(facts, callee->name));
    for (uint32_t i = 0; i < call->argument_count; i++) { // json.dumps(x, cls=Encoder)
        const ArgumentFact *row = facts_argument(facts, (ArgumentId){call->first_argument + i});
        if (row->kind == ARGUMENT_KEYWORD) call_back_all(resolver, call, value_of(resolver, row->value), facts_name(facts, row->name));
    }
}

// ---- logging -----------------------------------------------------------------------------------------
static bool is_one_of(Str name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(name, names[i])) return true;
    return false;
}
#define IS_ONE_OF(name, list) is_one_of(name, list, sizeof(list) / sizeof *(list))

// Methods of the tree that get each record: of handlers, filters and formatters.
typedef Vec(FunctionId) Receivers;

// By class: it has its place in the library's own chain of records.
static bool *find_logging(const Facts *facts) {
    static const char *const bases[] = {"logging.Handler", "logging.StreamHandler", "logging.FileHandler",
                                        "logging.Formatter", "logging.Filter", "logging.handlers.QueueHandler",
                                        "logging.handlers.BufferingHandler", "logging.handlers.RotatingFileHandler",
                                        "logging.handlers.TimedRotatingFileHandler"};
    bool *logging = memory_alloc_zeroed(facts->classes.count + 1, sizeof *logging);
    for (uint32_t i = 0; i < facts->base_names.count; i++)
        if (IS_ONE_OF(facts_name(facts, facts->base_names.items[i].dotted), bases))
            logging[facts->base_names.items[i].klass.index] = true;
    return logging;
}

static bool is_of_logging(const Facts *facts, const bool *logging, ClassId klass) {
    const ClassFact *row = facts_class(facts, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++)
        if (logging[facts->ancestors.items[row->first_ancestor + i].index]) return true;
    return false;
}

static void find_receivers(const Facts *facts, Receivers *receivers) {
    static const char *const methods[] = {"emit", "handle", "format", "filter", "shouldFlush"};
    bool *logging = find_logging(facts);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (fact_is(function->klass) && function->parameter_count > 1 && IS_ONE_OF(facts_name(facts, function->name), methods) &&
            is_of_logging(facts, logging, function->klass))
            vec_add(receivers, ((FunctionId){i}));
    }
    free(logging);
}

static bool logs(const Facts *facts, const CallFact *call) {
    static const char *const levels[] = {"debug", "info", "warning", "error", "critical", "exception", "log"};
    const ExprFact *callee = facts_expr(facts, call->callee);
    return callee->kind == EXPR_ATTRIBUTE && IS_ONE_OF(facts_name(facts, callee->name), levels);
}

// The first receiver gets it, and from that the others do: there may be many calls, and many receivers.
static void log_to(Resolver *resolver, const CallFact *call, FunctionId receiver) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = facts_argument(resolver->facts, (ArgumentId){call->first_argument + i})->value;
        special_pass(resolver, receiver, 1, (SpecialArgument){.value = value, .inside = true});
    }
}

static void join_receivers(Resolver *resolver, const Receivers *receivers) {
    const FunctionFact *first = receivers->count ? facts_function(resolver->facts, receivers->items[0]) : NULL;
    for (uint32_t r = 1; r < receivers->count; r++)
        special_pass(resolver, receivers->items[r], 1, (SpecialArgument){.same = {first->first_parameter + 1}});
}

// ---- all ---------------------------------------------------------------------------------------------
void resolve_special_handed(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    bool *runs_tree = keeping_find_own(facts);
    Name write = intern_find(facts->names, STR("write"));
    Receivers receivers = {0};
    find_receivers(facts, &receivers);
    join_receivers(resolver, &receivers);
    resolver->noting = true;
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        const CallFact *call = &facts->calls.items[i];
        if (runs_tree[i]) continue;
        handed_flow(resolver, call, facts_name(facts, call->dotted));
        if (call->argument_count) hand_objects(resolver, call, write);
        if (call->argument_count) hand_back(resolver, call);
        if (receivers.count && logs(facts, call)) log_to(resolver, call, receivers.items[0]);
    }
    resolver->noting = false;
    vec_release(&receivers);
    free(runs_tree);
}
