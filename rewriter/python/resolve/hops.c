// Functions that run elsewhere: in a worker of a task queue, in another thread or process, on a signal. What the
// running task has in its context variables does not get there by itself.
// Comes in: the fixpoint of values and names of calls. Goes out: Facts.hops, and EDGE_ESCAPE rows for functions that
// are sent by a method of theirs. Must leave out what runs where it is called.
//
//     send.delay(1)                    # a method that the decorator of `send` gave it
//     queue.enqueue(send, 1)           # the function as a value
//     app.send_task("jobs.send", [1])  # its name
#include "base/map.h"
#include "python/resolve/resolver.h"

#define IS_ONE_OF(name, list) is_one_of(name, list, sizeof(list) / sizeof *(list))

static bool is_one_of(Str name, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(name, list[i])) return true;
    return false;
}

// What queues call the methods of their tasks: Celery, Dramatiq, RQ, Huey, taskiq, Procrastinate, Ray.
static const char *const SENDERS[] = {"delay",
                                      "apply_async",
                                      "apply",
                                      "s",
                                      "si",
                                      "signature",
                                      "subtask",
                                      "chunks",
                                      "map",
                                      "starmap",
                                      "send",
                                      "message",
                                      "kiq",
                                      "kicker",
                                      "enqueue",
                                      "queue",
                                      "schedule",
                                      "defer",
                                      "defer_async",
                                      "configure",
                                      "remote",
                                      "submit",
                                      "spawn",
                                      "start",
                                      "async_",
                                      "send_with_options",
                                      "message_with_options",
                                      "enqueue_in",
                                      "enqueue_at"};

// Calls that run a function elsewhere which they are given.
static const char *const RUNNERS[] = {"Thread",
                                      "Timer",
                                      "Process",
                                      "start_new_thread",
                                      "submit",
                                      "run_in_executor",
                                      "map_async",
                                      "imap",
                                      "imap_unordered",
                                      "starmap",
                                      "starmap_async",
                                      "apply_async",
                                      "enqueue",
                                      "enqueue_in",
                                      "enqueue_at",
                                      "enqueue_call",
                                      "add_job",
                                      "add_task",
                                      "add_signal_handler",
                                      "spawn",
                                      "spawn_later",
                                      "add_periodic_task",
                                      "async_task"};

static const char *const POOL_METHODS[] = {"map",     "map_async",     "imap",  "imap_unordered",
                                           "starmap", "starmap_async", "apply", "apply_async"};

// Calls that run the function whose name they are given.
static const char *const NAMERS[] = {"send_task",  "signature",  "subtask",          "enqueue",
                                     "enqueue_in", "enqueue_at", "enqueue_call",     "add_job",
                                     "async_task", "schedule",   "add_periodic_task"};

static const ExprFact *row_of(const Resolver *resolver, ExprId expr) {
    return facts_expr(resolver->facts, expr);
}

static void add(Resolver *resolver, CallId call, ExprId expr, FunctionId function, HopKind kind) {
    Hop row = {.call = call, .expr = expr, .function = function, .kind = kind};
    vec_add(&resolver->facts->hops, row);
}

// ---- methods of functions --------------------------------------------------------------------------
// @app.task(bind=True) def resend(self, n): the task itself is its first parameter.
static FunctionId bound_task(const Resolver *resolver, ExprId base) {
    const Facts *facts = resolver->facts;
    SymbolId symbol = facts->expr_symbols.items[base.index];
    if (facts_expr(facts, base)->kind != EXPR_NAME || !fact_is(symbol) ||
        !(facts_symbol(facts, symbol)->flags & SYMBOL_PARAMETER))
        return FACT_NONE(FunctionId);
    BindingId binding = facts_symbol(facts, symbol)->first_binding;
    ParameterId parameter = facts_binding(facts, binding)->parameter;
    FunctionId function = facts_parameter(facts, parameter)->function;
    const FunctionFact *row = facts_function(facts, function);
    bool task = parameter.index == row->first_parameter && !fact_is(row->klass) &&
                (row->flags & FUNCTION_WRAPPED);
    return task ? function : FACT_NONE(FunctionId);
}

static void add_sender(Resolver *resolver, CallId id) {
    Facts *facts = resolver->facts;
    const ExprFact *callee = row_of(resolver, facts_call(facts, id)->callee);
    if (callee->kind != EXPR_ATTRIBUTE || (callee->flags & EXPR_IN_DECORATOR) ||
        !IS_ONE_OF(facts_name(facts, callee->name), SENDERS))
        return;
    ExprId base = callee->base;
    TypeId value = value_of(resolver, base);
    FunctionId task = bound_task(resolver, base);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, value); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, value, i).index];
        bool decorated = (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD) &&
                         (facts->functions.items[term.a].flags & FUNCTION_WRAPPED);
        if (decorated) task = (FunctionId){term.a};
    }
    if (!fact_is(task)) return;
    add(resolver, id, base, task, HOP_METHOD);
    EdgeFact edge = {.kind = EDGE_ESCAPE,
                     .evidence = EVIDENCE_INFERRED,
                     .call = id,
                     .expr = base,
                     .callee = task,
                     .sends = true};
    vec_add(&facts->edges, edge);
}

// ---- pools -----------------------------------------------------------------------------------------
static bool is_pool(Str dotted) {
    return str_ends_with(dotted, STR("Executor")) || str_ends_with(dotted, STR("Pool"));
}

// The class that a value is made of, when it is a pool from outside the tree: Pool(4), with Pool() as pool, pool: Pool.
static Name pool_of(Resolver *resolver, const BindingFact *binding) {
    const Facts *facts = resolver->facts;
    const ExprFact *value = facts_expr(facts, binding->value);
    ExprId said = value->kind == EXPR_CALL ? value->base : binding->annotation;
    if (binding->kind == BINDING_PARAMETER)
        said = facts_parameter(facts, binding->parameter)->annotation;
    Name dotted = fact_is(said) ? resolver_dotted_of(resolver, said) : NAME_NONE;
    return is_pool(facts_name(facts, dotted)) ? dotted : NAME_NONE;
}

// By name of an attribute: the class of the pool that is kept there, self.pool = Pool(4).
static void index_pools(Resolver *resolver, Map *pools) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        const ExprFact *target = facts_expr(facts, binding->target);
        if (target->kind != EXPR_ATTRIBUTE) continue;
        Name pool = pool_of(resolver, binding);
        if (pool.index) map_put(pools, target->name.index, pool.index);
    }
}

static Name receiver_pool(Resolver *resolver, const Map *pools, ExprId base) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, base);
    uint32_t found = 0;
    SymbolId symbol = facts->expr_symbols.items[base.index];
    if (row->kind == EXPR_ATTRIBUTE && map_get(pools, row->name.index, &found))
        return (Name){found};
    if (row->kind == EXPR_CALL && is_pool(facts_name(facts, facts_call(facts, row->call)->dotted)))
        return facts_call(facts, row->call)->dotted;
    if (row->kind != EXPR_NAME || !fact_is(symbol)) return NAME_NONE;
    symbol = facts->symbol_definitions.items[symbol.index];
    for (BindingId b = facts_symbol(facts, symbol)->first_binding; fact_is(b);
         b = facts_binding(facts, b)->next_of_symbol) {
        Name pool = pool_of(resolver, facts_binding(facts, b));
        if (pool.index) return pool;
    }
    return NAME_NONE;
}

// pool.map, of which only the attribute was known, becomes multiprocessing.Pool.map.
static void name_pool_method(Resolver *resolver, const Map *pools, CallId id) {
    CallFact *call = facts_call_row(resolver->facts, id);
    const ExprFact *callee = row_of(resolver, call->callee);
    if (callee->kind != EXPR_ATTRIBUTE ||
        !IS_ONE_OF(facts_name(resolver->facts, callee->name), POOL_METHODS))
        return;
    Name pool = receiver_pool(resolver, pools, callee->base);
    if (pool.index) call->dotted = resolver_dotted(resolver, pool, callee->name);
}

// ---- functions as values ---------------------------------------------------------------------------
// class Timer of the tree is no thread.
static bool is_of_tree(Resolver *resolver, ExprId callee) {
    TypeKind kind = type_kind(&resolver->types, value_of(resolver, callee));
    return kind == TYPE_FUNCTION || kind == TYPE_METHOD || kind == TYPE_CLASS || kind == TYPE_INSTANCE;
}

static bool runs_elsewhere(const Facts *facts, const CallFact *call) {
    Str dotted = facts_name(facts, call->dotted);
    Str last = str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
    if (str_is(dotted, "signal.signal") || IS_ONE_OF(last, RUNNERS)) return true;
    bool pool =
        str_find_str(dotted, STR("Pool")) >= 0 || str_find_str(dotted, STR("Executor")) >= 0;
    return pool && (str_is(last, "map") || str_is(last, "apply"));
}

static void add_values(Resolver *resolver, CallId id) {
    const Facts *facts = resolver->facts;
    const CallFact *call = facts_call(facts, id);
    if (!runs_elsewhere(facts, call) || is_of_tree(resolver, call->callee)) return;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId given = facts->arguments.items[call->first_argument + i].value;
        TypeId value = value_of(resolver, given);
        for (uint32_t k = 0; k < type_member_count(&resolver->types, value); k++) {
            TypeTerm term =
                resolver->types.terms.items[type_member(&resolver->types, value, k).index];
            if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
                add(resolver, id, given, (FunctionId){term.a}, HOP_VALUE);
        }
    }
}

// ---- functions by name -----------------------------------------------------------------------------
// "jobs.send", "jobs:send": by the text, the function of that name.
static void index_names(const Facts *facts, Map *functions) {
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (!fact_is(row->klass) && !fact_is(row->enclosing) && !(row->flags & FUNCTION_LAMBDA))
            map_put(functions, row->qualified.index, i);
    }
}

// @app.task(name="mail.send"): the name that the queue knows the function by.
static void index_task_names(const Facts *facts, Map *functions) {
    static const char *const KEYS[] = {"name", "task_name", "actor_name"};
    for (uint32_t i = 1; i < facts->functions.count; i++)
        for (ExprId d = facts->functions.items[i].first_decorator; fact_is(d); d = facts_expr(facts, d)->next_sibling) {
            const CallFact *call = facts_call(facts, facts_expr(facts, d)->call);
            for (uint32_t k = 0; facts_expr(facts, d)->kind == EXPR_CALL && k < call->argument_count; k++) {
                const ArgumentFact *argument = &facts->arguments.items[call->first_argument + k];
                const ExprFact *value = facts_expr(facts, argument->value);
                if (argument->kind == ARGUMENT_KEYWORD && IS_ONE_OF(facts_name(facts, argument->name), KEYS) &&
                    value->kind == EXPR_STRING && value->name.index)
                    map_put(functions, value->name.index, i);
            }
        }
}

static FunctionId function_named(const Facts *facts, const Map *functions, Name name) {
    uint32_t found = 0;
    Str text = facts_name(facts, name);
    ptrdiff_t colon = str_find(text, ':');
    if (colon > 0 && text.length < 200) { // APScheduler
        char dotted[200];
        memcpy(dotted, text.data, text.length);
        dotted[colon] = '.';
        name = intern_find(facts->names, (Str){dotted, text.length});
    }
    if (name.index) map_get(functions, name.index, &found);
    return (FunctionId){found};
}

static void add_names(Resolver *resolver, CallId id, const Map *functions) {
    const Facts *facts = resolver->facts;
    const CallFact *call = facts_call(facts, id);
    const ExprFact *callee = row_of(resolver, call->callee);
    // app.tasks["jobs.send"](1)
    if (callee->kind == EXPR_SUBSCRIPT) {
        ExprId key = callee->first_child;
        FunctionId task = row_of(resolver, key)->kind == EXPR_STRING
                              ? function_named(facts, functions, row_of(resolver, key)->name)
                              : FACT_NONE(FunctionId);
        if (fact_is(task)) add(resolver, id, key, task, HOP_NAME);
        return;
    }
    if (!IS_ONE_OF(facts_name(facts, callee->name), NAMERS)) return;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId given = facts->arguments.items[call->first_argument + i].value;
        if (row_of(resolver, given)->kind != EXPR_STRING) continue;
        FunctionId task = function_named(facts, functions, row_of(resolver, given)->name);
        if (fact_is(task)) add(resolver, id, given, task, HOP_NAME);
    }
}

void resolve_hops(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    Map functions = {0}, pools = {0};
    index_names(facts, &functions);
    index_task_names(facts, &functions);
    index_pools(resolver, &pools);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        name_pool_method(resolver, &pools, (CallId){i});
        add_sender(resolver, (CallId){i});
        add_values(resolver, (CallId){i});
        add_names(resolver, (CallId){i}, &functions);
    }
    map_release(&functions);
    map_release(&pools);
}
