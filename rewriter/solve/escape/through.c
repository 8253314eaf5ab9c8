// Which arguments of a call come back out of it, so that a walk need not go into the function and out at
// every other call: an edge from the argument to the call. In: the other edges. Out: FLOW_THROUGH.
//
//     def label(text): return f"[{text}]"
//     a = label(x)      x -> the call, and not: x -> text -> the result -> b
//     b = label(y)
//
// For each node, the set of its own function's parameters that reach it inside the function; what reaches
// the result comes back, and what is put into a parameter is put into the argument: an edge from argument to argument. Edges that are found so let others be found, so a worklist runs to a fixpoint.
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
} Summaries;

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

static void put_into(Summaries *summaries, uint32_t node, uint64_t parameters);

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
    uint32_t first = program_function(builder->program, edge->callee)->first_parameter;
    uint32_t to = argument_of(builder, call, edge, filled), from;
    ParameterId parameter;
    for (uint32_t k = 0; to && k <= call->argument_count; k++) {
        if (!flow_argument(builder->program, &builder->parameters, call, edge, k, &from, &parameter)) continue;
        uint32_t bit = parameter.index - first;
        if (from != to && (parameters >> (bit < BIT_COUNT ? bit : BIT_COUNT - 1) & 1)) link_through(summaries, from, to, true);
    }
}

// PARAMETERS of its function are put into NODE, a name of the function.
static void put_into(Summaries *summaries, uint32_t node, uint64_t parameters) {
    const Program *program = summaries->builder->program;
    uint32_t symbol = node - program_expr_count(program);
    if (node < program_expr_count(program) || symbol >= program_symbol_count(program) || !summaries->builder->seen[node]) return;
    const SymbolFact *row = program_symbol(program, (SymbolId){symbol});
    if (!(row->flags & SYMBOL_PARAMETER)) return;
    ParameterId filled = program_binding(program, row->first_binding)->parameter;
    FunctionId function = program_parameter(program, filled)->function;
    uint32_t bit = filled.index - program_function(program, function)->first_parameter;
    uint64_t own = 1ull << (bit < BIT_COUNT ? bit : BIT_COUNT - 1);
    uint64_t more = parameters & ~summaries->put[node] & ~own;
    if (!more) return;
    summaries->put[node] |= more;
    for (RowList callers = program_callers(program, function); callers.at < callers.end; callers.at++) {
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

void builder_link_through(Builder *builder) {
    uint32_t count = builder->flow->count + 1;
    Summaries summaries = {
        .builder = builder,
        .forward = builder_sort(builder, false),
        .reached = memory_alloc_zeroed(count, sizeof(uint64_t)),
        .returned = memory_alloc_zeroed(program_function_count(builder->program) + 1, sizeof(uint64_t)),
        .put = memory_alloc_zeroed(count, sizeof(uint64_t)),
        .first = memory_alloc_zeroed(count, sizeof(uint32_t))};
    vec_add(&summaries.found, ((Through){0}));
    begin(&summaries);
    while (summaries.work.count) {
        uint32_t node = *vec_last(&summaries.work);
        summaries.work.count--;
        follow(&summaries, node);
    }
    flow_links_release(&summaries.forward);
    free(summaries.reached);
    free(summaries.returned);
    free(summaries.put);
    free(summaries.first);
    vec_release(&summaries.found);
    map_release(&summaries.numbers);
    vec_release(&summaries.work);
}
