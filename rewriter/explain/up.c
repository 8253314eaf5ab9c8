// The shortest chain from each origin of the context to a function or class. In: indexes. Out: steps in
// the order of the calls. It goes the way that origins are counted (solve/judge/origin.c), backwards: callers,
// constructions, accesses of a singleton. Of two chains of one length the one whose calls come first in
// the tree wins.
#include "explain/search.h"

// A chain from ORIGIN that begins with START and reaches the current node by STEP (none: START is the
// current node), unless one was found before.
static void begin_chain(Search *search, uint32_t origin, ExplainStep start, const Visit *step) {
    if (!(search->wanted & origin)) return;
    search->wanted &= ~origin;
    uint32_t bit = 0;
    while (1u << bit != origin) bit++;
    ExplainChain *chain = &search->chains[bit];
    chain->origin = origin;
    const Visit *node = &search->visits.items[search->current];
    vec_add(&chain->steps, start);
    if (step) vec_add(&chain->steps, search_step(search->explainer, step, node));
    for (; &search->visits.items[node->from] != node; node = &search->visits.items[node->from])
        vec_add(&chain->steps,
                search_step(search->explainer, node, &search->visits.items[node->from]));
}

static void begin_here(Search *search, uint32_t origin, Str remark) {
    ExplainStep start = search_start(search->explainer, &search->visits.items[search->current]);
    start.remark = remark;
    begin_chain(search, origin, start, NULL);
}

static bool runs_nowhere(const Explainer *explainer, FunctionId function) {
    for (; fact_is(function); function = program_function(explainer->program, function)->enclosing)
        if (explainer->solution->functions[function.index].dead) return true;
    return false;
}

// The context that is at hand where EXPR is evaluated goes to the current node by STEP.
static void up_to_site(Search *search, ExprId expr, StepKind kind, uint32_t edge) {
    Explainer *explainer = search->explainer;
    Visit step = {.step = kind, .edge = edge, .at = expr};
    uint32_t accessor = explain_accessor_around(explainer, expr);
    FunctionId function =
        program_scope_function(explainer->program, program_expr(explainer->program, expr)->scope);
    if (runs_nowhere(explainer, function)) return;
    ExplainStep start = {.kind = STEP_START, .place = explain_expr_place(explainer, expr)};
    start.name = explain_where(explainer, expr);
    start.brief = explain_brief(explainer, start.name);
    if (accessor) {
        step.kind = NODE_ACCESSOR;
        step.id = accessor;
        search_visit(search, step);
    } else if (solution_runs_for_each(explainer->solution, expr)) {
        start.remark = STR("for each tenant in turn");
        begin_chain(search, ORIGIN_EACH_TENANT, start, &step);
    } else if (!fact_is(function)) {
        start.remark = STR("runs at import");
        begin_chain(search, ORIGIN_IMPORT_TIME, start, &step);
    } else if (explainer->solution->functions[function.index].reads_ambient) {
        bool constructor =
            program_function(explainer->program, function)->flags & FUNCTION_CONSTRUCTOR;
        start.remark = STR("reads the ambient context");
        begin_chain(search, constructor ? ORIGIN_IMPORT_TIME : ORIGIN_UNCALLED, start, &step);
    } else {
        step.id = function.index;
        search_visit(search, step);
    }
}

// False when nothing in the tree makes an instance.
static bool up_to_constructions(Search *search, ClassId klass) {
    const Program *program = search->explainer->program;
    RowNumbers rows = {0};
    program_add_constructions(program, klass, &rows);
    row_numbers_settle(&rows);
    for (uint32_t i = 0; i < rows.count; i++)
        up_to_site(search, program_edge(program, rows.items[i])->expr, STEP_MAKE, rows.items[i]);
    bool made = rows.count > 0;
    vec_release(&rows);
    return made;
}

static void up_from_callers(Search *search, uint32_t id) {
    Explainer *explainer = search->explainer;
    const FunctionFact *function = program_function(explainer->program, (FunctionId){id});
    bool constructor = function->flags & FUNCTION_CONSTRUCTOR, called = constructor;
    if (explainer->solution->public_functions[id])
        begin_here(search, ORIGIN_PUBLIC_API, STR("public API, called from outside the tree"));
    if (function->flags & FUNCTION_OVERRIDES_FOREIGN)
        begin_here(search, ORIGIN_UNCALLED, STR("code outside the tree runs what it overrides"));
    if (explainer->solution->functions[id].doubt)
        begin_here(search, ORIGIN_UNCALLED, STR("a call of that name could not be resolved"));
    RowList callers = program_callers(explainer->program, (FunctionId){id});
    for (; callers.at < callers.end; callers.at++) {
        const EdgeFact *edge = program_edge(explainer->program, *callers.at);
        StepKind kind = search_edge_step(explainer, edge);
        if (edge->kind != EDGE_ESCAPE || explainer->forwarded[edge->expr.index]) {
            up_to_site(search, edge->expr, kind, *callers.at);
            continue;
        }
        ExplainStep start = {.name = explain_where(explainer, edge->expr),
                             .place = explain_expr_place(explainer, edge->expr),
                             .remark = STR("hands it on as a value")};
        start.brief = explain_brief(explainer, start.name);
        begin_chain(search, ORIGIN_UNCALLED, start,
                    &(Visit){.step = kind, .edge = *callers.at, .at = edge->expr});
    }
    if (constructor && !up_to_constructions(search, function->klass))
        begin_here(search, ORIGIN_UNCALLED, STR("nothing in the tree makes one"));
    RowList members = program_members(explainer->program, function->family);
    for (; members.at < members.end; members.at++) {
        FunctionId member = {*members.at};
        called = called || row_count(program_callers(explainer->program, member)) > 0 ||
                 explainer->solution->public_functions[member.index];
        search_visit(search, (Visit){.id = member.index, .step = STEP_OVERRIDE});
    }
    if (!called) begin_here(search, ORIGIN_UNCALLED, STR("nobody in the tree calls it"));
}

// An object that an accessor keeps runs for whoever asked for it: the calls on it come first.
static void up_to_askers(Search *search, uint32_t id) {
    Explainer *explainer = search->explainer;
    if (explainer->solution->public_functions[id])
        begin_here(search, ORIGIN_PUBLIC_API, STR("public API, called from outside the tree"));
    RowList callers = program_callers(explainer->program, (FunctionId){id});
    for (; callers.at < callers.end; callers.at++) {
        const EdgeFact *edge = program_edge(explainer->program, *callers.at);
        if (edge->kind == EDGE_CALL)
            up_to_site(search, edge->expr, search_edge_step(explainer, edge), *callers.at);
    }
}

static void up_from_function(Search *search, uint32_t id) {
    Explainer *explainer = search->explainer;
    const FunctionPlan *plan = &explainer->solution->functions[id];
    const FunctionFact *function = program_function(explainer->program, (FunctionId){id});
    Visit object = {.kind = NODE_CLASS, .id = function->klass.index, .step = STEP_METHOD};
    uint32_t origin = ORIGIN_UNCALLED;
    if (plan->runs_for_each) {
        begin_here(search, ORIGIN_EACH_TENANT, STR("for each tenant in turn"));
        return;
    }
    switch (plan->supply) {
    case SUPPLY_NONE: break;
    case SUPPLY_PARAMETER: up_from_callers(search, id); break;
    case SUPPLY_HELD:
        if (explainer->solution->classes[function->klass.index].keyed) up_to_askers(search, id);
        search_visit(search, object);
        break;
    case SUPPLY_CLOSURE:
        search_visit(search, (Visit){.id = function->enclosing.index, .step = STEP_INNER});
        break;
    case SUPPLY_CARRIER:
        if (!plan->carrier_is_context) {
            origin = explainer->program->rules->carriers.items[plan->carrier_rule].origin;
            object.id = program_parameter(explainer->program, plan->carrier)->klass.index;
        }
        object.step = STEP_CARRY;
        if (origin)
            begin_here(search, origin, STR("its parameter carries the context"));
        else
            search_visit(search, object);
        break;
    case SUPPLY_CREATED:
    case SUPPLY_BRIDGED:
        if (plan->boundary)
            origin = explainer->program->rules->boundaries.items[plan->boundary - 1].origin;
        if (plan->each_body != EACH_NOT) origin = ORIGIN_EACH_TENANT;
        begin_here(search, origin,
                   plan->supply == SUPPLY_CREATED ? STR("makes the context")
                                                  : STR("reads the ambient context"));
        break;
    }
}

static void up_from_accessor(Search *search, uint32_t accessor) {
    const Explainer *explainer = search->explainer;
    for (uint32_t i = explainer->accessor_sinks.first[accessor]; i;
         i = explainer->accessor_sinks.next[i]) {
        const Sink *sink = &explainer->solution->sinks.items[i];
        if (!sink->keeps_text) up_to_site(search, sink->expr, STEP_GET, 0);
    }
}

void explain_chains_up(Explainer *explainer, FunctionId function, ClassId klass, uint32_t wanted,
                       Subject *subject) {
    Search search;
    search_open(&search, explainer, function, klass);
    search.wanted = wanted;
    for (uint32_t i = 0; i < search.visits.count && search.wanted; i++) {
        Visit node = search.visits.items[i];
        search.current = i;
        switch (node.kind) {
        case NODE_FUNCTION: up_from_function(&search, node.id); break;
        case NODE_CLASS:
            if (!up_to_constructions(&search, (ClassId){node.id}))
                begin_here(&search, ORIGIN_UNCALLED, STR("nothing in the tree makes one"));
            break;
        case NODE_ACCESSOR: up_from_accessor(&search, node.id); break;
        case NODE_KINDS: break;
        }
    }
    for (int i = 0; i < ORIGIN_COUNT; i++)
        if (search.chains[i].origin) vec_add(&subject->chains, search.chains[i]);
    search_close(&search);
}
