// The breadth-first search over calls that both kinds of chain share. In: a node to start from. Out:
// visits in the order they were met, each of which knows where it came from. Knows no direction.
#include "explain/search.h"

void search_visit(Search *search, Visit next) {
    if (search->seen[next.kind][next.id]) return;
    search->seen[next.kind][next.id] = true;
    next.from = search->current;
    vec_add(&search->visits, next);
}

void search_open(Search *search, Explainer *explainer, FunctionId function, ClassId klass) {
    *search = (Search){.explainer = explainer};
    const uint32_t counts[NODE_KINDS] = {program_function_count(explainer->program),
                                         program_class_count(explainer->program),
                                         explainer->solution->accessors.count};
    for (int i = 0; i < NODE_KINDS; i++)
        search->seen[i] = arena_array(&search->marks, bool, counts[i] + 1);
    bool is_class = fact_is(klass);
    search_visit(search, (Visit){.kind = is_class ? NODE_CLASS : NODE_FUNCTION,
                                 .id = is_class ? klass.index : function.index});
}

void search_close(Search *search) {
    vec_release(&search->visits);
    arena_release(&search->marks);
}

// ---- steps ---------------------------------------------------------------------------------------
static Str node_name(const Explainer *explainer, const Visit *node) {
    switch (node->kind) {
    case NODE_FUNCTION: return explain_function_name(explainer, (FunctionId){node->id});
    case NODE_CLASS: return explain_class_name(explainer, (ClassId){node->id});
    case NODE_ACCESSOR:
        return explain_symbol_name(explainer,
                                   explainer->solution->accessors.items[node->id].symbol);
    case NODE_KINDS: break;
    }
    return STR_NONE;
}

static Place node_place(const Explainer *explainer, const Visit *node) {
    if (node->kind == NODE_FUNCTION)
        return explain_function_place(explainer, (FunctionId){node->id});
    if (node->kind == NODE_CLASS) return explain_class_place(explainer, (ClassId){node->id});
    return explain_expr_place(explainer,
                              explainer->solution->accessors.items[node->id].construction);
}

// The step that STEP's edge makes to NODE.
ExplainStep search_step(const Explainer *explainer, const Visit *step, const Visit *node) {
    ExplainStep made = {.kind = step->step, .name = node_name(explainer, node)};
    made.brief = explain_brief(explainer, made.name);
    made.place =
        fact_is(step->at) ? explain_expr_place(explainer, step->at) : node_place(explainer, node);
    if (step->edge)
        made.evidence = evidence_words(program_edge(explainer->program, step->edge)->evidence);
    return made;
}

ExplainStep search_start(const Explainer *explainer, const Visit *node) {
    Str name = node_name(explainer, node);
    return (ExplainStep){.kind = STEP_START,
                         .name = name,
                         .brief = explain_brief(explainer, name),
                         .place = node_place(explainer, node)};
}

StepKind search_edge_step(const Explainer *explainer, const EdgeFact *edge) {
    if (edge->kind == EDGE_CONSTRUCT) return STEP_MAKE;
    return explainer->forwarded[edge->expr.index] || edge->kind != EDGE_CALL ? STEP_HAND_OVER
                                                                             : STEP_CALL;
}
