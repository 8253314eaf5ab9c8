// Reads the outcomes off a settled attempt: how each sink ends, what each call passes, which
// parameters are optional, which old names stay. Comes in: supplies. Goes out: the rest of Solution.
#include "base/bug.h"
#include "solve/find/written.h"
#include "solve/solver.h"

static Outcome outcome_of(Supply supply) {
    switch (supply) {
    case SUPPLY_PARAMETER: return OUTCOME_THREADED;
    case SUPPLY_CARRIER: return OUTCOME_CARRIED;
    case SUPPLY_HELD: return OUTCOME_HELD;
    case SUPPLY_CLOSURE: return OUTCOME_CLOSURE;
    case SUPPLY_CREATED: return OUTCOME_CREATED;
    case SUPPLY_BRIDGED: return OUTCOME_BRIDGED;
    case SUPPLY_NONE: break;
    }
    return OUTCOME_REFUSED;
}

// The value that the function gives its own parameter when it got none: the parameter is no context there.
static bool gives_parameter(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    FunctionId function = program_scope_function(program, row->scope);
    if (!fact_is(function)) return false;
    ParameterId parameter =
        supply_context_parameter(solver, program_function(program, function));
    SymbolId symbol = program_parameter(program, parameter)->symbol;
    if (!fact_is(parameter) || !fact_is(symbol)) return false;
    for (BindingId b = program_symbol(program, symbol)->first_binding; fact_is(b);
         b = program_binding(program, b)->next_of_symbol)
        if (program_binding(program, b)->kind == BINDING_ASSIGN &&
            fact_same(program_binding(program, b)->statement, row->statement))
            return true;
    return false;
}

static bool site_is_ambient(const Solver *solver, ExprId expr, uint32_t inside_accessor) {
    if (inside_accessor) return false;
    FunctionId function =
        program_scope_function(solver->program, program_expr(solver->program, expr)->scope);
    if (!fact_is(function)) return true;
    const FunctionPlan *plan = &solver->solution->functions[function.index];
    return plan->reads_ambient || plan->supply == SUPPLY_NONE || gives_parameter(solver, expr);
}

static void settle_calls(Solver *solver) {
    Solution *solution = solver->solution;
    for (uint32_t i = 0; i < solution->calls.count; i++) {
        CallPlan *plan = &solution->calls.items[i];
        ExprId expr = program_call(solver->program, plan->call)->expr;
        plan->inside_accessor = solver_inside_accessor(solver, expr);
        plan->ambient = site_is_ambient(solver, expr, plan->inside_accessor);
        if (plan->supply == CALL_PASSES) solution->calls_changed++;
    }
    for (uint32_t i = 0; i < solution->forwards.count; i++) {
        ForwardPlan *plan = &solution->forwards.items[i];
        plan->inside_accessor = solver_inside_accessor(solver, plan->expr);
        plan->ambient = site_is_ambient(solver, plan->expr, plan->inside_accessor);
        solution->calls_changed++;
    }
}

// A name that still has readers stays, as a stand-in that follows the ambient context: the access is
// bridged then, not refused.
static void keep_name(Solver *solver, Sink *sink, DiagnosticCode code) {
    solver->solution->accessors.items[sink->accessor].keeps_name = true;
    sink->outcome = OUTCOME_BRIDGED;
    sink->code = code;
    sink->keeps_text = true;
}

static void settle_construction(Solver *solver, Sink *sink) {
    uint32_t index = solver->call_plan[sink->call.index];
    const CallPlan *plan = index ? &solver->solution->calls.items[index - 1] : NULL;
    if (!plan || plan->supply == CALL_REFUSED) {
        sink->outcome = OUTCOME_REFUSED;
        sink->code = DIAGNOSTIC_W305;
    } else if (plan->inside_accessor) {
        sink->outcome = OUTCOME_THREADED;
    } else if (plan->ambient) {
        sink->outcome = OUTCOME_BRIDGED;
        sink->code = DIAGNOSTIC_W307;
    } else {
        FunctionId function = program_scope_function(
            solver->program, program_expr(solver->program, sink->expr)->scope);
        sink->outcome = outcome_of(solver->solution->functions[function.index].supply);
        sink->code = solver->solution->functions[function.index].code;
    }
}

static void settle_in_function(Solver *solver, Sink *sink) {
    const FunctionFact *function = program_function(solver->program, sink->function);
    const FunctionPlan *plan = &solver->solution->functions[sink->function.index];
    sink->ambient = gives_parameter(solver, sink->expr);
    if (sink->ambient) {
        sink->outcome = OUTCOME_BRIDGED;
        sink->code = DIAGNOSTIC_W301;
    } else if (!plan->reads_ambient) {
        sink->outcome = outcome_of(plan->supply);
        if (sink->outcome == OUTCOME_BRIDGED) sink->code = plan->code;
    } else if ((function->flags & FUNCTION_CONSTRUCTOR) &&
               solver->solution->classes[function->klass.index].process_lifetime) {
        // Runs while modules are imported: no context of that time may be kept.
        if (sink->accessor) {
            keep_name(solver, sink, DIAGNOSTIC_W209);
        } else {
            sink->outcome = OUTCOME_REFUSED;
            sink->code = plan->code ? plan->code : DIAGNOSTIC_W209;
        }
    } else {
        sink->outcome = OUTCOME_BRIDGED;
        sink->code = plan->code ? plan->code : DIAGNOSTIC_W301;
        // Where the ambient context is read in place, the access does so already.
        sink->keeps_text = program_module(solver->program, function->module)->language->traits.typed_locals;
    }
}

static void settle_sink(Solver *solver, Sink *sink) {
    if (sink->migrated || sink->outcome == OUTCOME_BRIDGED) return; // by an earlier run
    if (sink->outcome == OUTCOME_IGNORED) {
        // What is left alone must still find the name that it reads.
        if (sink->accessor) solver->solution->accessors.items[sink->accessor].keeps_name = true;
        return;
    }
    if (!fact_is(sink->expr)) {
        solver_settle_function_sink(solver, sink);
        return;
    }
    if (sink->outcome == OUTCOME_REFUSED) {
        if (sink->accessor && sink->code != DIAGNOSTIC_W205)
            keep_name(solver, sink, sink->code);
    } else if (!sink->accessor &&
               solver->program->rules->sinks.items[sink->rule].kind == SINK_CONSTRUCT) {
        settle_construction(solver, sink);
    } else if (sink->inside_accessor) {
        sink->outcome = OUTCOME_THREADED;
    } else {
        settle_in_function(solver, sink);
    }
}

// Some class that runs this constructor may be made by code that we do not see.
static bool constructor_escapes(const Solver *solver, FunctionId constructor) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_class_count(program); i++)
        if (solver->class_escapes[i] &&
            fact_same(program_class(program, (ClassId){i})->constructor, constructor))
            return true;
    return false;
}

typedef struct NameUse {
    uint32_t functions, taking; // of that name; those that gain the parameter or have it
    uint32_t unresolved;        // 1 + index of the first call of it whose target is unknown; 0 none
} NameUse;

// Written by an earlier run, or by hand.
static bool has_parameter(const Solver *solver, uint32_t function) {
    const FunctionFact *row = program_function(solver->program, (FunctionId){function});
    return fact_is(supply_context_parameter(solver, row)) && !solver->taken[function] &&
           !solver->runtime_module[row->module.index];
}

// By expression: a query of a rule, or what an earlier run wrote in its place.
static bool *find_queries(const Solver *solver, Arena *arena) {
    const Rules *rules = solver->program->rules;
    bool *queries = arena_array(arena, bool, program_expr_count(solver->program) + 1);
    for (uint32_t i = 1; i < solver->solution->sinks.count; i++) {
        const Sink *sink = &solver->solution->sinks.items[i];
        if (sink->rule < rules->sinks.count && rules->sinks.items[sink->rule].kind == SINK_QUERY)
            queries[sink->expr.index] = true;
    }
    return queries;
}

// Note.select().count(), scoped(Note, context).select().count(): what a query gives is of its library, not of the tree.
static bool asks_query(const Program *program, const bool *queries, const CallFact *call) {
    ExprId at = call->callee;
    while (fact_is(at) && !queries[at.index]) at = program_expr(program, at)->base;
    return fact_is(at);
}

// There is a call whose target is unknown, and that passes nothing: it may run any function of its name, and
// where all of them take the parameter it will run one of them, if it runs anything of the tree.
static void find_doubts(Solver *solver) {
    const Program *program = solver->program;
    Arena scratch = {0};
    const bool *queries = find_queries(solver, &scratch);
    NameUse *uses = memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *uses);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        NameUse *use = &uses[program_function(program, (FunctionId){i})->name.index];
        use->functions++;
        use->taking += solver->solution->functions[i].gains_parameter || has_parameter(solver, i);
    }
    for (uint32_t i = program_unresolved_count(program); i-- > 0;) {
        const UnresolvedCall *row = program_unresolved(program, i);
        const CallFact *call = program_call(program, row->call);
        bool passes = fact_is(written_argument(solver, row->call, -1)) ||
                      asks_query(program, queries, call);
        if (!passes && !solver->runtime_module[call->module.index])
            uses[row->name.index].unresolved = i + 1;
    }
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const NameUse *use = &uses[program_function(program, (FunctionId){i})->name.index];
        solver->solution->functions[i].may_be_meant = use->unresolved > 0;
        if (use->functions == use->taking) solver->solution->functions[i].doubt = use->unresolved;
    }
    arena_release(&scratch);
    free(uses);
}

static bool is_doubtful(const Solver *solver, uint32_t family) {
    for (RowList members = program_members(solver->program, family); members.at < members.end;
         members.at++)
        if (solver->solution->functions[*members.at].may_be_meant) return true;
    return false;
}

// Nothing shows that every caller passes it: the parameter is optional in any mode.
static bool has_unseen_callers(const Solver *solver, uint32_t family) {
    if (solver->escapes[family] || solver->must_be_optional[family]) return true;
    for (RowList members = program_members(solver->program, family); members.at < members.end;
         members.at++)
        if (solver_unseen_caller(solver, (FunctionId){*members.at})) return true;
    return false;
}

static bool is_public_family(const Solver *solver, uint32_t family) {
    for (RowList members = program_members(solver->program, family); members.at < members.end;
         members.at++)
        if (solver->public_function[*members.at]) return true;
    return false;
}

static void settle_optional(Solver *solver, uint32_t index) {
    const FunctionFact *function = program_function(solver->program, (FunctionId){index});
    FunctionPlan *plan = &solver->solution->functions[index];
    uint32_t family = function->family;
    Mode mode = solver->program->rules->context.mode;
    bool called = solver->family_called[family];
    if (function->flags & FUNCTION_CONSTRUCTOR) {
        uint32_t klass = function->klass.index;
        called = called || row_count(program_constructions(solver->program, (ClassId){klass})) > 0;
        if (constructor_escapes(solver, (FunctionId){index})) solver->escapes[family] = true;
    }
    const Language *language = program_module(solver->program, function->module)->language;
    plan->optional =
        language->traits.optional_parameters &&
        (mode == MODE_OPTIONAL || has_unseen_callers(solver, family) || is_doubtful(solver, family) ||
         (mode == MODE_HYBRID && (is_public_family(solver, family) || !called)));
    if (plan->optional && solver->escapes[family])
        plan->code = DIAGNOSTIC_W302;
    else if (plan->optional && mode == MODE_REQUIRED)
        plan->code = DIAGNOSTIC_W309;
}

// A subclass inherits the constructor that is written for its ancestor.
static bool inherits_constructor(const Solver *solver, uint32_t klass) {
    const ClassFact *row = program_class(solver->program, (ClassId){klass});
    for (uint32_t i = 1; i < row->ancestor_count; i++) {
        uint32_t ancestor = program_ancestor(solver->program, row->first_ancestor + i)->index;
        if (solver->solution->classes[ancestor].needs_constructor) return true;
    }
    return false;
}

static bool is_made_unseen(const Solver *solver, uint32_t klass) {
    return solver->class_escapes[klass] || solver->made_without[klass] || solver->named_class[klass] ||
           solver->unread_file[program_class(solver->program, (ClassId){klass})->name.index];
}

static void settle_constructor(Solver *solver, uint32_t klass) {
    const Program *program = solver->program;
    Str name = program_name(program, program_class(program, (ClassId){klass})->qualified);
    bool made = row_count(program_constructions(solver->program, (ClassId){klass})) > 0;
    bool unseen = is_made_unseen(solver, klass);
    for (RowList children = program_descendants(solver->program, (ClassId){klass});
         children.at < children.end; children.at++) {
        uint32_t child = *children.at;
        unseen = unseen || is_made_unseen(solver, child);
        made = made || row_count(program_constructions(solver->program, (ClassId){child})) > 0;
    }
    Mode mode = solver->program->rules->context.mode;
    solver->solution->classes[klass].optional_constructor =
        mode == MODE_OPTIONAL || unseen ||
        (mode == MODE_HYBRID &&
         (!made ||
          program_names_match(solver->program, &solver->program->rules->public_api, name)));
}

static void settle_accessors(Solver *solver) {
    for (uint32_t i = 1; i < solver->solution->accessors.count; i++) {
        Accessor *accessor = &solver->solution->accessors.items[i];
        CallId call = program_expr(solver->program, accessor->construction)->call;
        uint32_t plan = solver->call_plan[call.index];
        accessor->passes_context =
            plan && solver->solution->calls.items[plan - 1].supply == CALL_PASSES;
        Name name = program_symbol(solver->program, accessor->symbol)->name;
        if (solver->unread_file[name.index] || solver->kept_name[accessor->symbol.index])
            accessor->keeps_name = true;
        accessor->counts = solver_counts_old_name(solver, accessor);
        if (accessor->counts) accessor->keeps_name = true;
    }
}

void solver_decide_outcomes(Solver *solver) {
    Solution *solution = solver->solution;
    settle_calls(solver);
    find_doubts(solver);
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        settle_sink(solver, &solution->sinks.items[i]);
        solution->outcome_counts[solution->sinks.items[i].outcome]++;
    }
    for (uint32_t i = 1; i < program_function_count(solver->program); i++) {
        FunctionPlan *plan = &solution->functions[i];
        bool contracted = solver_is_contracted(solver, (FunctionId){i}, &plan->fallback);
        const FunctionFact *fact = program_function(solver->program, (FunctionId){i});
        if (plan->has_parameter && function_plan_uses_value(plan, fact) &&
            !solver->frozen_function[i])
            plan->lacks_fallback = solver_lacks_fallback(solver, (FunctionId){i});
        if (!plan->gains_parameter && !contracted) continue;
        settle_optional(solver, i);
        plan->becomes_required = contracted && !plan->optional;
        if (function_plan_changes(plan)) solution->functions_changed++;
    }
    for (uint32_t i = 1; i < program_class_count(solver->program); i++)
        if (solution->classes[i].needs_constructor) settle_constructor(solver, i);
    for (uint32_t i = 1; i < program_class_count(solver->program); i++)
        if (inherits_constructor(solver, i)) solution->classes[i].inherits_holding = true;
    for (uint32_t i = 1; i < program_class_count(solver->program); i++)
        if (solution->classes[i].inherits_holding) solution->classes[i].needs_constructor = false;
    settle_accessors(solver);
    solver_settle_renames(solver);
    solver_settle_each(solver);
    solver_keep_asked_names(solver);
    solver_find_old_names(solver);
}
