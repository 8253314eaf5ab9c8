// What outlives a context; see places.h. Two questions answer each other until nothing is new: what
// lasts (forward from module-level names, classes and objects that are kept), and what is kept (backward
// from what is stored in something that lasts).
#include "solve/escape/places.h"

#include "base/bug.h"
#include "solve/find/written.h"

// How much of a node lasts.
typedef enum Level {
    LEVEL_ITSELF, // a module-level name, and what it has
    LEVEL_PARTS,  // what is in it lasts, and it does not: list(TABLE.values())
    LEVEL_NONE
} Level;

enum { LEVEL_BITS = 2 }; // of Places.levels, for each of them

typedef struct Reached {
    uint32_t node;
    bool inside; // after going into a function
    Level level;
} Reached;

typedef Vec(Reached) Nodes;

typedef struct Search {
    Places *places;
    bool *blocked;         // by node: it becomes one for each tenant
    uint8_t *kept;         // by node: REACHED or REACHED_INSIDE
    bool *counted;         // by node: a call that is in the counts of its classes
    uint32_t *constructions; // by class: how many are kept
    uint32_t *next_store;  // by store: the next one with the same place
    uint32_t *first_store; // by node
    Nodes lasting_work, kept_work;
} Search;

// ---- what does not count ---------------------------------------------------------------------------------
// The key tells tenants apart: it mentions the context or its first dimension. What one of ACCESSES gives, which may be
// NULL, need not be another thing for each tenant: get_settings(context).model.
static bool names_tenant(const Solver *solver, const bool *accesses, ExprId expr, int depth) {
    const Program *program = solver->program;
    const ContextRule *context = &solver->program->rules->context;
    const ExprFact *row = program_expr(program, expr);
    if (!fact_is(expr) || depth > 8 || (accesses && accesses[expr.index])) return false;
    if (row->name.index) {
        Str name = program_name(program, row->name);
        bool dimension = context->dimensions.count && str_equal(name, context->dimensions.items[0]);
        if (dimension || str_equal(name, context->parameter)) return true;
    }
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (row->kind == EXPR_NAME && fact_is(symbol)) {
        const SymbolFact *meant = program_symbol(program, symbol);
        ExprId value = program_binding(program, meant->first_binding)->value;
        bool once = fact_same(meant->first_binding, meant->last_binding);
        if (once && fact_is(value) && names_tenant(solver, accesses, value, depth + 1)) return true;
    }
    if (fact_is(row->base) && names_tenant(solver, accesses, row->base, depth + 1)) return true;
    for (ExprId child = row->first_child; fact_is(child);
         child = program_expr(program, child)->next_sibling)
        if (names_tenant(solver, accesses, child, depth + 1)) return true;
    return false;
}

bool places_names_tenant(const Solver *solver, ExprId expr) { return names_tenant(solver, NULL, expr, 0); }

// table[tenant], table.get(tenant): what one tenant has in something that all share.
static bool reads_by_tenant(const Places *places, uint32_t node) {
    const Program *program = places->solver->program;
    if (node >= program_expr_count(program)) return false;
    const ExprFact *row = program_expr(program, (ExprId){node});
    if (row->kind == EXPR_SUBSCRIPT) return names_tenant(places->solver, places->replaced, row->first_child, 0);
    if (row->kind != EXPR_CALL) return false;
    const CallFact *call = program_call(program, row->call);
    return (call->flags & CALL_GIVES_PART) && call->argument_count &&
           names_tenant(places->solver, places->replaced,
                        program_argument(program, (ArgumentId){call->first_argument})->value, 0);
}

static bool runs_without_tenant(const Solver *solver, FunctionId function) {
    return solver->import_only[function.index] || solver->runtime_function[function.index] ||
           solver_is_test(solver, function) ||
           solver->runtime_module[program_function(solver->program, function)->module.index];
}

// The access that is written through: settings.rows[key] = value. None when no access is replaced there.
static ExprId access_of_store(const Places *places, const FlowStore *store) {
    ExprId e = store->at;
    while (fact_is(e) && !places->replaced[e.index]) e = program_expr(places->solver->program, e)->base;
    return e;
}

// A new object, of which only what is in it lasts: copy(SHARED).
static bool is_copy(const Places *places, uint32_t node) {
    return places->levels[node] && !(places->levels[node] & ((1 << LEVEL_PARTS * LEVEL_BITS) - 1));
}

// x.rows += more: the list is the one that x was copied with.
static bool adds_to(const Places *places, const FlowStore *store) {
    return program_binding(places->solver->program, store->binding)->kind == BINDING_AUGMENT;
}

// What is known of x in x.name = value: an object of the tree is one of many, unless its class is shared.
static bool place_lasts(const Places *places, const FlowStore *store) {
    // A module or a class that is read by an access is the tenant's own afterwards; what all objects of a class
    // share is not, whoever gave the object.
    ExprId access = access_of_store(places, store);
    if (places->classes_named[access.index]) return false;
    if (fact_is(access) && store->place == access.index) return false; // settings.name = value
    if (store->lasting && !fact_is(access)) return true;
    // An object that a module has a name for is not one of many, however many its class has.
    bool is_expr = store->place < program_expr_count(places->solver->program);
    if (is_expr && program_expr(places->solver->program, (ExprId){store->place})->kind == EXPR_NAME)
        return places->lasting[store->place];
    if (places->degree == PLACES_SHARED && fact_is(store->klass))
        return places->classes[store->klass.index] && (!is_copy(places, store->place) || adds_to(places, store));
    return store->place && places->lasting[store->place];
}

bool places_outlives(const Places *places, const FlowStore *store) {
    const Solver *solver = places->solver;
    bool for_each = fact_is(store->at) && each_runs_at(solver, store->at);
    if ((runs_without_tenant(solver, store->function) && !for_each) || !place_lasts(places, store) ||
        places_is_own_path(places, store->path))
        return false;
    if (fact_is(store->key) && names_tenant(solver, places->replaced, store->key, 0)) return false;
    return store->registers || !flow_is_cleared(places->flow, solver->program, store);
}

// ---- the fixpoint ----------------------------------------------------------------------------------------
// Both searches come out of a function only where they went in, as walk.h explains.
enum { REACHED = 1, REACHED_INSIDE = 2 };

// What is marked now is so because of BECAUSE, as Places.why counts.
static void note_why(const Search *search, uint32_t node, bool kept, uint32_t because) {
    uint32_t *why = &search->places->why[node + (kept ? search->places->flow->count : 0)];
    if (!*why) *why = because;
}

static void mark_level(Search *search, uint32_t node, uint8_t how, Level level, uint32_t because) {
    if (!node || !how || search->blocked[node] || ((search->places->levels[node] >> (level * LEVEL_BITS)) & (how | REACHED)))
        return;
    if (!search->places->levels[node]) note_why(search, node, false, because);
    search->places->levels[node] |= (uint8_t)(how << (level * LEVEL_BITS));
    if (level != LEVEL_PARTS) search->places->lasting[node] = 1;
    vec_add(&search->lasting_work, ((Reached){node, how == REACHED_INSIDE, level}));
}

static void mark_lasting(Search *search, uint32_t node, uint8_t how, uint32_t because) {
    mark_level(search, node, how, LEVEL_ITSELF, because);
}

static void mark_kept(Search *search, uint32_t node, uint8_t how, uint32_t because) {
    if (!node || !how || search->blocked[node] || (search->kept[node] & (how | REACHED))) return;
    if (!search->kept[node]) note_why(search, node, true, because);
    search->kept[node] |= how;
    vec_add(&search->kept_work, ((Reached){.node = node, .inside = how == REACHED_INSIDE}));
}

// How OTHER is reached over an edge of KINDS from what was reached as AT; 0: it is not. Going in is over
// an edge of kind IN, coming out over one of kind OUT.
static uint8_t reached_by(const Program *program, Reached at, uint32_t other, uint8_t kinds, uint8_t in,
                          uint8_t out) {
    if (kinds & in) return REACHED_INSIDE;
    if (!at.inside) return REACHED;
    if (kinds & out) return 0;
    return fact_same(flow_owner(program, at.node), flow_owner(program, other)) ? REACHED_INSIDE : REACHED;
}

// What its methods store in their receiver is kept as well.
static void mark_class(Search *search, ClassId klass, uint32_t because) {
    Places *places = search->places;
    const Solver *solver = places->solver;
    if (places->classes[klass.index] || places->own[klass.index]) return;
    places->classes[klass.index] = true;
    places->class_why[klass.index] = because;
    const Program *program = solver->program;
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        uint32_t ancestor = program_ancestor(program, row->first_ancestor + i)->index;
        for (RowList methods = program_methods(solver->program, (ClassId){ancestor});
             methods.at < methods.end; methods.at++) {
            const FunctionFact *method = program_function(program, (FunctionId){*methods.at});
            if ((method->flags & FUNCTION_STATIC) || !method->parameter_count) continue;
            SymbolId self = program_parameter(program, (ParameterId){method->first_parameter})->symbol;
            mark_lasting(search, flow_symbol(program, self), REACHED, because);
        }
    }
}

// Where the program makes objects of the class; tests say nothing.
static uint32_t count_constructions(const Solver *solver, ClassId klass) {
    uint32_t count = program_class(solver->program, klass)->flags & CLASS_COPIED ? 1 : 0; // by the copy
    for (RowList sites = program_constructions(solver->program, klass); sites.at < sites.end; sites.at++)
        count += !solver_runs_in_test(solver, program_edge(solver->program, *sites.at)->expr);
    return count;
}

static void keep_constructed(Search *search, uint32_t node) {
    const Solver *solver = search->places->solver;
    const Program *program = solver->program;
    if (node >= program_expr_count(program) || program_expr(program, (ExprId){node})->kind != EXPR_CALL) return;
    if (search->counted[node] || written_inside_accessor(solver, (ExprId){node})) return;
    search->counted[node] = true;
    CallId call = program_expr(program, (ExprId){node})->call;
    for (RowList edges = program_call_edges(solver->program, call); edges.at < edges.end;
         edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        if (edge->kind != EDGE_CONSTRUCT) continue;
        RowList classes = program_made_classes(program, edge);
        for (; classes.at < classes.end; classes.at++) {
            ClassId made = {*classes.at};
            // Of many objects one that is shared says nothing of the others.
            bool all = ++search->constructions[made.index] == count_constructions(solver, made);
            if (search->places->degree == PLACES_KEPT || all) mark_class(search, made, node + search->places->flow->count);
        }
    }
}

static void keep_function(const Search *search, uint32_t node) {
    const Program *program = search->places->solver->program;
    uint32_t first = flow_function(program, FACT_NONE(FunctionId));
    if (node > first && node < first + program_function_count(program))
        search->places->functions[node - first] = true;
}

// One of many that a container has is not shared by itself.
static bool keeps_value(const Search *search, const FlowStore *store) {
    bool one_of_many = !fact_is(store->symbol) &&
                       program_expr(search->places->solver->program, store->at)->kind != EXPR_ATTRIBUTE;
    return !(search->places->degree == PLACES_SHARED && one_of_many) &&
           places_outlives(search->places, store);
}

// [a, b], [x for x in rows], what a generator gives: what is put into it is in it. Of a tuple each part is taken out by its place (element_of).
static bool is_collection(const Program *program, uint32_t node) {
    uint32_t first_result = flow_result(program, FACT_NONE(FunctionId));
    if (node > first_result && node < first_result + program_function_count(program))
        return program_function(program, (FunctionId){node - first_result})->flags & FUNCTION_GENERATOR;
    if (node >= program_expr_count(program)) return false;
    uint8_t kind = program_expr(program, (ExprId){node})->kind;
    return kind == EXPR_LIST || kind == EXPR_SET || kind == EXPR_LIST_COMPREHENSION ||
           kind == EXPR_SET_COMPREHENSION || kind == EXPR_GENERATOR;
}

// What lasts of NEXT when AT does, over an edge of KINDS.
static Level level_over(const Program *program, Reached at, uint32_t next, uint8_t kinds) {
    if (flow_is_seen(kinds)) return LEVEL_NONE;
    if ((kinds & FLOW_COPY) == FLOW_COPY) return LEVEL_PARTS;
    if (kinds & FLOW_PART) return LEVEL_ITSELF;
    if (at.level == LEVEL_PARTS && next >= flow_raised(program, FACT_NONE(FunctionId)))
        return LEVEL_NONE; // an attribute may have many copies of many things: this one is not looked for
    if (kinds & FLOW_IDENTITY) return at.level;
    if ((kinds & FLOW_MEMBER) && at.level != LEVEL_PARTS) return at.level;
    bool holds = at.level != LEVEL_PARTS && (kinds & FLOW_INSIDE) && is_collection(program, next);
    return holds ? LEVEL_PARTS : LEVEL_NONE;
}

// __new__ gives what lasts, and stays: there is one object of the class, or a few.
static void mark_created(Search *search, uint32_t node) {
    const Solver *solver = search->places->solver;
    uint32_t first = flow_result(solver->program, FACT_NONE(FunctionId));
    if (node <= first || node >= first + program_function_count(solver->program)) return;
    const FunctionFact *function = program_function(solver->program, (FunctionId){node - first});
    if ((function->flags & FUNCTION_CREATOR) && solver_keeps_creator(solver, function->klass))
        mark_class(search, function->klass, node);
}

static void follow_lasting(Search *search, Reached at) {
    const Program *program = search->places->solver->program;
    if (at.level == LEVEL_ITSELF) mark_created(search, at.node);
    const Flow *flow = search->places->flow;
    const FlowLinks *links = &flow->forward;
    for (uint32_t i = links->first[at.node]; i < links->first[at.node + 1]; i++) {
        uint32_t next = links->nodes[i];
        uint8_t kinds = links->kinds[i];
        Level level = level_over(program, at, next, kinds);
        if (level == LEVEL_NONE || ((kinds & FLOW_PART) && reads_by_tenant(search->places, next))) continue;
        uint8_t how = reached_by(program, at, next, kinds, FLOW_ENTER, FLOW_LEAVE);
        mark_level(search, next, how, level, at.node);
    }
    if (at.level == LEVEL_PARTS) return;
    for (uint32_t s = search->first_store[at.node]; s; s = search->next_store[s])
        if (keeps_value(search, &flow->stores.items[s]))
            mark_kept(search, flow->stores.items[s].value, REACHED, at.node);
}

static void follow_kept(Search *search, Reached at) {
    const FlowLinks *links = &search->places->flow->backward;
    keep_constructed(search, at.node);
    if (search->places->functions) keep_function(search, at.node);
    for (uint32_t i = links->first[at.node]; i < links->first[at.node + 1]; i++)
        if (flow_is_seen(links->kinds[i]) ? 0 : links->kinds[i] & (FLOW_IDENTITY | FLOW_INSIDE))
            mark_kept(search, links->nodes[i],
                      reached_by(search->places->solver->program, at, links->nodes[i],
                                 links->kinds[i], FLOW_LEAVE, FLOW_ENTER),
                      at.node + search->places->flow->count);
}

// All its objects are there before the first tenant comes: a pool of connections, the fields of a form.
static bool is_made_before_tenants(const Solver *solver, ClassId klass) {
    const Program *program = solver->program;
    uint32_t count = 0;
    if (program_class(program, klass)->flags & CLASS_COPIED) return false;
    for (RowList sites = program_constructions(program, klass); sites.at < sites.end; sites.at++) {
        ExprId site = program_edge(program, *sites.at)->expr;
        FunctionId function = program_scope_function(program, program_expr(program, site)->scope);
        if (solver_runs_in_test(solver, site)) continue;
        bool each = written_inside_accessor(solver, site); // each tenant makes its own
        if (each || (fact_is(function) && !solver->import_only[function.index])) return false;
        count++;
    }
    return count > 0;
}

// Whatever is stored where: its objects are few, and made once. Of an object that is copied there are more.
static bool is_one_for_all(const Search *search, ClassId klass) {
    const Solver *solver = search->places->solver;
    uint32_t flags = program_class(solver->program, klass)->flags;
    if (flags & (CLASS_ENUM | CLASS_ONE_STATE)) return true;
    bool shared = search->places->degree == PLACES_SHARED;
    if (solver->solution->classes[klass.index].process_lifetime) return !shared || !(flags & CLASS_COPIED);
    return shared && is_made_before_tenants(solver, klass);
}

static void begin(Search *search) {
    const Solver *solver = search->places->solver;
    const Flow *flow = search->places->flow;
    places_block(solver, search->places->own, search->blocked);
    for (uint32_t i = 1; i < flow->stores.count; i++) {
        uint32_t place = flow->stores.items[i].place;
        search->next_store[i] = search->first_store[place];
        search->first_store[place] = i;
    }
    for (uint32_t i = 0; i < flow->lasting.count; i++)
        mark_lasting(search, flow->lasting.items[i], REACHED, 0);
    for (uint32_t i = 1; i < program_class_count(solver->program); i++)
        if (!search->places->own[i] && is_one_for_all(search, (ClassId){i})) mark_class(search, (ClassId){i}, 0);
    for (uint32_t i = 1; i < flow->stores.count; i++)
        if (flow->stores.items[i].lasting && keeps_value(search, &flow->stores.items[i]))
            mark_kept(search, flow->stores.items[i].value, REACHED, 0);
}

static void settle(Search *search) {
    while (search->lasting_work.count || search->kept_work.count) {
        if (search->lasting_work.count) {
            search->lasting_work.count--;
            follow_lasting(search, search->lasting_work.items[search->lasting_work.count]);
        } else {
            search->kept_work.count--;
            follow_kept(search, search->kept_work.items[search->kept_work.count]);
        }
    }
}

static bool *find_named_classes(const Program *program) {
    bool *named = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *named);
    for (uint32_t i = 0; i < program_class_reference_count(program); i++) {
        const ClassReference *reference = program_class_reference(program, i);
        named[reference->expr.index] = !reference->instance;
    }
    named[0] = false;
    return named;
}

static bool *find_replaced(const Solver *solver) {
    bool *replaced = memory_alloc_zeroed(program_expr_count(solver->program) + 1, sizeof *replaced);
    for (uint32_t i = 1; i < solver->solution->sinks.count; i++) {
        const Sink *sink = &solver->solution->sinks.items[i];
        if (!sink_is_left(sink)) replaced[sink->expr.index] = true;
    }
    replaced[0] = false;
    return replaced;
}

void places_find(Places *places, Solver *solver, PlacesDegree degree) {
    const Flow *flow = &solver->flow;
    *places = (Places){.solver = solver,
                       .flow = flow,
                       .degree = degree,
                       .lasting = memory_alloc_zeroed(flow->count + 1, 1),
                       .levels = memory_alloc_zeroed(flow->count + 1, 1),
                       .why = memory_alloc_zeroed(2 * (size_t)flow->count + 1, sizeof(uint32_t)),
                       .class_why = memory_alloc_zeroed(program_class_count(solver->program) + 1, sizeof(uint32_t)),
                       .replaced = find_replaced(solver),
                       .own = places_own_classes(solver),
                       .classes_named = find_named_classes(solver->program),
                       .classes = memory_alloc_zeroed(program_class_count(solver->program) + 1, 1)};
    if (degree == PLACES_KEPT)
        places->functions = memory_alloc_zeroed(program_function_count(solver->program) + 1, 1);
    Search search = {.places = places,
                     .blocked = memory_alloc_zeroed(flow->count + 1, 1),
                     .kept = memory_alloc_zeroed(flow->count + 1, 1),
                     .counted = memory_alloc_zeroed(flow->count + 1, 1),
                     .constructions = memory_alloc_zeroed(program_class_count(solver->program) + 1,
                                                          sizeof(uint32_t)),
                     .next_store = memory_alloc_zeroed(flow->stores.count + 1, sizeof(uint32_t)),
                     .first_store = memory_alloc_zeroed(flow->count + 1, sizeof(uint32_t))};
    begin(&search);
    settle(&search);
    free(search.blocked);
    free(search.kept);
    free(search.counted);
    free(search.constructions);
    free(search.next_store);
    free(search.first_store);
    vec_release(&search.lasting_work);
    vec_release(&search.kept_work);
}

void places_release(Places *places) {
    free(places->lasting);
    free(places->levels);
    free(places->why);
    free(places->class_why);
    free(places->replaced);
    free(places->own);
    free(places->classes_named);
    free(places->classes);
    free(places->functions);
}

uint32_t places_reasons(const Places *places, const FlowStore *store, uint32_t *nodes, uint32_t count) {
    uint32_t length = 0, half = places->flow->count;
    bool of_class = fact_is(store->klass) && places->degree == PLACES_SHARED && places->classes[store->klass.index];
    uint32_t node = of_class ? places->class_why[store->klass.index] : store->place;
    for (; node && length < count; node = places->why[node]) nodes[length++] = node < half ? node : node - half;
    return length;
}

void solver_find_kept(Solver *solver) {
    Places places;
    places_find(&places, solver, PLACES_KEPT);
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *row = program_class(program, (ClassId){i});
        // An object of a subclass is one of the class.
        for (uint32_t k = 0; places.classes[i] && k < row->ancestor_count; k++)
            solver->class_kept[program_ancestor(program, row->first_ancestor + k)->index] = true;
    }
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (places.functions[i]) solver->outlives[i] = OUTLIVES_CONTEXT;
    free(solver->lasting);
    solver->lasting = places.lasting;
    places.lasting = NULL;
    places_release(&places);
}
