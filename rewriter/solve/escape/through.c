// Which arguments of a call come back out of it, so that a walk need not go into the function and out at
// every other call: an edge from the argument to the call. In: the other edges. Out: FLOW_THROUGH.
//
//     def label(text): return f"[{text}]"
//     a = label(x)      x -> the call, and not: x -> text -> the result -> b
//     b = label(y)
//
// For each node, the set of its own function's parameters that reach it inside the function; what reaches
// the result comes back, and what is put into a parameter is put into the argument: an edge from argument to argument.
// Edges that are found so let others be found, so worklists run to a fixpoint.
// Source: the summary edges of Horwitz, Reps, Binkley 1990.
#include "solve/escape/build.h"

#include "base/bug.h"

enum { BIT_COUNT = 64 }; // parameters from the 64th on share a bit

typedef struct Through {
    uint32_t from, to, next;
    bool fills; // TO is an argument
} Through;

typedef struct Summaries {
    Builder *builder;
    FlowLinks forward;
    uint64_t *reached;  // by node: parameters of its function
    uint64_t *returned; // by function: parameters that reach its result
    uint64_t *put;      // by node: of a parameter, the other parameters that are put into it
    uint32_t *first;    // by node: its first row of `found`
    Vec(Through) found; // [0] unused
    Map numbers;        // (from, to) -> its row of `found`
    Vec(uint32_t) work;
    Vec(uint32_t) filled; // parameters whose row of `put` has grown, by node
    uint64_t *told;       // by node: what of `put` the callers know
} Summaries;

// Whose parameter NODE is; none when it is none.
static ParameterId parameter_of(const Program *program, uint32_t node) {
    uint32_t symbol = node - program_expr_count(program);
    if (node < program_expr_count(program) || symbol >= program_symbol_count(program)) return FACT_NONE(ParameterId);
    const SymbolFact *row = program_symbol(program, (SymbolId){symbol});
    if (!(row->flags & SYMBOL_PARAMETER)) return FACT_NONE(ParameterId);
    return program_binding(program, row->first_binding)->parameter;
}

static uint64_t bit_of(const Program *program, ParameterId parameter) {
    FunctionId function = program_parameter(program, parameter)->function;
    uint32_t bit = parameter.index - program_function(program, function)->first_parameter;
    return 1ull << (bit < BIT_COUNT ? bit : BIT_COUNT - 1);
}

static void reach(Summaries *summaries, uint32_t node, uint64_t parameters) {
    if ((summaries->reached[node] | parameters) == summaries->reached[node]) return;
    summaries->reached[node] |= parameters;
    vec_add(&summaries->work, node);
}

static void begin(Summaries *summaries) {
    const Program *program = summaries->builder->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        for (uint32_t k = 0; k < function->parameter_count; k++) {
            SymbolId symbol = program_parameter(program, (ParameterId){function->first_parameter + k})->symbol;
            uint32_t bit = k < BIT_COUNT ? k : BIT_COUNT - 1;
            if (fact_is(symbol)) reach(summaries, flow_symbol(program, symbol), 1ull << bit);
        }
    }
}

// PARAMETERS of its function are put into NODE, a name of the function.
static void put_into(Summaries *summaries, uint32_t node, uint64_t parameters) {
    const Program *program = summaries->builder->program;
    ParameterId filled = parameter_of(program, node);
    if (!fact_is(filled) || !summaries->builder->seen[node]) return;
    uint64_t more = parameters & ~summaries->put[node] & ~bit_of(program, filled);
    if (!more) return;
    summaries->put[node] |= more;
    vec_add(&summaries->filled, node);
}

static void link_through(Summaries *summaries, uint32_t from, uint32_t to, bool fills) {
    uint32_t at;
    if (map_get(&summaries->numbers, map_key(from, to), &at)) return;
    at = summaries->found.count;
    map_put(&summaries->numbers, map_key(from, to), at);
    vec_add(&summaries->found, ((Through){from, to, summaries->first[from], fills}));
    summaries->first[from] = at;
    builder_link(summaries->builder, from, to, FLOW_THROUGH);
    FunctionId owner = flow_owner(summaries->builder->program, from);
    if (!fact_same(owner, flow_owner(summaries->builder->program, to))) return;
    reach(summaries, to, summaries->reached[from]);
    if (fills) put_into(summaries, to, summaries->reached[from]);
}

// The node of the argument of CALL for the parameter INDEX of what EDGE says; 0: it has none.
static uint32_t argument_of(const Builder *builder, const CallFact *call, const EdgeFact *edge, uint32_t index) {
    uint32_t from;
    ParameterId parameter;
    for (uint32_t k = 0; k <= call->argument_count; k++)
        if (flow_argument(builder->program, &builder->parameters, call, edge, k, &from, &parameter) && parameter.index == index)
            return from;
    return 0;
}

static void link_arguments(Summaries *summaries, const EdgeFact *edge, uint32_t filled, uint64_t parameters) {
    const Builder *builder = summaries->builder;
    const CallFact *call = program_call(builder->program, edge->call);
    uint32_t to = argument_of(builder, call, edge, filled), from;
    ParameterId parameter;
    for (uint32_t k = 0; to && k <= call->argument_count; k++)
        if (flow_argument(builder->program, &builder->parameters, call, edge, k, &from, &parameter) && from != to &&
            (parameters & bit_of(builder->program, parameter)))
            link_through(summaries, from, to, true);
}

// The callers' arguments are put into the argument that NODE, a parameter, gets.
static void fill_arguments(Summaries *summaries, uint32_t node) {
    const Program *program = summaries->builder->program;
    ParameterId filled = parameter_of(program, node);
    uint64_t more = summaries->put[node] & ~summaries->told[node];
    summaries->told[node] |= more;
    for (RowList callers = program_callers(program, program_parameter(program, filled)->function); more && callers.at < callers.end;
         callers.at++) {
        const EdgeFact *edge = program_edge(program, *callers.at);
        if ((edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT) && !edge->mistyped)
            link_arguments(summaries, edge, filled.index, more);
    }
}

static void return_to_callers(Summaries *summaries, FunctionId function, uint64_t parameters) {
    const Solver *solver = summaries->builder->solver;
    const Program *program = summaries->builder->program;
    uint64_t more = parameters & ~summaries->returned[function.index];
    if (!more) return;
    summaries->returned[function.index] |= more;
    for (RowList callers = program_callers(solver->program, function); callers.at < callers.end;
         callers.at++) {
        const EdgeFact *edge = program_edge(program, *callers.at);
        if (edge->kind != EDGE_CALL) continue;
        const CallFact *call = program_call(program, edge->call);
        for (uint32_t k = 0; k <= call->argument_count; k++) {
            uint32_t from;
            ParameterId parameter;
            if (!flow_argument(program, &summaries->builder->parameters, call, edge, k, &from, &parameter)) continue;
            uint32_t bit = parameter.index - program_function(program, function)->first_parameter;
            if (more >> (bit < BIT_COUNT ? bit : BIT_COUNT - 1) & 1)
                link_through(summaries, from, call->expr.index, false);
        }
    }
}

static void follow(Summaries *summaries, uint32_t node) {
    const Program *program = summaries->builder->program;
    const FlowLinks *links = &summaries->forward;
    FunctionId owner = flow_owner(program, node);
    uint64_t parameters = summaries->reached[node];
    if (fact_is(owner) && node == flow_result(program, owner))
        return_to_callers(summaries, owner, parameters);
    for (uint32_t i = links->first[node]; i < links->first[node + 1]; i++) {
        uint32_t next = links->nodes[i];
        if ((links->kinds[i] & (FLOW_ENTER | FLOW_LEAVE)) || !fact_same(flow_owner(program, next), owner)) continue;
        reach(summaries, next, parameters);
        if ((links->kinds[i] & FLOW_INSIDE) || flow_is_seen(links->kinds[i])) put_into(summaries, next, parameters);
    }
    for (uint32_t i = summaries->first[node]; i; i = summaries->found.items[i].next) {
        const Through row = summaries->found.items[i];
        if (!fact_same(flow_owner(program, row.to), owner)) continue;
        reach(summaries, row.to, parameters);
        if (row.fills) put_into(summaries, row.to, parameters);
    }
}

// ---- stores through a parameter ------------------------------------------------------------------------
// def write(self, text): self.note = text
// DESK.write(name)                             stores name in DESK
enum { STORE_DEPTH = 3 }; // calls between the store and the place

static bool is_module_name(const Program *program, uint32_t node) {
    return node < program_expr_count(program) && program_expr(program, (ExprId){node})->kind == EXPR_NAME;
}

typedef Vec(FlowStore) Stores;

// Adds STORE as it is at the call over EDGE, once for each argument that gets to its value.
static void add_store_at(Summaries *summaries, const FlowStore *store, const EdgeFact *edge, ParameterId place, Stores *lifted) {
    const Builder *builder = summaries->builder;
    const Program *program = builder->program;
    const CallFact *call = program_call(program, edge->call);
    FunctionId caller = program_scope_function(program, program_expr(program, call->expr)->scope);
    uint32_t to = argument_of(builder, call, edge, place.index), from;
    if (!fact_is(caller) || !to || (!is_module_name(program, to) && !fact_is(parameter_of(program, to)))) return;
    FlowStore at_call = *store;
    at_call.place = to;
    at_call.at = call->expr;
    at_call.within = fact_is(store->within) ? store->within : store->at;
    at_call.binding = FACT_NONE(BindingId);
    at_call.function = caller;
    if (!summaries->reached[store->value]) vec_add(lifted, at_call);
    ParameterId parameter;
    for (uint32_t k = 0; k <= call->argument_count; k++) {
        if (!flow_argument(program, &builder->parameters, call, edge, k, &from, &parameter) || from == to) continue;
        if (!(summaries->reached[store->value] & bit_of(program, parameter))) continue;
        at_call.value = from;
        vec_add(lifted, at_call);
    }
}

// STORES into attributes of parameters, at the calls of the functions that have them.
static void lift(Summaries *summaries, const FlowStore *stores, uint32_t count, Stores *lifted) {
    const Program *program = summaries->builder->program;
    for (uint32_t i = 0; i < count; i++) {
        ParameterId place = parameter_of(program, stores[i].place);
        if (!fact_is(stores[i].klass) || !fact_is(place) || fact_is(stores[i].key) || stores[i].property) continue;
        FunctionId function = program_parameter(program, place)->function;
        if (!fact_same(function, stores[i].function)) continue;
        for (RowList callers = program_callers(program, function); callers.at < callers.end; callers.at++) {
            const EdgeFact *edge = program_edge(program, *callers.at);
            if (edge->kind == EDGE_CALL && !edge->mistyped) add_store_at(summaries, &stores[i], edge, place, lifted);
        }
    }
}

// What is stored in an object is stored in the one that a module has a name for, where that is the argument.
static void lift_stores(Summaries *summaries) {
    const Program *program = summaries->builder->program;
    Flow *flow = summaries->builder->flow;
    Stores before = {0};
    for (int depth = 0; depth < STORE_DEPTH; depth++) {
        Stores lifted = {0};
        if (depth == 0)
            lift(summaries, flow->stores.items, flow->stores.count, &lifted);
        else
            lift(summaries, before.items, before.count, &lifted);
        for (uint32_t i = 0; i < lifted.count; i++)
            if (is_module_name(program, lifted.items[i].place)) vec_add(&flow->stores, lifted.items[i]);
        vec_release(&before);
        before = lifted;
    }
    vec_release(&before);
}

void builder_link_through(Builder *builder) {
    uint32_t count = builder->flow->count + 1;
    Summaries summaries = {
        .builder = builder,
        .forward = builder_sort(builder, false),
        .reached = memory_alloc_zeroed(count, sizeof(uint64_t)),
        .returned = memory_alloc_zeroed(program_function_count(builder->program) + 1, sizeof(uint64_t)),
        .put = memory_alloc_zeroed(count, sizeof(uint64_t)),
        .told = memory_alloc_zeroed(count, sizeof(uint64_t)),
        .first = memory_alloc_zeroed(count, sizeof(uint32_t))};
    vec_add(&summaries.found, ((Through){0}));
    begin(&summaries);
    while (summaries.work.count || summaries.filled.count) {
        if (summaries.work.count)
            follow(&summaries, summaries.work.items[--summaries.work.count]);
        else
            fill_arguments(&summaries, summaries.filled.items[--summaries.filled.count]);
    }
    lift_stores(&summaries);
    flow_links_release(&summaries.forward);
    free(summaries.reached);
    free(summaries.returned);
    free(summaries.put);
    free(summaries.told);
    vec_release(&summaries.filled);
    free(summaries.first);
    vec_release(&summaries.found);
    map_release(&summaries.numbers);
    vec_release(&summaries.work);
}
