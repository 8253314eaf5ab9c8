// Where contexts come from in the end: the set of origins of every function, class, accessor and sink.
// Comes in: a settled solution. Goes out: origins and the count of isolated sinks.
// A union over callers to a fixpoint; sets only grow. Who read a set is looked at again when it has grown,
// so that a chain of calls costs its length whatever the order of its functions.
//
// Two questions are asked one after the other, and either answer is enough to call an access isolated:
//   1. Where was the context made that is used here? An object's is that of its constructions.
//   2. Who runs this? An object that holds a context is in no place that outlives it (escape/), so who calls
//      its methods has the same tenant: the callers count, and not the constructions.
// docs/semantics.md says more: an object that an accessor keeps by key runs for whoever asked the accessor for it,
// and code that never runs brings no origin to what it calls.
#include "solve/judge/origin.h"

#include <stdlib.h>

#include "base/bug.h"
#include "solve/escape/handed.h"
#include "solve/find/written.h"

// Sets are those of functions, then classes, then accessors, then runs, then what is held, then families; items are
// functions, then classes, then sinks, then runs, then what is held, then families.
static uint32_t set_of_class(const Origins *origins, uint32_t klass) {
    return program_function_count(origins->solver->program) + klass;
}

static uint32_t set_of_accessor(const Origins *origins, uint32_t accessor) {
    return set_of_class(origins, program_class_count(origins->solver->program)) + accessor;
}

static uint32_t set_of_run(const Origins *origins, uint32_t function) {
    return set_of_accessor(origins, origins->solver->solution->accessors.count + 1) + function;
}

static uint32_t set_of_held(const Origins *origins, uint32_t function) {
    return set_of_run(origins, program_function_count(origins->solver->program)) + function;
}

static uint32_t set_of_family(const Origins *origins, FamilyQuestion question, uint32_t family) {
    uint32_t functions = program_function_count(origins->solver->program);
    return set_of_held(origins, functions) + (uint32_t)question * functions + family;
}

static uint32_t item_of_run(const Origins *origins, uint32_t function) {
    const Solver *solver = origins->solver;
    return program_function_count(solver->program) + program_class_count(solver->program) +
           solver->solution->sinks.count + function;
}

static uint32_t item_of_held(const Origins *origins, uint32_t function) {
    return item_of_run(origins, program_function_count(origins->solver->program)) + function;
}

static uint32_t item_of_family(const Origins *origins, FamilyQuestion question, uint32_t family) {
    uint32_t functions = program_function_count(origins->solver->program);
    return item_of_held(origins, functions) + (uint32_t)question * functions + family;
}

static void enqueue(Origins *origins, uint32_t item) {
    if (origins->queued[item]) return;
    origins->queued[item] = true;
    vec_add(&origins->queue, item);
}

static void note_reader(Origins *origins, uint32_t index) {
    ReaderList *list = &origins->readers[index];
    if (list->count && list->items[list->count - 1] == origins->current) return;
    vec_add(list, origins->current);
}

uint32_t function_origins(Origins *origins, uint32_t function) {
    note_reader(origins, function);
    return origins->functions[function];
}

uint32_t class_origins(Origins *origins, uint32_t klass) {
    note_reader(origins, set_of_class(origins, klass));
    return origins->classes[klass];
}

uint32_t run_origins(Origins *origins, uint32_t function) {
    const FunctionPlan *plan = &origins->solver->solution->functions[function];
    if (plan->supply != SUPPLY_NONE && !plan->reads_ambient) return function_origins(origins, function);
    note_reader(origins, set_of_run(origins, function));
    // Once: functions that only run each other have no origin, and would ask each other for ever.
    if (!origins->run_asked[function]) enqueue(origins, item_of_run(origins, function));
    origins->run_asked[function] = true;
    return origins->runs[function];
}

// A method may ask an accessor with what its own object holds, so that the question leads back to it.
uint32_t held_origins(Origins *origins, uint32_t function) {
    note_reader(origins, set_of_held(origins, function));
    if (!origins->held_asked[function]) enqueue(origins, item_of_held(origins, function));
    origins->held_asked[function] = true;
    return origins->held[function];
}

// INDEX is that of the set; those who read it read it again when they are looked at.
static void grow(Origins *origins, uint32_t index, uint32_t *set, uint32_t more) {
    if ((*set | more) == *set) return;
    *set |= more;
    ReaderList *list = &origins->readers[index];
    for (uint32_t i = 0; i < list->count; i++) enqueue(origins, list->items[i]);
    vec_clear(list);
}

uint32_t at_site(Origins *origins, ExprId expr) {
    const Solver *solver = origins->solver;
    uint32_t accessor = solver_inside_accessor(solver, expr);
    if (accessor) {
        note_reader(origins, set_of_accessor(origins, accessor));
        return origins->accessors[accessor];
    }
    FunctionId function =
        program_scope_function(solver->program, program_expr(solver->program, expr)->scope);
    if (!fact_is(function)) return ORIGIN_IMPORT_TIME;
    if (each_runs_at(solver, expr)) return ORIGIN_EACH_TENANT;
    const FunctionPlan *plan = &solver->solution->functions[function.index];
    if (!plan->reads_ambient) return function_origins(origins, function.index);
    return program_function(solver->program, function)->flags & FUNCTION_CONSTRUCTOR
               ? ORIGIN_IMPORT_TIME
               : ORIGIN_UNCALLED;
}

// Adds those of the places that make the class; true when there are any that run.
static bool add_constructions(Origins *origins, uint32_t klass, uint32_t *set) {
    const Solver *solver = origins->solver;
    bool made = false;
    for (RowList sites = program_constructions(solver->program, (ClassId){klass});
         sites.at < sites.end; sites.at++) {
        const EdgeFact *edge = program_edge(solver->program, *sites.at);
        if (dead_runs_at(solver, edge->expr)) continue;
        *set |= solver_runs_in_test(solver, edge->expr) ? (uint32_t)ORIGIN_TEST : at_edge(origins, edge);
        made = true;
    }
    return made;
}

static void visit_class(Origins *origins, uint32_t klass) {
    const Solver *solver = origins->solver;
    uint32_t set = 0;
    bool made = false;
    for (RowList lineage = program_lineage(solver->program, (ClassId){klass});
         lineage.at < lineage.end; lineage.at++) {
        uint32_t one = *lineage.at;
        made = add_constructions(origins, one, &set) || made;
    }
    // Nothing known yet of the places that make it is not the same as nobody makes it.
    grow(origins, set_of_class(origins, klass), &origins->classes[klass], made ? set : ORIGIN_UNCALLED);
}

// What the callers of MEMBER bring.
static uint32_t of_callers_of(Origins *origins, uint32_t member) {
    const Solver *solver = origins->solver;
    uint32_t set = solver->public_function[member] ? (uint32_t)ORIGIN_PUBLIC_API : 0;
    // A call that means it or nothing here gets no context: nothing shows what it would stand before.
    if (solver->solution->functions[member].doubt) set |= ORIGIN_UNCALLED;
    for (RowList callers = program_callers(solver->program, (FunctionId){member}); callers.at < callers.end;
         callers.at++) {
        const EdgeFact *edge = program_edge(solver->program, *callers.at);
        if (dead_runs_at(solver, edge->expr) || edge->mistyped) continue;
        if (solver_runs_in_test(solver, edge->expr)) {
            set |= ORIGIN_TEST; // whatever it does with the function
            continue;
        }
        if (handed_is_followed(solver, *callers.at)) continue; // its calls are edges of their own
        bool bound = edge->kind != EDGE_ESCAPE || solver_binds_context(solver, *callers.at) ||
                     fact_is(written_at_edge(solver, edge));
        set |= bound ? at_edge(origins, edge) : ORIGIN_UNCALLED;
    }
    return set;
}

static bool is_called_alive(const Solver *solver, uint32_t member) {
    for (RowList callers = program_callers(solver->program, (FunctionId){member}); callers.at < callers.end;
         callers.at++)
        if (!dead_runs_at(solver, program_edge(solver->program, *callers.at)->expr)) return true;
    return false;
}

static FamilyCalls look_at_calls(const Solver *solver, uint32_t family) {
    FamilyCalls calls = CALLS_NONE;
    for (RowList members = program_members(solver->program, family); members.at < members.end; members.at++) {
        if (is_called_alive(solver, *members.at)) return CALLS_LIVE;
        if (solver->public_function[*members.at] ||
            row_count(program_callers(solver->program, (FunctionId){*members.at})) > 0)
            calls = CALLS_DEAD;
    }
    return calls;
}

FamilyCalls calls_of_family(Origins *origins, uint32_t family) {
    FamilyCalls *calls = &origins->family_calls[family];
    if (*calls == CALLS_NOT_ASKED) *calls = look_at_calls(origins->solver, family);
    return *calls;
}

static uint32_t ask_member(Origins *origins, uint32_t member, FamilyQuestion question) {
    return question == FAMILY_BRINGS ? of_callers_of(origins, member)
                                     : of_runs_of(origins, member, question == FAMILY_HOLDS);
}

uint32_t family_origins(Origins *origins, const FunctionFact *function, FamilyQuestion question) {
    uint32_t family = function->family;
    RowList members = program_members(origins->solver->program, family);
    if (row_count(members) == 1) return ask_member(origins, *members.at, question);
    note_reader(origins, set_of_family(origins, question, family));
    if (!origins->family_asked[question][family]) enqueue(origins, item_of_family(origins, question, family));
    origins->family_asked[question][family] = true;
    return origins->families[question][family];
}

static void visit_family(Origins *origins, FamilyQuestion question, uint32_t family) {
    uint32_t set = 0;
    for (RowList members = program_members(origins->solver->program, family); members.at < members.end; members.at++)
        set |= ask_member(origins, *members.at, question);
    grow(origins, set_of_family(origins, question, family), &origins->families[question][family], set);
}

static uint32_t of_callers(Origins *origins, const FunctionFact *function) {
    FamilyCalls calls = calls_of_family(origins, function->family);
    if (calls == CALLS_NONE && !(function->flags & FUNCTION_CONSTRUCTOR)) return ORIGIN_UNCALLED;
    // Code outside the tree runs what overrides a method of its own, and brings no context.
    uint32_t set = function->flags & FUNCTION_OVERRIDES_FOREIGN ? (uint32_t)ORIGIN_UNCALLED : 0;
    set |= family_origins(origins, function, FAMILY_BRINGS);
    bool made = (function->flags & FUNCTION_CONSTRUCTOR) && !(origins->by_runs && set);
    if (made) return set | class_origins(origins, function->klass.index);
    return calls != CALLS_LIVE && !set ? ORIGIN_UNCALLED : set;
}

// ---- objects that accessors keep -------------------------------------------------------------------
static bool made_by_accessors(const Solver *solver, uint32_t klass, uint32_t *made) {
    if (solver->class_escapes[klass]) return false;
    for (RowList sites = program_constructions(solver->program, (ClassId){klass});
         sites.at < sites.end; sites.at++, ++*made) {
        ExprId expr = program_edge(solver->program, *sites.at)->expr;
        if (!written_inside_accessor(solver, expr)) return false;
    }
    return true;
}

static bool is_keyed(const Solver *solver, uint32_t klass) {
    uint32_t made = 0;
    for (RowList lineage = program_lineage(solver->program, (ClassId){klass});
         lineage.at < lineage.end; lineage.at++)
        if (!made_by_accessors(solver, *lineage.at, &made)) return false;
    return made > 0;
}

bool is_keyed_method(const Origins *origins, const FunctionFact *function) {
    const uint32_t no_receiver = FUNCTION_STATIC | FUNCTION_CLASS | FUNCTION_CREATOR;
    return origins->keyed[function->klass.index] && !(function->flags & no_receiver);
}

ExprId asked_here(const Origins *origins, ExprId receiver) {
    const Program *program = origins->solver->program;
    if (!fact_is(receiver)) return receiver;
    if (program_expr(program, receiver)->kind == EXPR_NAME && !origins->sink_at[receiver.index]) {
        SymbolId symbol = program_symbol_of(program, receiver);
        if (!fact_is(symbol)) return FACT_NONE(ExprId);
        const SymbolFact *row = program_symbol(program, symbol);
        bool local = fact_is(program_scope_function(program, row->scope));
        bool once = fact_is(row->first_binding) && fact_same(row->first_binding, row->last_binding);
        if (!local || !once || row->flags) return FACT_NONE(ExprId);
        const BindingFact *binding = program_binding(program, row->first_binding);
        bool whole = binding->kind == BINDING_ASSIGN && binding->element == -1;
        if (!whole || !fact_is(binding->value)) return FACT_NONE(ExprId);
        receiver = binding->value;
    }
    uint32_t sink = origins->sink_at[receiver.index];
    const Sink *row = &origins->solver->solution->sinks.items[sink];
    bool asks = row->accessor || fact_is(row->keeper);
    return asks ? receiver : FACT_NONE(ExprId);
}

// True when the origins are known of the function that evaluates EXPR.
static bool runs_keyed(const Origins *origins, ExprId expr) {
    const Program *program = origins->solver->program;
    FunctionId function = program_scope_function(program, program_expr(program, expr)->scope);
    if (!fact_is(function)) return false;
    return origins->solver->solution->functions[function.index].supply != SUPPLY_NONE ||
           is_keyed_method(origins, program_function(program, function));
}

// Origins of a method that uses what its object keeps, when an accessor made the object: those who asked
// the accessor for it, as it keeps one object for each of them. A call on an object that came from
// elsewhere brings all that may have asked.
static uint32_t of_keyed_method(Origins *origins, const FunctionFact *function) {
    const Solver *solver = origins->solver;
    const Program *program = solver->program;
    uint32_t all = class_origins(origins, function->klass.index), set = 0;
    bool called = false;
    for (RowList members = program_members(solver->program, function->family);
         members.at < members.end; members.at++) {
        uint32_t member = *members.at;
        if (solver->public_function[member]) set |= ORIGIN_PUBLIC_API;
        for (RowList callers = program_callers(solver->program, (FunctionId){member});
             callers.at < callers.end; callers.at++) {
            const EdgeFact *edge = program_edge(program, *callers.at);
            if (dead_runs_at(solver, edge->expr)) continue;
            called = true;
            if (edge->evidence == EVIDENCE_SELF || edge->super_call) {
                set |= runs_keyed(origins, edge->expr) ? at_site(origins, edge->expr) : all;
                continue;
            }
            ExprId callee = edge->expr;
            if (fact_is(edge->call)) callee = program_call(program, edge->call)->callee;
            bool is_method =
                edge->kind == EDGE_CALL && program_expr(program, callee)->kind == EXPR_ATTRIBUTE;
            ExprId asked = is_method ? asked_here(origins, program_expr(program, callee)->base)
                                     : FACT_NONE(ExprId);
            set |= fact_is(asked) ? at_access(origins, asked) : all;
        }
    }
    return called ? set : all;
}

// The source has the parameter already, and this run asks nothing of the function.
static bool has_context(const Solver *solver, FunctionId id) {
    return !solver->taken[id.index] &&
           fact_is(supply_context_parameter(solver, program_function(solver->program, id)));
}

static void visit_function(Origins *origins, uint32_t index) {
    const Solver *solver = origins->solver;
    const FunctionFact *function = program_function(solver->program, (FunctionId){index});
    FunctionPlan *plan = &solver->solution->functions[index];
    uint32_t set = 0;
    if (origins->by_runs && origins->settled[index]) return;
    if (solver->each_function[index]) {
        grow(origins, index, &origins->functions[index], ORIGIN_EACH_TENANT);
        return;
    }
    switch (plan->supply) {
    case SUPPLY_NONE:
        if (has_context(solver, (FunctionId){index})) {
            set = of_callers(origins, function);
            break;
        }
        if (!is_keyed_method(origins, function)) return;
        set = function->flags & FUNCTION_CONSTRUCTOR ? class_origins(origins, function->klass.index)
                                                     : of_keyed_method(origins, function);
        break;
    case SUPPLY_PARAMETER:
        set = of_callers(origins, function);
        break;
    case SUPPLY_CARRIER: {
        if (plan->carrier_is_context) {
            set = origins->classes[function->klass.index];
            break;
        }
        uint32_t said = solver->program->rules->carriers.items[plan->carrier_rule].origin;
        ClassId klass = program_parameter(solver->program, plan->carrier)->klass;
        set = said             ? said
              : origins->by_runs ? of_carrying(origins, (FunctionId){index}, klass)
                                 : class_origins(origins, klass.index);
        break;
    }
    case SUPPLY_HELD:
        set = origins->by_runs                    ? of_holding_method(origins, (FunctionId){index})
              : origins->keyed[function->klass.index] ? of_keyed_method(origins, function)
                                                    : class_origins(origins, function->klass.index);
        break;
    case SUPPLY_CLOSURE: set = function_origins(origins, function->enclosing.index); break;
    case SUPPLY_CREATED: case SUPPLY_BRIDGED:
        set = plan->boundary ? each_origin(solver, (FunctionId){index}) : (uint32_t)ORIGIN_UNCALLED;
        break;
    }
    grow(origins, index, &origins->functions[index], set);
}

// What an access adds to its origins.
static void visit_sink(Origins *origins, Sink *sink) {
    const Program *program = origins->solver->program;
    if (!fact_is(sink->expr)) {
        sink->origins |= function_origins(origins, sink->function.index);
        return;
    }
    if (sink->migrated) {
        sink->origins |= of_context(origins, sink->context);
        return;
    }
    bool at_import = (sink->keeps_text || sink->outcome == OUTCOME_REFUSED) &&
                     !fact_is(sink->function);
    FunctionId around = program_scope_function(program, program_expr(program, sink->expr)->scope);
    bool moves = fact_is(sink->function) && !fact_same(around, sink->function); // a default, to the body
    uint32_t set = at_import ? (uint32_t)ORIGIN_IMPORT_TIME
                   : moves   ? function_origins(origins, sink->function.index)
                             : at_site(origins, sink->expr);
    sink->origins |= set;
    // A stand-in asks anew at each use: nothing is made where its name is read.
    if (sink->accessor && !sink->keeps_text && !dead_runs_at(origins->solver, sink->expr))
        grow(origins, set_of_accessor(origins, sink->accessor),
             &origins->accessors[sink->accessor], set);
}

static bool bears_tenant(uint32_t set) {
    uint32_t running = set & ~(uint32_t)ORIGIN_TEST;
    return running && !(running & ~(uint32_t)ORIGINS_WITH_TENANT);
}

bool sink_is_isolated(const Sink *sink) {
    return outcome_row(sink->outcome)->passed && !sink->leak && bears_tenant(sink->origins);
}

bool sink_also_starts_up(const Sink *sink) {
    return (sink->origins & ORIGIN_START_UP) && outcome_row(sink->outcome)->passed && !sink->leak &&
           bears_tenant(sink->origins & ~(uint32_t)ORIGIN_START_UP);
}

// By itself, or because the constructor that it inherits does.
static bool keeps_context(const Solver *solver, uint32_t klass) {
    const ClassFact *row = program_class(solver->program, (ClassId){klass});
    if (solver->class_stores[klass]) return true;
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        uint32_t ancestor = program_ancestor(solver->program, row->first_ancestor + i)->index;
        const ClassPlan *plan = &solver->solution->classes[ancestor];
        if (plan->holds || plan->inherits_holding) return true;
    }
    return false;
}

static void visit_run(Origins *origins, uint32_t index) {
    grow(origins, set_of_run(origins, index), &origins->runs[index], of_runs(origins, (FunctionId){index}));
}

static void visit_held(Origins *origins, uint32_t index) {
    grow(origins, set_of_held(origins, index), &origins->held[index],
         of_holding_method(origins, (FunctionId){index}));
}

static void visit(Origins *origins, uint32_t item) {
    const Solver *solver = origins->solver;
    uint32_t functions = program_function_count(solver->program),
             classes = program_class_count(solver->program);
    origins->current = item;
    origins->queued[item] = false;
    if (item < functions)
        visit_function(origins, item);
    else if (item < functions + classes)
        visit_class(origins, item - functions);
    else if (item < item_of_run(origins, 0))
        visit_sink(origins, &solver->solution->sinks.items[item - functions - classes]);
    else if (item < item_of_held(origins, 0))
        visit_run(origins, item - item_of_run(origins, 0));
    else if (item < item_of_family(origins, 0, 0))
        visit_held(origins, item - item_of_held(origins, 0));
    else
        visit_family(origins, (item - item_of_family(origins, 0, 0)) / functions,
                     (item - item_of_family(origins, 0, 0)) % functions);
}

static void find_fixpoint(Origins *origins) {
    const Solver *solver = origins->solver;
    uint32_t functions = program_function_count(solver->program),
             classes = program_class_count(solver->program);
    uint32_t sinks = solver->solution->sinks.count;
    uint32_t sets = set_of_family(origins, FAMILY_QUESTIONS, 0);
    origins->readers = memory_alloc_zeroed(sets, sizeof *origins->readers);
    origins->queued = memory_alloc_zeroed(item_of_family(origins, FAMILY_QUESTIONS, 0), sizeof *origins->queued);
    origins->run_asked = memory_alloc_zeroed(functions + 1, sizeof *origins->run_asked);
    origins->held_asked = memory_alloc_zeroed(functions + 1, sizeof *origins->held_asked);
    for (uint32_t i = 1; i < functions; i++) enqueue(origins, i);
    for (uint32_t i = 1; i < sinks; i++) enqueue(origins, functions + classes + i);
    for (uint32_t i = 1; i < classes; i++)
        if (keeps_context(solver, i)) enqueue(origins, functions + i);
    // Nothing is asked for before it is visited, so that the list is all there is to do.
    for (uint32_t at = 0; at < origins->queue.count; at++) visit(origins, origins->queue.items[at]);
    for (uint32_t i = 0; i < sets; i++) vec_release(&origins->readers[i]);
    free(origins->readers);
    free(origins->queued);
    free(origins->run_asked);
    free(origins->held_asked);
    vec_release(&origins->queue);
}

// Answers one question; the sets of those before are kept as they are.
static void begin(Origins *origins, Solver *solver) {
    const Program *program = solver->program;
    Solution *solution = solver->solution;
    *origins = (Origins){
        .solver = solver,
        .functions = arena_array(solver->arena, uint32_t, program_function_count(program) + 1),
        .classes = arena_array(solver->arena, uint32_t, program_class_count(program) + 1),
        .accessors = arena_array(solver->arena, uint32_t, solution->accessors.count + 1),
        .runs = arena_array(solver->arena, uint32_t, program_function_count(program) + 1),
        .held = arena_array(solver->arena, uint32_t, program_function_count(program) + 1),
        .family_calls = arena_array(solver->arena, FamilyCalls, program_function_count(program) + 1),
        .keyed = arena_array(solver->arena, bool, program_class_count(program) + 1),
        .called_unseen = arena_array(solver->arena, bool, intern_count(program->facts->names) + 1),
        .hops = arena_array(solver->arena, bool, program_expr_count(program) + 1),
        .sink_at = arena_array(solver->arena, uint32_t, program_expr_count(program) + 1)};
    for (int question = 0; question < FAMILY_QUESTIONS; question++) {
        origins->families[question] = arena_array(solver->arena, uint32_t, program_function_count(program) + 1);
        origins->family_asked[question] = arena_array(solver->arena, bool, program_function_count(program) + 1);
    }
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        origins->sink_at[solution->sinks.items[i].expr.index] = i;
    for (uint32_t i = 1; i < program_class_count(program); i++)
        solution->classes[i].keyed = origins->keyed[i] = keeps_context(solver, i) && is_keyed(solver, i);
    for (uint32_t i = 0; i < program_unresolved_count(program); i++)
        origins->called_unseen[program_unresolved(program, i)->name.index] = true;
    origins_find_hops(origins);
}

// The second question, for what the first one did not settle: what it calls isolated has these origins.
static void ask_who_runs(Origins *first) {
    Solver *solver = first->solver;
    Solution *solution = solver->solution;
    uint32_t functions = program_function_count(solver->program);
    bool *settled = arena_array(solver->arena, bool, functions + 1);
    uint32_t *before = arena_array(solver->arena, uint32_t, solution->sinks.count + 1);
    Origins second;
    begin(&second, solver);
    second.by_runs = true;
    second.settled = settled;
    for (uint32_t i = 1; i < functions; i++) {
        settled[i] = bears_tenant(first->functions[i]);
        if (settled[i]) second.functions[i] = first->functions[i];
    }
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        before[i] = solution->sinks.items[i].origins;
        solution->sinks.items[i].origins = 0;
    }
    find_fixpoint(&second);
    for (uint32_t i = 1; i < functions; i++)
        if (bears_tenant(second.functions[i])) first->functions[i] = second.functions[i];
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        if (bears_tenant(before[i]) ||
            !bears_tenant(solution->sinks.items[i].origins & ~(uint32_t)ORIGIN_START_UP))
            solution->sinks.items[i].origins = before[i];
}

void solver_find_origins(Solver *solver) {
    const Program *program = solver->program;
    Solution *solution = solver->solution;
    Origins origins;
    solver_find_dead(solver);
    begin(&origins, solver);
    find_fixpoint(&origins);
    ask_who_runs(&origins);
    // What no context ever came to is asked for by nobody.
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionPlan *plan = &solution->functions[i];
        plan->origins = origins.functions[i];
        if (plan->supply != SUPPLY_NONE && !plan->origins) plan->origins = ORIGIN_UNCALLED;
    }
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        Sink *sink = &solution->sinks.items[i];
        if (!sink->origins && !outcome_row(sink->outcome)->accepted) sink->origins = ORIGIN_UNCALLED;
        solution->isolated_count += sink_is_isolated(sink);
    }
}
