// Walks over the flow graph; see walk.h.
//
// What starts in a function may come out at any of its callers, and then go into others. Once it has gone
// into a function it does not come out by the result: FLOW_THROUGH has taken it over the call. Where it
// passes a place that all functions share (an attribute, a name of a module, a captured name) it starts
// anew, since whoever reads it there may be anybody.
// Source: the two phases of Horwitz, Reps, Binkley 1990.
#include "solve/escape/walk.h"

#include "base/bug.h"

enum { SEEN_BEFORE = 1, SEEN_INSIDE = 2 };

void walk_begin(Walk *walk, const Program *program, const Flow *flow, bool backward) {
    *walk = (Walk){.program = program,
                   .links = backward ? &flow->backward : &flow->forward,
                   .before = backward ? FLOW_LEAVE : FLOW_ENTER,
                   .inside = backward ? FLOW_ENTER : FLOW_LEAVE,
                   .backward = backward,
                   .count = flow->count,
                   .seen = memory_alloc_zeroed(2 * (size_t)flow->count + 1, 1),
                   .cause = memory_alloc_zeroed(2 * (size_t)flow->count + 1, sizeof(uint32_t)),
                   .from = memory_alloc_zeroed(2 * (size_t)flow->count + 1, sizeof(uint32_t))};
}

void walk_release(Walk *walk) {
    free(walk->seen);
    free(walk->cause);
    free(walk->from);
    vec_release(&walk->work);
    vec_release(&walk->entered);
}

uint32_t walk_node(const Walk *walk, uint32_t node) { return node >= walk->count ? node - walk->count : node; }

static void visit(Walk *walk, uint32_t node, uint32_t from, uint32_t cause, uint8_t how) {
    if (walk->seen[node] & (how | SEEN_BEFORE)) return;
    if (!walk->seen[node]) {
        walk->cause[node] = cause;
        walk->from[node] = from;
    }
    walk->seen[node] |= how;
    if (how == SEEN_BEFORE)
        vec_add(&walk->work, node);
    else
        vec_add(&walk->entered, node);
}

void walk_start(Walk *walk, uint32_t node, uint32_t cause) {
    if (node) visit(walk, node, 0, cause, SEEN_BEFORE);
}

// ---- one step ----------------------------------------------------------------------------------------
typedef struct Step {
    uint32_t node;
    bool inside;
    const Walk *within;
} Step;

static void go(Walk *walk, const Step *step, uint32_t next, uint8_t kinds) {
    uint32_t at = walk_node(walk, step->node), to = walk_node(walk, next);
    if ((step->within && !step->within->cause[next]) || (walk->closed && walk->closed[to])) return;
    if (step->inside && (kinds & walk->inside)) return;
    if ((kinds & FLOW_CAPTURED) == FLOW_CAPTURED) return;
    bool enters = kinds & walk->before;
    bool stays = enters || (step->inside && fact_same(flow_owner(walk->program, to), flow_owner(walk->program, at)));
    visit(walk, next, step->node, walk->cause[step->node], stays ? SEEN_INSIDE : SEEN_BEFORE);
}

static bool is_call_of(const Program *program, uint32_t call, uint32_t callee) {
    if (call >= program_expr_count(program)) return false;
    const ExprFact *row = program_expr(program, (ExprId){call});
    return row->kind == EXPR_CALL && flow_expr(program, row->base) == callee;
}

// Function values: over to the results that they give, or from results to them. What has come in from one caller of
// the function is not what another one gets.
static void follow_function(Walk *walk, const Step *step, uint32_t node, bool gives) {
    const Program *program = walk->program;
    uint32_t functions = program_function_count(program);
    uint32_t first_result = flow_result(program, FACT_NONE(FunctionId));
    uint32_t first_value = flow_function(program, FACT_NONE(FunctionId));
    if (step->inside) return;
    if (!gives && !walk->backward && node > first_result && node < first_result + functions)
        go(walk, step, node - first_result + first_value + walk->count, FLOW_DERIVED);
    if (gives && walk->backward && node > first_value && node < first_value + functions)
        go(walk, step, node - first_value + first_result, FLOW_DERIVED);
}

static void follow(Walk *walk, uint32_t node, bool inside, const Walk *within) {
    const uint8_t carries = FLOW_IDENTITY | FLOW_INSIDE | FLOW_PART | FLOW_THROUGH;
    const FlowLinks *links = walk->links;
    bool gives = node >= walk->count;
    uint32_t at = walk_node(walk, node);
    Step step = {node, inside, within};
    if (!gives && walk->ends && walk->ends[node]) return;
    follow_function(walk, &step, at, gives);
    for (uint32_t i = links->first[at]; i < links->first[at + 1]; i++) {
        uint32_t next = links->nodes[i];
        uint8_t kinds = links->kinds[i];
        if (!gives) go(walk, &step, next, kinds);
        if (gives && (kinds & carries)) go(walk, &step, next + walk->count, kinds);
        bool calls = gives != walk->backward && (kinds & FLOW_DERIVED) &&
                     (walk->backward ? is_call_of(walk->program, at, next) : is_call_of(walk->program, next, at));
        if (calls) go(walk, &step, walk->backward ? next + walk->count : next, kinds);
    }
}

void walk_run(Walk *walk, const Walk *within) {
    for (uint32_t before = 0, entered = 0;
         before < walk->work.count || entered < walk->entered.count;) {
        if (before < walk->work.count)
            follow(walk, walk->work.items[before++], false, within);
        else
            follow(walk, walk->entered.items[entered++], true, within);
    }
    vec_clear(&walk->work);
    vec_clear(&walk->entered);
}
