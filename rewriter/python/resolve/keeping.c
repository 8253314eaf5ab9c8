// What calls that leave the tree do with what they are given: whether the receiver, the result or the
// process keeps it. Comes in: calls with their names and edges. Goes out: CALL_FILLS and the like.
//
// Names of methods decide, since nothing is known of the receiver: `x.append(y)` fills x. What is neither listed
// (keeping_names.c) nor says so by its name is taken to compute its result from the arguments and to keep nothing.
#include <string.h>

#include "base/bug.h"
#include "facts/called_method.h"
#include "python/resolve/keeping_names.h"
#include "python/resolve/resolver.h"

// list.append(rows, x): the method of a class of the language, whose object is the first argument.
static bool is_unbound(Str dotted) {
    static const char *const classes[] = {"list", "dict", "set", "bytearray", "collections.deque",
                                          "collections.OrderedDict", "collections.Counter",
                                          "collections.defaultdict"};
    ptrdiff_t dot = str_find_last(dotted, '.');
    for (size_t i = 0; dot > 0 && i < sizeof classes / sizeof *classes; i++)
        if (str_is(str_slice(dotted, 0, (size_t)dot), classes[i])) return true;
    return false;
}

// ContextVar.set(value) of every message gives each task its own; one that is only made now and then gives
// what is there already to whoever comes. client.set(key, value) of a cache keeps in any case.
static uint32_t flags_of_set(const Facts *facts, const CallFact *call) {
    const StatementFact *statement = facts_statement(facts, facts_expr(facts, call->expr)->statement);
    StatementKind around = fact_is(statement->parent) ? facts_statement(facts, statement->parent)->kind : STATEMENT_OTHER;
    bool in_handler = around == STATEMENT_TRY && statement->branch == 2; // except LookupError: name.set(value)
    bool now_and_then = around == STATEMENT_IF || in_handler;
    return call->argument_count > 1 || (call->argument_count && now_and_then) ? CALL_FILLS : 0;
}

// sched.scheduler.enter(delay, priority, action): other methods of that name keep nothing, and take less.
static uint32_t flags_of_enter(const CallFact *call) { return call->argument_count > 2 ? CALL_FILLS : 0; }

// open(path, "w") and the like: with a mode that writes, as a literal.
static bool opens_to_write(const Facts *facts, const CallFact *call) {
    static const char *const OPENERS[] = {"open", "io.open", "gzip.open", "bz2.open", "lzma.open",
                                          "codecs.open", "aiofiles.open"};
    Str dotted = facts_name(facts, call->dotted);
    bool opens = false;
    for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++) opens = opens || str_is(dotted, OPENERS[i]);
    for (uint32_t i = 1; opens && i < call->argument_count; i++) {
        const ArgumentFact *argument = facts_argument(facts, (ArgumentId){call->first_argument + i});
        bool is_mode = argument->kind == ARGUMENT_KEYWORD
                           ? str_is(facts_name(facts, argument->name), "mode")
                           : i == 1;
        Str mode = facts_name(facts, facts_expr(facts, argument->value)->name);
        for (size_t c = 0; is_mode && c < mode.length; c++)
            if (strchr("wax+", mode.data[c])) return true;
    }
    return false;
}

bool keeping_fills(const Facts *facts, CallId call) {
    const ExprFact *callee = facts_expr(facts, facts_call(facts, call)->callee);
    return callee->kind == EXPR_ATTRIBUTE &&
           (keeping_flags_of_method(facts_name(facts, callee->name)) & CALL_FILLS);
}

// sqlalchemy.update is a function of a package, and fills nothing.
static bool is_package(Resolver *resolver, ExprId expr) {
    TypeKind kind = type_kind(&resolver->types, value_of(resolver, expr));
    return kind == TYPE_MODULE || kind == TYPE_EXTERNAL;
}

// call_soon(words.append, word): who runs the method puts the other arguments into its receiver.
static bool hands_filler(Resolver *resolver, const CallFact *call) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = facts_argument(facts, (ArgumentId){call->first_argument + i})->value, object;
        Str name;
        if (facts_called_method(facts, value, &object, &name) && (keeping_flags_of_method(name) & CALL_FILLS) &&
            !is_package(resolver, object))
            return true;
    }
    return false;
}

// A class of a library keeps what its instances are made with, as far as anybody can see.
static bool is_class_name(Str dotted) {
    Str last = keeping_last_part(dotted);
    return last.length > 1 && last.data[0] >= 'A' && last.data[0] <= 'Z' && last.data[1] >= 'a' &&
           last.data[1] <= 'z';
}

bool *keeping_find_own(const Facts *facts) {
    bool *own = memory_alloc_zeroed(facts->calls.count + 1, sizeof *own);
    for (uint32_t i = 1; i < facts->edges.count; i++)
        if (facts->edges.items[i].kind == EDGE_CALL || facts->edges.items[i].kind == EDGE_CONSTRUCT)
            own[facts->edges.items[i].call.index] = true;
    return own;
}

// ---- generators --------------------------------------------------------------------------------------
// By name: it is bound to a generator of the tree somewhere, as a name or as an attribute.
static bool *find_generators(const Facts *facts) {
    bool *names = memory_alloc_zeroed(intern_count(facts->names) + 1, sizeof *names);
    bool *makes = memory_alloc_zeroed(facts->calls.count + 1, sizeof *makes);
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind == EDGE_CALL && (facts_function(facts, edge->callee)->flags & FUNCTION_GENERATOR))
            makes[edge->call.index] = true;
    }
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        const ExprFact *value = facts_expr(facts, binding->value);
        if (!fact_is(binding->value) || value->kind != EXPR_CALL || !makes[value->call.index]) continue;
        Name name = fact_is(binding->symbol) ? facts_symbol(facts, binding->symbol)->name
                                             : facts_expr(facts, binding->target)->name;
        names[name.index] = true;
    }
    names[0] = false;
    free(makes);
    return names;
}

// What is sent into a generator is in it from then on.
static uint32_t flags_of_send(const Facts *facts, const ExprFact *callee, const bool *generators) {
    Str name = facts_name(facts, callee->name);
    bool sends = callee->kind == EXPR_ATTRIBUTE && (str_is(name, "send") || str_is(name, "throw"));
    return sends && generators[facts_expr(facts, callee->base)->name.index] ? CALL_FILLS | CALL_GIVES_PART : 0;
}

// ---- methods that functions give ----------------------------------------------------------------------
// By function: it returns a method that fills what it belongs to, return self.listeners[event].append.
static bool *find_giving(const Facts *facts) {
    bool *gives = memory_alloc_zeroed(facts->functions.count + 1, sizeof *gives);
    for (uint32_t i = 1; i < facts->statements.count; i++) {
        const StatementFact *row = &facts->statements.items[i];
        const ExprFact *value = facts_expr(facts, row->value);
        if (row->kind == STATEMENT_RETURN && value->kind == EXPR_ATTRIBUTE &&
            (keeping_flags_of_method(facts_name(facts, value->name)) & CALL_FILLS))
            gives[facts_scope_function(facts, value->scope).index] = true;
    }
    gives[0] = false;
    return gives;
}

// bus.say, a property of the tree that is such a function.
static bool is_giving_property(Resolver *resolver, const ExprFact *attribute, const bool *gives) {
    TypeId type = value_of(resolver, attribute->base);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = type_term(&resolver->types, type_member(&resolver->types, type, i));
        if (term.kind != TYPE_INSTANCE || !term.a) continue;
        SymbolId symbol = resolver_member(resolver, (ClassId){term.a}, 0, attribute->name, NULL);
        if (gives[resolver_function_of_symbol(resolver, symbol).index]) return true;
    }
    return false;
}

// By expression: a call of such a function, or a property that is one.
static bool *find_fillers(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    bool *gives = find_giving(facts), *fillers = memory_alloc_zeroed(facts->exprs.count + 1, sizeof *fillers);
    bool *names = memory_alloc_zeroed(intern_count(facts->names) + 1, sizeof *names); // of properties that are one
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (gives[i] && (facts->functions.items[i].flags & FUNCTION_PROPERTY)) names[facts->functions.items[i].name.index] = true;
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind == EDGE_CALL && gives[edge->callee.index]) fillers[edge->expr.index] = true;
    }
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        ExprId callee = facts->calls.items[i].callee;
        const ExprFact *row = facts_expr(facts, callee);
        if (row->kind == EXPR_ATTRIBUTE && names[row->name.index] && is_giving_property(resolver, row, gives))
            fillers[callee.index] = true;
    }
    free(names);
    free(gives);
    return fillers;
}

// ---- all -----------------------------------------------------------------------------------------------
static uint32_t flags_of_call(const Facts *facts, const CallFact *call, const bool *generators) {
    Str dotted = facts_name(facts, call->dotted), name;
    const ExprFact *callee = facts_expr(facts, call->callee);
    ExprId object;
    uint32_t flags = opens_to_write(facts, call) ? CALL_OPENS : keeping_flags_of_function(dotted);
    if (!flags) flags = flags_of_send(facts, callee, generators);
    if (flags || !facts_called_method(facts, call->callee, &object, &name)) return flags;
    flags = str_is(name, "set")     ? flags_of_set(facts, call)
            : str_is(name, "enter") ? flags_of_enter(call)
                                    : keeping_flags_of_method(name);
    if (callee->kind == EXPR_ATTRIBUTE) return (flags & CALL_FILLS) && is_unbound(dotted) ? CALL_FILLS_ARGUMENT : flags;
    return flags & CALL_FILLS; // nothing else is asked of a method under another name
}

// HANDLER.setFormatter(x), codecs.register_error(name, x): of a name that is not listed.
static uint32_t flags_by_word(Resolver *resolver, const CallFact *call) {
    const Facts *facts = resolver->facts;
    const ExprFact *callee = facts_expr(facts, call->callee);
    Str name = keeping_last_part(facts_name(facts, call->dotted));
    if (callee->kind == EXPR_NAME)
        return is_package(resolver, call->callee) && keeping_function_says(name) ? CALL_REGISTERS : 0;
    if (callee->kind != EXPR_ATTRIBUTE) return 0;
    if (is_package(resolver, callee->base)) return keeping_function_says(name) ? CALL_REGISTERS : 0;
    return keeping_method_says(name) && !str_is(name, "set") ? CALL_FILLS : 0; // flags_of_set has looked at that
}

// operator.methodcaller("append", x)(rows): what the callee was made of is put into the argument.
static bool is_method_caller(const Facts *facts, ExprId callee) {
    const ExprFact *row = facts_expr(facts, callee);
    if (row->kind == EXPR_NAME) {
        SymbolId symbol = facts->expr_symbols.items[callee.index];
        if (!fact_is(symbol)) return false;
        row = facts_expr(facts, facts_binding(facts, facts_symbol(facts, symbol)->first_binding)->value);
    }
    if (row->kind != EXPR_CALL) return false;
    const CallFact *made = facts_call(facts, row->call);
    if (!made->argument_count || !str_is(facts_name(facts, made->dotted), "operator.methodcaller")) return false;
    ExprId first = facts_argument(facts, (ArgumentId){made->first_argument})->value;
    Str method = facts_name(facts, facts_expr(facts, first)->name);
    return (keeping_flags_of_method(method) & CALL_FILLS) || keeping_method_says(method);
}

// frame.f_globals, function.__globals__
static void mark_globals(Facts *facts) {
    static const char *const names[] = {"f_globals", "f_builtins", "__globals__"};
    Name known[sizeof names / sizeof *names];
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) known[k] = intern_find(facts->names, str_from(names[k]));
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (facts->exprs.items[i].kind == EXPR_ATTRIBUTE && name_equal(facts->exprs.items[i].name, known[k]))
                facts->exprs.items[i].flags |= EXPR_GIVES_GLOBALS;
}

void resolve_keeping(Resolver *resolver) {
    Facts *facts = resolver->facts;
    mark_globals(facts);
    bool *runs_tree = keeping_find_own(facts), *generators = find_generators(facts);
    bool *holders = memory_holders_find(facts), *fillers = find_fillers(resolver);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        CallFact *call = &facts->calls.items[i];
        if (runs_tree[i]) continue;
        Str dotted = facts_name(facts, call->dotted);
        uint32_t flags = flags_of_call(facts, call, generators);
        if (fillers[call->callee.index]) flags |= CALL_FILLS;
        flags = memory_holder_flags(facts, call, flags, holders);
        if (!flags && is_method_caller(facts, call->callee)) flags = CALL_FILLS_ARGUMENT;
        if (!flags && is_class_name(dotted)) flags = CALL_KEEPS;
        if (!flags) flags = flags_by_word(resolver, call);
        if (hands_filler(resolver, call)) flags |= CALL_HANDS_FILLER;
        call->flags |= flags;
    }
    free(runs_tree);
    free(generators);
    free(holders);
    free(fillers);
}
