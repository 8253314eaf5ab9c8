// The shortest chain from a function or class down to an access. In: indexes. Out: steps in the order
// of the calls. It follows what the context itself follows (solve/decide/need.c): arguments, objects that keep
// it, nested functions. Of two chains of one length the one whose calls come first in the tree wins.
#include "explain/search.h"

#include "base/message.h"

static void add_users(const Explainer *explainer, ClassId klass, RowNumbers *users) {
    RowList methods = program_methods(explainer->program, klass);
    for (; methods.at < methods.end; methods.at++)
        if (explainer->solution->functions[*methods.at].supply == SUPPLY_HELD)
            vec_add(users, *methods.at);
    for (uint32_t i = explainer->carried.first[klass.index]; i; i = explainer->carried.next[i])
        vec_add(users, i);
}

// A class is met by what its instances run: methods that use what they keep, and functions that they
// are carried to.
static void down_from_class(Search *search, ClassId klass) {
    Explainer *explainer = search->explainer;
    const Program *program = explainer->program;
    const FunctionPlan *plans = explainer->solution->functions;
    RowNumbers users = {0};
    for (RowList below = program_lineage(program, klass); below.at < below.end; below.at++)
        add_users(explainer, (ClassId){*below.at}, &users);
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 1; i < row->ancestor_count; i++)
        add_users(explainer, *program_ancestor(program, row->first_ancestor + i), &users);
    row_numbers_settle(&users);
    for (uint32_t i = 0; i < users.count; i++) {
        Supply supply = plans[users.items[i]].supply;
        search_visit(search, (Visit){.id = users.items[i],
                                     .step = supply == SUPPLY_HELD ? STEP_METHOD : STEP_CARRY});
    }
    vec_release(&users);
}

static void down_from_function(Search *search, uint32_t id) {
    Explainer *explainer = search->explainer;
    const Program *program = explainer->program;
    const FunctionPlan *plan = &explainer->solution->functions[id];
    RowList edges = program_edges_from(program, (FunctionId){id});
    for (; edges.at < edges.end; edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        if (!explain_edge_passes(explainer, *edges.at)) continue;
        Visit next = {
            .step = search_edge_step(explainer, edge), .edge = *edges.at, .at = edge->expr};
        if (edge->kind == EDGE_CONSTRUCT) {
            next.kind = NODE_CLASS;
            next.id = edge->klass.index;
            search_visit(search, next);
            next.kind = NODE_FUNCTION;
        }
        next.id = edge->callee.index;
        if (next.id) search_visit(search, next);
    }
    RowList inner = program_inner_functions(program, (FunctionId){id});
    for (; inner.at < inner.end; inner.at++)
        if (explainer->solution->functions[*inner.at].supply == SUPPLY_CLOSURE)
            search_visit(search, (Visit){.id = *inner.at, .step = STEP_INNER});
    if (plan->stores)
        search_visit(search, (Visit){.kind = NODE_CLASS,
                                     .id = program_function(program, (FunctionId){id})->klass.index,
                                     .step = STEP_KEEP});
    if (plan->needs_value || !(plan->gains_parameter || plan->has_parameter)) return;
    uint32_t family = program_function(program, (FunctionId){id})->family;
    RowList members = program_members(program, family);
    for (; members.at < members.end; members.at++)
        if (explainer->solution->functions[*members.at].needs_value)
            search_visit(search, (Visit){.id = *members.at, .step = STEP_OVERRIDE});
}

ExplainStep explain_access_step(const Explainer *explainer, const Sink *sink) {
    const SinkRule *rule = explain_sink_rule(explainer, sink);
    ExplainStep step = {.kind = STEP_ACCESS,
                        .name = explain_sink_name(explainer, sink),
                        .place = explain_sink_place(explainer, sink),
                        .access = fact_is(sink->call) ? SINK_CALL : SINK_SYMBOL};
    if (rule) step.access = rule->kind;
    Str id = rule ? rule->id : STR("found singleton");
    step.brief = explain_brief(explainer, step.name);
    step.remark =
        arena_format(explainer->arena, "%s[%.*s], %s", explain_family(explainer, sink->family),
                     STR_ARG(id), message_text(outcome_name(sink->outcome)));
    return step;
}

// The first access that makes the function need the context.
static const Sink *own_sink(const Explainer *explainer, const Visit *node) {
    if (node->kind != NODE_FUNCTION) return NULL;
    for (uint32_t i = explainer->function_sinks.first[node->id]; i;
         i = explainer->function_sinks.next[i]) {
        const Sink *sink = &explainer->solution->sinks.items[i];
        bool live = !sink_is_left(sink) && !sink->keeps_text;
        if (live && !sink->inside_accessor) return sink;
    }
    return NULL;
}

static void read_down(const Search *search, uint32_t end, const Sink *sink, ExplainChain *chain) {
    const Explainer *explainer = search->explainer;
    uint32_t count = 1;
    for (uint32_t i = end; search->visits.items[i].from != i; i = search->visits.items[i].from)
        count++;
    vec_extend(&chain->steps, count + 1);
    chain->steps.items[count] = explain_access_step(explainer, sink);
    for (uint32_t i = end; count-- > 0; i = search->visits.items[i].from) {
        const Visit *node = &search->visits.items[i];
        chain->steps.items[count] =
            count ? search_step(explainer, node, node) : search_start(explainer, node);
    }
}

bool explain_chain_down(Explainer *explainer, FunctionId function, ClassId klass,
                        ExplainChain *chain) {
    Search search;
    bool found = false;
    search_open(&search, explainer, function, klass);
    *chain = (ExplainChain){0};
    const Sink *sink = NULL;
    for (uint32_t i = 0; i < search.visits.count && !found; i++) {
        Visit node = search.visits.items[i];
        search.current = i;
        sink = own_sink(explainer, &node);
        found = sink != NULL;
        if (!found && node.kind == NODE_FUNCTION) down_from_function(&search, node.id);
        if (!found && node.kind == NODE_CLASS) down_from_class(&search, (ClassId){node.id});
    }
    if (found) read_down(&search, search.current, sink, chain);
    search_close(&search);
    return found;
}
