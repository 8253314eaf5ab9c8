// Which functions that are handed on as values can be followed to all their calls; see handed.h. Comes in: the flow
// graph and the edges of the call graph. Goes out: Solver.handed.
//
// Forward over the graph from the places where functions are handed on, BIT_COUNT of them at a time, each with a bit:
// a node has the bits of those that may get there, and whatever stands there is judged once it has new ones. The walk
// is blind to the order of calls and returns, which finds more places than there are, never fewer.
#include "solve/escape/handed.h"

#include "base/bug.h"

enum { BIT_COUNT = 64 };

typedef struct Walking {
    Solver *solver;
    HandedUses uses;
    uint64_t *reached;             // by node: bits of the functions that get there
    uint32_t *first_name, *names;  // by symbol: the places of a local name
    uint32_t *first_unknown, *unknown; // by name: reads of an attribute of nobody knows what
    uint32_t *first_call, *calls;  // by family: the calls that reach it
    uint64_t *call_bits;           // by call: bits of those whose family it reaches
    bool *asked;                   // by name: a string asks for an attribute of that name
    Vec(uint32_t) work, touched;   // nodes
    uint32_t edges[BIT_COUNT];     // by bit: the edge that hands it on
    uint64_t open;                 // bits of those that can still be followed: of the others nothing more is asked
    uint32_t count;
} Walking;

// ---- indexes ---------------------------------------------------------------------------------------
// Sorts expressions by the key that KEY_OF gives, 0 for none, below COUNT.
static void group(const Walking *walking, uint32_t count, uint32_t (*key_of)(const Walking *, ExprId),
                  uint32_t **first, uint32_t **items) {
    uint32_t exprs = program_expr_count(walking->solver->program);
    *first = memory_alloc_zeroed(count + 2, sizeof **first);
    *items = memory_alloc_zeroed(exprs + 1, sizeof **items);
    uint32_t *keys = memory_alloc_zeroed(exprs + 1, sizeof *keys);
    for (uint32_t i = 1; i < exprs; i++) {
        keys[i] = key_of(walking, (ExprId){i});
        if (keys[i]) (*first)[keys[i] + 1]++;
    }
    for (uint32_t k = 0; k <= count; k++) (*first)[k + 1] += (*first)[k];
    uint32_t *next = memory_alloc_zeroed(count + 2, sizeof *next);
    for (uint32_t i = 1; i < exprs; i++)
        if (keys[i]) (*items)[(*first)[keys[i]] + next[keys[i]]++] = i;
    free(next);
    free(keys);
}

static uint32_t local_of(const Walking *walking, ExprId expr) {
    const Program *program = walking->solver->program;
    if (program_expr(program, expr)->kind != EXPR_NAME) return 0;
    uint32_t node = flow_expr(program, expr);
    return node == expr.index ? 0 : node - program_expr_count(program);
}

// asyncio.run: what code outside the tree has under the name is its own.
static bool is_of_foreign_import(const Program *program, ExprId expr) {
    while (program_expr(program, expr)->kind == EXPR_ATTRIBUTE) expr = program_expr(program, expr)->base;
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (program_expr(program, expr)->kind != EXPR_NAME || !fact_is(symbol)) return false;
    BindingId binding = program_symbol(program, symbol)->first_binding;
    return fact_is(binding) && fact_same(binding, program_symbol(program, symbol)->last_binding) &&
           program_binding(program, binding)->kind == BINDING_IMPORT;
}

static uint32_t unknown_attribute_of(const Walking *walking, ExprId expr) {
    const ExprFact *row = program_expr(walking->solver->program, expr);
    bool is_read = row->kind == EXPR_ATTRIBUTE &&
                   !(row->flags & (EXPR_STORED | EXPR_DELETED | EXPR_IN_ANNOTATION));
    bool unknown = is_read && !handed_base_is_known(walking->solver, expr) &&
                   !is_of_foreign_import(walking->solver->program, expr);
    return unknown ? row->name.index : 0;
}

// Says which calls reach each family, each once where the edges of a call stand together, as they do. Without NEXT they
// are only counted.
static void list_calls(const Walking *walking, uint32_t *next, uint32_t *count) {
    const Program *program = walking->solver->program;
    uint32_t *last = memory_alloc_zeroed(program_function_count(program) + 1, sizeof *last);
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind != EDGE_CALL || !fact_is(edge->call) || !fact_is(edge->callee)) continue;
        uint32_t family = program_function(program, edge->callee)->family;
        if (last[family] == edge->call.index) continue;
        last[family] = edge->call.index;
        if (next != NULL)
            walking->calls[next[family]++] = edge->call.index;
        else
            count[family + 1]++;
    }
    free(last);
}

static void group_calls(Walking *walking) {
    uint32_t families = program_function_count(walking->solver->program) + 1;
    walking->first_call = memory_alloc_zeroed(families + 1, sizeof *walking->first_call);
    walking->call_bits = memory_alloc_zeroed(program_call_count(walking->solver->program) + 1, sizeof *walking->call_bits);
    list_calls(walking, NULL, walking->first_call);
    for (uint32_t i = 0; i < families; i++) walking->first_call[i + 1] += walking->first_call[i];
    walking->calls = memory_alloc_zeroed(walking->first_call[families] + 1, sizeof *walking->calls);
    uint32_t *next = memory_alloc_zeroed(families, sizeof *next);
    memcpy(next, walking->first_call, families * sizeof *next);
    list_calls(walking, next, NULL);
    free(next);
}

// Of the functions at hand, which a call reaches, or another one of their family. LEAVES: that is over.
static void mark_calls(Walking *walking, bool leaves) {
    const Program *program = walking->solver->program;
    for (uint32_t i = 0; i < walking->count; i++) {
        uint32_t family = program_function(program, program_edge(program, walking->edges[i])->callee)->family;
        for (uint32_t k = walking->first_call[family]; k < walking->first_call[family + 1]; k++)
            if (leaves)
                walking->call_bits[walking->calls[k]] = 0;
            else
                walking->call_bits[walking->calls[k]] |= 1ull << i;
    }
}

// getattr(x, "handler") and the like. Of a string elsewhere nothing is asked.
static void find_asked(Walking *walking) {
    const Program *program = walking->solver->program;
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        if (!(program_callee_flags(program, (CallId){i}) & (NAME_ASKS | NAME_ASKS_LATER))) continue;
        for (uint32_t k = 0; k < call->argument_count; k++) {
            ExprId value = program_argument(program, (ArgumentId){call->first_argument + k})->value;
            const ExprFact *row = program_expr(program, value);
            if (row->kind == EXPR_STRING) walking->asked[row->name.index] = true;
        }
    }
}

// ---- the walk --------------------------------------------------------------------------------------
static void reach(Walking *walking, uint32_t node, uint64_t bits) {
    bits &= walking->open;
    if (!node || (walking->reached[node] | bits) == walking->reached[node]) return;
    if (!walking->reached[node]) vec_add(&walking->touched, node);
    walking->reached[node] |= bits;
    vec_add(&walking->work, node);
}

static void say(Walking *walking, uint64_t bits, uint8_t ways) {
    bits &= walking->open;
    if (ways == 0 || bits == 0) return;
    for (uint32_t i = 0; i < walking->count; i++)
        if (bits >> i & 1) walking->solver->handed[walking->edges[i]] |= ways;
    walking->open &= ~bits;
}

static void stand_at(Walking *walking, ExprId expr, uint64_t bits) {
    CallId called;
    say(walking, bits, handed_use(&walking->uses, expr, &called));
    if (fact_is(called)) say(walking, bits & ~walking->call_bits[called.index], HANDED_UNSEEN);
}

// A name of a module is there for whoever imports it, which weft must have read.
static bool is_seen_name(const Walking *walking, SymbolId symbol) {
    const Solver *solver = walking->solver;
    const Program *program = solver->program;
    const SymbolFact *row = program_symbol(program, symbol);
    const ScopeFact *scope = program_scope(program, row->scope);
    if (scope->kind != SCOPE_MODULE) return true;
    return !solver->unread_file[row->name.index] && !solver->kept_name[symbol.index] &&
           !program_names_match(program, &program->rules->public_api,
                                program_name(program, program_module(program, scope->module)->name));
}

// Code outside the tree, or what reads all attributes at once, may find what KLASS or an heir has.
static bool is_closed_class(const Program *program, ClassId klass) {
    const uint32_t open = CLASS_FOREIGN_BASE | CLASS_UNKNOWN_BASE | CLASS_DYNAMIC_ATTRIBUTES |
                          CLASS_READ_WHOLE | CLASS_METACLASS;
    for (RowList lineage = program_lineage(program, klass); lineage.at < lineage.end; lineage.at++)
        if (program_class(program, (ClassId){*lineage.at})->flags & open) return false;
    return true;
}

static void stand_in_attribute(Walking *walking, const FlowAttribute *attribute, uint64_t bits) {
    const Program *program = walking->solver->program;
    uint32_t name = attribute->name.index;
    if (walking->asked[name] || !is_closed_class(program, attribute->klass))
        say(walking, bits, HANDED_LEAVES);
    for (uint32_t i = walking->first_unknown[name]; i < walking->first_unknown[name + 1]; i++)
        reach(walking, walking->unknown[i], bits);
}

static void stand(Walking *walking, uint32_t node, uint64_t bits) {
    const Program *program = walking->solver->program;
    const Flow *flow = &walking->solver->flow;
    uint32_t first_symbol = program_expr_count(program);
    uint32_t first_attribute = flow_instance(program, (ClassId){program_class_count(program)});
    if (node < first_symbol) {
        stand_at(walking, (ExprId){node}, bits);
    } else if (node < first_symbol + program_symbol_count(program)) {
        uint32_t symbol = node - first_symbol;
        if (!is_seen_name(walking, (SymbolId){symbol})) say(walking, bits, HANDED_LEAVES);
        for (uint32_t i = walking->first_name[symbol]; i < walking->first_name[symbol + 1]; i++)
            stand_at(walking, (ExprId){walking->names[i]}, bits);
    } else if (node >= first_attribute) {
        stand_in_attribute(walking, &flow->attributes.items[node - first_attribute], bits);
    }
}

// What holds an object whose attribute it is has no part in its way: who reads the attribute, has.
static bool is_way(const Program *program, uint32_t to, uint8_t kinds) {
    const uint8_t ways = FLOW_SAME | FLOW_PART | FLOW_INSIDE | FLOW_ENTER | FLOW_LEAVE;
    uint32_t first_function = flow_function(program, FACT_NONE(FunctionId));
    uint32_t first_attribute = flow_instance(program, (ClassId){program_class_count(program)});
    if (!(kinds & ways) || flow_is_seen(kinds)) return false;
    if (to >= first_function && to < first_attribute) return false; // a closure around it; an instance
    if (to >= program_expr_count(program)) return true;
    const ExprFact *row = program_expr(program, (ExprId){to});
    if (row->kind != EXPR_CALL || !(kinds & FLOW_INSIDE)) return true;
    RowList edges = program_call_edges(program, row->call);
    return row_count(edges) == 0 || program_edge(program, *edges.at)->kind != EDGE_CONSTRUCT;
}

static void follow(Walking *walking, uint32_t node) {
    const FlowLinks *links = &walking->solver->flow.forward;
    uint64_t bits = walking->reached[node] & walking->open;
    if (bits == 0) return;
    stand(walking, node, bits);
    for (uint32_t i = links->first[node]; i < links->first[node + 1]; i++)
        if (is_way(walking->solver->program, links->nodes[i], links->kinds[i]))
            reach(walking, links->nodes[i], bits);
}

static void walk_batch(Walking *walking) {
    const Program *program = walking->solver->program;
    walking->open = walking->count == BIT_COUNT ? UINT64_MAX : (1ull << walking->count) - 1;
    mark_calls(walking, false);
    for (uint32_t i = 0; i < walking->count; i++) {
        ExprId expr = program_edge(program, walking->edges[i])->expr;
        uint32_t node = flow_expr(program, expr);
        if (node != expr.index) stand_at(walking, expr, 1ull << i); // a local name: this place of it, and all others
        reach(walking, node, 1ull << i);
    }
    while (walking->work.count) {
        uint32_t node = *vec_last(&walking->work);
        walking->work.count--;
        follow(walking, node);
    }
    for (uint32_t i = 0; i < walking->touched.count; i++) walking->reached[walking->touched.items[i]] = 0;
    vec_clear(&walking->touched);
    mark_calls(walking, true);
    walking->count = 0;
}

static bool is_handed_on(const Solver *solver, const EdgeFact *edge) {
    return edge->kind == EDGE_ESCAPE && fact_is(edge->callee) && !edge->sends &&
           !(program_function(solver->program, edge->callee)->flags & FUNCTION_CONSTRUCTOR) &&
           !program_is_forward(solver->program, edge);
}

void solver_find_handed(Solver *solver) {
    const Program *program = solver->program;
    uint32_t names = intern_count(program->facts->names) + 1;
    Walking walking = {.solver = solver,
                       .reached = memory_alloc_zeroed(solver->flow.count + 1, sizeof(uint64_t)),
                       .asked = memory_alloc_zeroed(names, 1)};
    solver->handed = arena_array(solver->arena, uint8_t, program_edge_count(program) + 1);
    handed_uses_build(&walking.uses, solver);
    group(&walking, program_symbol_count(program), local_of, &walking.first_name, &walking.names);
    group(&walking, names, unknown_attribute_of, &walking.first_unknown, &walking.unknown);
    group_calls(&walking);
    find_asked(&walking);
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (!is_handed_on(solver, edge)) continue;
        if (edge->by_name || edge->wrapped || edge->mixed) {
            solver->handed[i] = HANDED_LEAVES | HANDED_UNSEEN;
            continue;
        }
        walking.edges[walking.count++] = i;
        if (walking.count == BIT_COUNT) walk_batch(&walking);
    }
    walk_batch(&walking);
    handed_uses_release(&walking.uses);
    free(walking.reached);
    free(walking.asked);
    free(walking.first_call);
    free(walking.calls);
    free(walking.call_bits);
    free(walking.first_name);
    free(walking.names);
    free(walking.first_unknown);
    free(walking.unknown);
    vec_release(&walking.work);
    vec_release(&walking.touched);
}

bool handed_is_followed(const Solver *solver, uint32_t edge) {
    return is_handed_on(solver, program_edge(solver->program, edge)) &&
           !(solver->handed[edge] & (HANDED_LEAVES | HANDED_UNSEEN));
}
