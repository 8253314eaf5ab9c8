// Says where a function that needs the context is run elsewhere without it: by a worker of a queue, in another thread
// or process, on a signal. There the ambient context is nobody's, or that of whoever ran before. Comes in: Facts.hops
// and a settled solution. Goes out: one W312 a place. Must not speak of what is bound or passed there.
#include "base/bug.h"
#include "solve/find/written.h"
#include "solve/judge/report.h"

// Who reads the ambient context, or calls or reads something that does.
typedef struct Readers {
    const Solver *solver;
    bool *reads;            // by function
    uint32_t *first, *next; // by property, and by row of class_references: where it is read
    Vec(FunctionId) work;
} Readers;

static void add_reader(Readers *readers, FunctionId function) {
    if (!fact_is(function) || readers->reads[function.index]) return;
    readers->reads[function.index] = true;
    vec_add(&readers->work, function);
}

static FunctionId function_around(const Program *program, ExprId expr) {
    return program_scope_function(program, program_expr(program, expr)->scope);
}

// The property that is asked for; none when it is no property.
static FunctionId property_of(const Program *program, const ClassReference *reference) {
    const ClassFact *klass = program_class(program, reference->klass);
    for (uint32_t i = 0; reference->asked.index && i < klass->ancestor_count; i++) {
        ClassId owner = *program_ancestor(program, klass->first_ancestor + i);
        SymbolId symbol =
            program_symbol_in(program, program_class(program, owner)->body, reference->asked);
        if (!fact_is(symbol)) continue;
        FunctionId function =
            program_binding(program, program_symbol(program, symbol)->last_binding)->function;
        bool property = program_function(program, function)->flags & FUNCTION_PROPERTY;
        return property ? function : FACT_NONE(FunctionId);
    }
    return FACT_NONE(FunctionId);
}

static void index_properties(Readers *readers) {
    const Program *program = readers->solver->program;
    uint32_t count = program_class_reference_count(program);
    readers->first = memory_alloc_zeroed(program_function_count(program) + 1, sizeof(uint32_t));
    readers->next = memory_alloc_zeroed(count + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < count; i++) {
        FunctionId property = property_of(program, program_class_reference(program, i));
        if (!fact_is(property)) continue;
        readers->next[i] = readers->first[property.index];
        readers->first[property.index] = i + 1;
    }
}

static void begin_readers(Readers *readers) {
    const Solver *solver = readers->solver;
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionPlan *plan = &solver->solution->functions[i];
        if ((plan->supply == SUPPLY_BRIDGED && !plan->boundary) || plan->reads_ambient ||
            report_reads_ambient_first(solver, (FunctionId){i}))
            add_reader(readers, (FunctionId){i});
    }
    for (uint32_t i = 0; i < solver->solution->calls.count;
         i++) // what is called there falls back on it
        if (solver->solution->calls.items[i].supply == CALL_REFUSED)
            add_reader(
                readers,
                function_around(
                    program, program_call(program, solver->solution->calls.items[i].call)->expr));
}

static void follow_reader(Readers *readers, FunctionId reader) {
    const Program *program = readers->solver->program;
    for (RowList callers = program_callers(program, reader); callers.at < callers.end; callers.at++)
        if (program_edge(program, *callers.at)->kind == EDGE_CALL)
            add_reader(readers, program_edge_caller(program, *callers.at));
    for (uint32_t i = readers->first[reader.index]; i; i = readers->next[i - 1])
        add_reader(readers,
                   function_around(program, program_class_reference(program, i - 1)->expr));
}

// By function; the caller frees it.
static bool *find_readers(const Solver *solver) {
    Readers readers = {
        .solver = solver,
        .reads = memory_alloc_zeroed(program_function_count(solver->program) + 1, sizeof(bool))};
    index_properties(&readers);
    begin_readers(&readers);
    while (readers.work.count) {
        FunctionId reader = *vec_last(&readers.work);
        readers.work.count--;
        follow_reader(&readers, reader);
    }
    vec_release(&readers.work);
    free(readers.first);
    free(readers.next);
    return readers.reads;
}

// By expression: the context is bound to the function there.
static bool *find_bound(const Solver *solver) {
    bool *bound = memory_alloc_zeroed(program_expr_count(solver->program) + 1, sizeof *bound);
    for (uint32_t i = 0; i < solver->solution->forwards.count; i++)
        bound[solver->solution->forwards.items[i].expr.index] = true;
    return bound;
}

// The call names the argument, or hands keywords on in which it may be.
static bool gives_argument(const Solver *solver, CallId call) {
    const CallFact *row = program_call(solver->program, call);
    for (uint32_t i = 0; i < row->argument_count; i++)
        if (program_argument(solver->program, (ArgumentId){row->first_argument + i})->kind ==
            ARGUMENT_KEYWORD_REST)
            return true;
    return fact_is(written_argument(solver, call, -1));
}

// partial(send, 1), where the context is bound to `send`.
static bool binds_inside(const Solver *solver, const bool *bound, ExprId expr) {
    const ExprFact *row = program_expr(solver->program, expr);
    if (row->kind != EXPR_CALL) return bound[expr.index];
    const CallFact *call = program_call(solver->program, row->call);
    for (uint32_t i = 0; i < call->argument_count; i++)
        if (bound[program_argument(solver->program, (ArgumentId){call->first_argument + i})->value.index])
            return true;
    return bound[expr.index] || gives_argument(solver, row->call);
}

// Its own parameter is not given there.
static bool lacks_argument(const Solver *solver, const bool *bound, const Hop *hop) {
    const FunctionPlan *plan = &solver->solution->functions[hop->function.index];
    const FunctionFact *function = program_function(solver->program, hop->function);
    bool takes = plan->gains_parameter || (fact_is(supply_context_parameter(solver, function)) &&
                                           !solver->taken[hop->function.index]);
    return takes && !gives_argument(solver, hop->call) && !binds_inside(solver, bound, hop->expr);
}

// The call passes the context with the task, by rule, or does so already.
static bool is_sent_along(const Solver *solver, CallId call) {
    uint32_t plan = solver->call_plan[call.index];
    return plan && solver->solution->calls.items[plan - 1].supply != CALL_REFUSED;
}

static void report_hop(Solver *solver, const Hop *hop) {
    static const char *const WHERE[] = {
        [HOP_METHOD] = "is run by a worker, without the context of this call",
        [HOP_VALUE] = "runs elsewhere, where the ambient context is not that of this call",
        [HOP_NAME] = "is asked for by its name, and runs without the context of this call"};
    const Program *program = solver->program;
    Str name = program_name(program, program_function(program, hop->function)->qualified);
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W312,
                   program_expr_span(program, program_call(program, hop->call)->expr), "'%.*s' %s",
                   STR_ARG(name), WHERE[hop->kind]);
    diagnostic_help(solver->diagnostics,
                    "pass the context along with the work, or open it where the work begins");
}

void solver_report_hops(Solver *solver) {
    const Program *program = solver->program;
    if (!program_hop_count(program)) return;
    bool *reads = find_readers(solver), *bound = find_bound(solver);
    for (uint32_t i = 0; i < program_hop_count(program); i++) {
        const Hop *hop = program_hop(program, i);
        const CallFact *call = program_call(program, hop->call);
        const FunctionPlan *plan = &solver->solution->functions[hop->function.index];
        bool makes = plan->supply == SUPPLY_CREATED || is_sent_along(solver, hop->call);
        if (!makes && !solver->runtime_module[call->module.index] &&
            (reads[hop->function.index] || lacks_argument(solver, bound, hop)))
            report_hop(solver, hop);
    }
    free(reads);
    free(bound);
}
