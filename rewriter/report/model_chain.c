// Chains of the migration report: how many calls a context travels to an access, and the functions that
// many of them pass through. In: edges and a settled solution. Out: depths, a histogram, hubs.
//
// Breadth-first from every function that does not depend on its callers; sets of accesses spread the
// other way, from the functions that run them up to those that begin a chain, to a fixpoint.
#include "report/model_internal.h"

#include "report/scan.h"

#define UNKNOWN UINT32_MAX // more than an enumerator holds in ISO C
enum { WORD_BITS = 64 };

typedef struct Chains {
    Arena scratch;
    const Program *program;
    const Solution *solution;
    Report *report;                           // its links say who gives a function its context
    uint32_t *first_by_taker, *rows_by_taker; // rows of the links, grouped both ways
    uint32_t *first_by_giver, *rows_by_giver;
    uint32_t *depth; // by function
    Vec(uint32_t) queue;
} Chains;

// ---- the graph -----------------------------------------------------------------------------------

static void add_row(Chains *chains, FunctionId giver, FunctionId taker, uint32_t edge) {
    if (fact_is(giver) && fact_is(taker) && !fact_same(giver, taker))
        vec_add(&chains->report->links, ((ReportLink){giver, taker, edge}));
}

static const FunctionPlan *plan_of(const Chains *chains, FunctionId function) {
    return &chains->solution->functions[function.index];
}

static void add_edges(Chains *chains) {
    const Program *program = chains->program;
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind == EDGE_ESCAPE || !fact_is(edge->callee)) continue;
        const FunctionPlan *callee = plan_of(chains, edge->callee);
        if (!callee->gains_parameter && !callee->has_parameter) continue;
        ScopeId scope = program_expr(program, edge->expr)->scope;
        add_row(chains, program_scope_function(program, scope), edge->callee, i);
    }
}

// What an object keeps it has from its constructor, and an inner function from the one around it.
static void add_holders(Chains *chains) {
    const Program *program = chains->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        Supply supply = chains->solution->functions[i].supply;
        if (supply == SUPPLY_HELD && fact_is(function->klass))
            add_row(chains, program_class(program, function->klass)->constructor, (FunctionId){i},
                    0);
        if (supply == SUPPLY_CLOSURE) add_row(chains, function->enclosing, (FunctionId){i}, 0);
    }
}

static int compare_links(const void *left, const void *right) {
    const ReportLink *a = left, *b = right;
    if (a->giver.index != b->giver.index) return a->giver.index < b->giver.index ? -1 : 1;
    if (a->taker.index != b->taker.index) return a->taker.index < b->taker.index ? -1 : 1;
    return a->edge < b->edge ? -1 : a->edge > b->edge;
}

// Each pair once: the call that comes first in the tree stands for all.
static void unite_links(Report *report) {
    uint32_t kept = 0;
    ReportLink *links = report->links.items;
    if (report->links.count == 0) return;
    qsort(links, report->links.count, sizeof *links, compare_links);
    for (uint32_t i = 0; i < report->links.count; i++)
        if (kept == 0 || !fact_same(links[i].giver, links[kept - 1].giver) ||
            !fact_same(links[i].taker, links[kept - 1].taker))
            links[kept++] = links[i];
    report->links.count = kept;
}

static uint32_t link_key(const ReportLink *link, bool by_giver) {
    return by_giver ? link->giver.index : link->taker.index;
}

static void group(Chains *chains, bool by_giver, uint32_t **first, uint32_t **rows) {
    const Report *report = chains->report;
    uint32_t functions = program_function_count(chains->program), count = report->links.count;
    *first = arena_array(&chains->scratch, uint32_t, functions + 2);
    *rows = arena_array(&chains->scratch, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++)
        (*first)[link_key(&report->links.items[i], by_giver) + 1]++;
    for (uint32_t i = 0; i <= functions; i++) (*first)[i + 1] += (*first)[i];
    uint32_t *fill = arena_array(&chains->scratch, uint32_t, functions + 2);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t key = link_key(&report->links.items[i], by_giver);
        (*rows)[(*first)[key] + fill[key]++] = i;
    }
}

// ---- depth ---------------------------------------------------------------------------------------

static bool begins_chain(const FunctionPlan *plan) {
    switch (plan->supply) {
    case SUPPLY_PARAMETER: return plan->optional;
    case SUPPLY_CARRIER:
    case SUPPLY_CREATED:
    case SUPPLY_BRIDGED: return true;
    case SUPPLY_NONE:
    case SUPPLY_HELD:
    case SUPPLY_CLOSURE: break;
    }
    return plan->reads_ambient;
}

static void find_depths(Chains *chains, Report *report) {
    uint32_t functions = program_function_count(chains->program);
    chains->depth = arena_array(&chains->scratch, uint32_t, functions + 1);
    report->givers = arena_array(&report->arena, ReportGiver, functions + 1);
    for (uint32_t i = 0; i < functions; i++) {
        bool begins = begins_chain(&chains->solution->functions[i]);
        chains->depth[i] = begins ? 0 : UNKNOWN;
        report->givers[i].early.index = i;
        if (begins) vec_add(&chains->queue, i);
    }
    for (uint32_t i = 0; i < chains->queue.count; i++) {
        uint32_t giver = chains->queue.items[i];
        for (uint32_t r = chains->first_by_giver[giver]; r < chains->first_by_giver[giver + 1];
             r++) {
            const ReportLink *link = &report->links.items[chains->rows_by_giver[r]];
            uint32_t taker = link->taker.index;
            if (chains->depth[taker] != UNKNOWN) continue;
            chains->depth[taker] = chains->depth[giver] + 1;
            FunctionId early = chains->depth[taker] < CHAIN_END ? link->taker : report->givers[giver].early;
            report->givers[taker] = (ReportGiver){link->giver, link->edge, early};
            vec_add(&chains->queue, taker);
        }
    }
}

static void read_depths(const Chains *chains, Report *report) {
    for (uint32_t i = 0; i < report->accesses.count; i++) {
        ReportAccess *access = &report->accesses.items[i];
        const Sink *sink = &chains->solution->sinks.items[access->sink];
        uint32_t depth = fact_is(sink->function) ? chains->depth[sink->function.index] : 0;
        // Given at import only, or by callers that no table knows: it begins here.
        access->depth = depth == UNKNOWN ? 0 : depth;
        report->depths[access->depth < DEPTH_COUNT ? access->depth : DEPTH_COUNT - 1]++;
        if (access->depth > report->deepest) report->deepest = access->depth;
    }
}

// ---- hubs ----------------------------------------------------------------------------------------

typedef struct Reach {
    uint64_t *bits; // by function: the accesses that get their context through it
    uint32_t words;
} Reach;

static bool spread(const Reach *reach, uint32_t from, uint32_t to) {
    uint64_t changed = 0;
    const uint64_t *source = reach->bits + (size_t)from * reach->words;
    uint64_t *target = reach->bits + (size_t)to * reach->words;
    for (uint32_t i = 0; i < reach->words; i++) {
        changed |= source[i] & ~target[i];
        target[i] |= source[i];
    }
    return changed != 0;
}

static void fill_reach(Chains *chains, const Report *report, Reach *reach) {
    uint32_t functions = program_function_count(chains->program);
    bool *queued = arena_array(&chains->scratch, bool, functions + 1);
    vec_clear(&chains->queue);
    for (uint32_t i = 0; i < report->accesses.count; i++) {
        uint32_t function =
            chains->solution->sinks.items[report->accesses.items[i].sink].function.index;
        reach->bits[(size_t)function * reach->words + i / WORD_BITS] |= 1ull << i % WORD_BITS;
        if (!queued[function]) vec_add(&chains->queue, function);
        queued[function] = true;
    }
    while (chains->queue.count > 0) {
        uint32_t taker = *vec_last(&chains->queue);
        chains->queue.count--;
        queued[taker] = false;
        if (taker == 0 || begins_chain(&chains->solution->functions[taker])) continue;
        for (uint32_t r = chains->first_by_taker[taker]; r < chains->first_by_taker[taker + 1];
             r++) {
            uint32_t giver = report->links.items[chains->rows_by_taker[r]].giver.index;
            if (!spread(reach, taker, giver) || queued[giver]) continue;
            queued[giver] = true;
            vec_add(&chains->queue, giver);
        }
    }
}

static uint32_t count_bits(const Reach *reach, uint32_t function) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < reach->words; i++)
        count += (uint32_t)__builtin_popcountll(reach->bits[(size_t)function * reach->words + i]);
    return count;
}

// The list stays sorted: most accesses first, equal ones in the order of the functions.
static void add_hub(Report *report, ReportHub hub) {
    uint32_t at = report->hubs.count;
    while (at > 0 && report->hubs.items[at - 1].accesses < hub.accesses) at--;
    if (at >= MOST_HUBS) return;
    if (report->hubs.count < MOST_HUBS) vec_add(&report->hubs, hub);
    for (uint32_t i = report->hubs.count - 1; i > at; i--)
        report->hubs.items[i] = report->hubs.items[i - 1];
    report->hubs.items[at] = hub;
}

static void find_hubs(Chains *chains, Report *report) {
    const Program *program = chains->program;
    Reach reach = {.words = report->accesses.count / WORD_BITS + 1};
    reach.bits = arena_array(&chains->scratch, uint64_t,
                             (size_t)program_function_count(program) * reach.words);
    fill_reach(chains, report, &reach);
    report->reached = arena_array(&report->arena, uint32_t, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        report->reached[i] = count_bits(&reach, i);
        if (!chains->solution->functions[i].gains_parameter) continue;
        const FunctionFact *function = program_function(program, (FunctionId){i});
        ReportHub hub = {.function = {i}, .accesses = report->reached[i]};
        hub.callers = chains->first_by_taker[i + 1] - chains->first_by_taker[i];
        if (hub.accesses < 2) continue;
        const SourceFile *source =
            source_file(program->facts->sources, program_module_file(program, function->module));
        hub.name = program_name(program, function->qualified);
        hub.place = (Place){source->path, source_line_column(source, function->keyword_start)};
        add_hub(report, hub);
    }
}

// The steps from FUNCTION back to where the context begins, MOST at most; returns the first that is left out.
static FunctionId add_steps(const Report *report, FunctionId function, uint32_t most, ReportSteps *steps) {
    const Program *program = report->input->program;
    for (uint32_t i = 0; fact_is(function) && i < most; i++) {
        ReportGiver giver = report->givers[function.index];
        const FunctionFact *fact = program_function(program, function);
        Span span = {program_module_file(program, fact->module), fact->keyword_start,
                     fact->keyword_start};
        if (giver.edge != 0)
            span = program_expr_span(program, program_edge(program, giver.edge)->expr);
        vec_add(steps, ((ReportStep){function, giver.function, span}));
        function = giver.function;
    }
    return function;
}

uint32_t report_chain(const Report *report, const ReportAccess *access, ReportSteps *steps) {
    FunctionId own = report->input->solution->sinks.items[access->sink].function;
    uint32_t length = access->depth + 1, left_out = length > 2 * CHAIN_END ? length - 2 * CHAIN_END : 0;
    vec_clear(steps);
    FunctionId next = add_steps(report, own, left_out ? CHAIN_END : length, steps);
    if (left_out) add_steps(report, report->givers[next.index].early, CHAIN_END, steps);
    for (uint32_t low = 0, high = steps->count; low + 1 < high--; low++) {
        ReportStep step = steps->items[low];
        steps->items[low] = steps->items[high];
        steps->items[high] = step;
    }
    return left_out;
}

void report_fill_chains(Report *report) {
    Chains chains = {
        .program = report->input->program, .solution = report->input->solution, .report = report};
    add_edges(&chains);
    add_holders(&chains);
    unite_links(report);
    group(&chains, false, &chains.first_by_taker, &chains.rows_by_taker);
    group(&chains, true, &chains.first_by_giver, &chains.rows_by_giver);
    find_depths(&chains, report);
    read_depths(&chains, report);
    find_hubs(&chains, report);
    vec_release(&chains.queue);
    arena_release(&chains.scratch);
}
