// Says where code that runs for tenants writes or removes what lies at a path that is the same for all of them: one
// tenant's clean-up takes the next one's files. Comes in: calls that the front end knows (CALL_CHANGES) and a settled
// solution. Goes out: one W314 a place. Must not speak of the installation's own files: of what the rules call
// process-wide, leave alone or share on purpose.
#include "base/bug.h"
#include "solve/escape/path_origin.h"
#include "solve/judge/report.h"

typedef struct Running {
    const Solver *solver;
    bool *runs;          // by function
    bool *process_class; // by class: an object of it is the installation's
} Running;

// ---- what the installation has ---------------------------------------------------------------------
static bool is_process_wide(const Solver *solver, Str dotted) {
    return program_names_match(solver->program, &solver->program->rules->process_wide, dotted);
}

static ClassId class_of_symbol(const Solver *solver, SymbolId symbol) {
    BindingId binding = accessor_instance_binding(solver, symbol);
    return fact_is(binding) ? accessor_constructed_class(solver, program_binding(solver->program, binding)->value)
                            : FACT_NONE(ClassId);
}

static void find_process_classes(Running *running) {
    const Solver *solver = running->solver;
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_class_count(program); i++)
        running->process_class[i] = solver->process_class[i];
    if (!program->rules->process_wide.count) return;
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        SymbolId symbol = {i};
        ScopeId scope = program_symbol(program, symbol)->scope;
        if (program_scope(program, scope)->kind == SCOPE_MODULE &&
            is_process_wide(solver, solver_symbol_path(solver, symbol)))
            running->process_class[class_of_symbol(solver, symbol).index] = true;
    }
    for (uint32_t i = 0; i < program_getter_count(program); i++) {
        const LazyGetter *getter = program_getter(program, i);
        Str name = program_name(program, program_function(program, getter->function)->qualified);
        if (is_process_wide(solver, name))
            running->process_class[accessor_constructed_class(solver, getter->construction).index] = true;
    }
    running->process_class[0] = false;
}

static bool is_exempt(const Solver *solver, Str name) {
    const Rules *rules = solver->program->rules;
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        if (program_names_match(solver->program, &rules->sinks.items[i].except_functions, name)) return true;
    return program_names_match(solver->program, &rules->shared_state, name);
}

static bool is_installation(const Running *running, FunctionId id) {
    const Solver *solver = running->solver;
    const FunctionFact *function = program_function(solver->program, id);
    Str name = program_name(solver->program, function->qualified);
    return running->process_class[function->klass.index] || solver->runtime_module[function->module.index] ||
           solver->import_only[id.index] || solver_is_test(solver, id) ||
           program_module(solver->program, function->module)->left_out || is_process_wide(solver, name) ||
           is_exempt(solver, name);
}

// ---- who runs for tenants --------------------------------------------------------------------------
static bool bears_tenant(uint32_t origins) { return origins & ORIGINS_WITH_TENANT; }

// What a boundary without a tenant makes is not for one.
static bool may_run(const Running *running, FunctionId id) {
    const FunctionPlan *plan = &running->solver->solution->functions[id.index];
    return !(plan->boundary && !bears_tenant(plan->origins)) && !is_installation(running, id);
}

static void run(Running *running, FunctionId id) {
    if (fact_is(id) && !running->runs[id.index] && may_run(running, id)) running->runs[id.index] = true;
}

static void run_first(Running *running) {
    const Solver *solver = running->solver;
    const Solution *solution = solver->solution;
    for (uint32_t i = 1; i < program_function_count(solver->program); i++) {
        const FunctionPlan *plan = &solution->functions[i];
        if (plan->supply != SUPPLY_NONE && bears_tenant(plan->origins)) run(running, (FunctionId){i});
    }
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        if (bears_tenant(solution->sinks.items[i].origins)) run(running, solution->sinks.items[i].function);
}

static void run_called(Running *running) {
    const Program *program = running->solver->program;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 1; i < program_edge_count(program); i++) {
            const EdgeFact *edge = program_edge(program, i);
            FunctionId caller = program_edge_caller(program, i), callee = edge->callee;
            if (edge->kind == EDGE_ESCAPE || !fact_is(callee) || !running->runs[caller.index] ||
                running->runs[callee.index])
                continue;
            run(running, callee);
            more = more || running->runs[callee.index];
        }
    }
}

// By function; the caller frees it.
static bool *find_running(const Solver *solver) {
    const Program *program = solver->program;
    Running running = {.solver = solver,
                       .runs = memory_alloc_zeroed(program_function_count(program) + 1, sizeof(bool)),
                       .process_class = memory_alloc_zeroed(program_class_count(program) + 1, sizeof(bool))};
    find_process_classes(&running);
    run_first(&running);
    run_called(&running);
    free(running.process_class);
    return running.runs;
}

// ---- places ----------------------------------------------------------------------------------------
static ExprId argument_at(const Program *program, const CallFact *call, uint32_t index) {
    return index < call->argument_count ? program_argument(program, (ArgumentId){call->first_argument + index})->value
                                        : FACT_NONE(ExprId);
}

static bool is_shared_path(Paths *paths, const CallFact *call, ExprId path, ExprId *root) {
    if (!fact_is(path)) return false;
    PathOrigin origin = paths_origin(paths, path);
    *root = origin.root;
    return (origin.bits & PATH_FIXED) && !((call->flags & CALL_PATH_ONLY) && !(origin.bits & PATH_MADE));
}

static bool finds_path(Paths *paths, const CallFact *call, ExprId *root) {
    const Program *program = paths->solver->program;
    const ExprFact *callee = program_expr(program, call->callee);
    return ((call->flags & CALL_PATH_RECEIVER) && callee->kind == EXPR_ATTRIBUTE &&
            is_shared_path(paths, call, callee->base, root)) ||
           ((call->flags & CALL_PATH_FIRST) && is_shared_path(paths, call, argument_at(program, call, 0), root)) ||
           ((call->flags & CALL_PATH_SECOND) && is_shared_path(paths, call, argument_at(program, call, 1), root)) ||
           ((call->flags & CALL_PATH_THIRD) && is_shared_path(paths, call, argument_at(program, call, 2), root));
}

static void report_place(Solver *solver, const CallFact *call, ExprId root) {
    const Program *program = solver->program;
    Span span = program_expr_span(program, call->expr), callee = program_expr_span(program, call->callee);
    Str name = str_slice(source_file(program->facts->sources, callee.file)->text, callee.start, callee.end);
    ptrdiff_t line = str_find(name, '\n');
    if (line >= 0) name = str_slice(name, 0, (size_t)line);
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W314, span,
                   call->flags & CALL_REMOVES
                       ? "'%.*s' takes away what lies at a path that is the same for all tenants"
                       : "'%.*s' writes to a path that is the same for all tenants",
                   STR_ARG(name));
    diagnostic_relate(solver->diagnostics, program_expr_span(program, root), "the path begins here");
    diagnostic_help(solver->diagnostics, "put the tenant into it, by a rule with 'path' or by hand; or name what "
                                         "gives the path, or the function, in 'shared_state'");
}

void solver_report_paths(Solver *solver) {
    const Program *program = solver->program;
    bool *runs = find_running(solver);
    Paths paths;
    paths_begin(&paths, solver, runs);
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        if (!(call->flags & CALL_CHANGES)) continue;
        FunctionId function = program_scope_function(program, program_expr(program, call->expr)->scope);
        ExprId root;
        if (fact_is(function) && runs[function.index] && finds_path(&paths, call, &root))
            report_place(solver, call, root);
    }
    paths_release(&paths);
    free(runs);
}
