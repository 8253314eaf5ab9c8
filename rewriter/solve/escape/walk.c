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
                   .seen = memory_alloc_zeroed(flow->count + 1, 1),
                   .cause = memory_alloc_zeroed(flow->count + 1, sizeof(uint32_t)),
                   .from = memory_alloc_zeroed(flow->count + 1, sizeof(uint32_t))};
}

void walk_release(Walk *walk) {
    free(walk->seen);
    free(walk->cause);
    free(walk->from);
    vec_release(&walk->work);
    vec_release(&walk->entered);
}

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

static void follow(Walk *walk, uint32_t node, bool inside, const Walk *within) {
    const FlowLinks *links = walk->links;
    if (walk->ends && walk->ends[node]) return;
    FunctionId owner = flow_owner(walk->program, node);
    for (uint32_t i = links->first[node]; i < links->first[node + 1]; i++) {
        uint32_t next = links->nodes[i];
        uint8_t kinds = links->kinds[i];
        if ((within && !within->cause[next]) || (walk->closed && walk->closed[next])) continue;
        if (inside && (kinds & walk->inside)) continue;
        bool enters = kinds & walk->before;
        bool stays = enters || (inside && fact_same(flow_owner(walk->program, next), owner));
        visit(walk, next, node, walk->cause[node], stays ? SEEN_INSIDE : SEEN_BEFORE);
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
