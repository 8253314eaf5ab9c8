// Says of code that an earlier run wrote what that run said of it, so that no finding vanishes by applying:
// functions that read the ambient context for what they call, calls that pass it in place, functions that
// are handed on and take the context optionally. Comes in: the source and a settled solution that asks
// nothing of these functions. Goes out: diagnostics. Must not change the solution.
#include "solve/find/written.h"
#include "solve/judge/report.h"

static bool is_asked(const Solver *solver, FunctionId function) {
    const FunctionPlan *plan = &solver->solution->functions[function.index];
    return plan->supply != SUPPLY_NONE || plan->reads_ambient;
}

// The first statement of a bridge: ctx = current_context(). None where there is no such local.
bool report_reads_ambient_first(const Solver *solver, FunctionId id) {
    const Program *program = solver->program;
    SymbolId symbol =
        program_symbol_in(program, program_function(program, id)->body, solver->parameter);
    if (!fact_is(symbol) || (program_symbol(program, symbol)->flags & SYMBOL_PARAMETER))
        return false;
    ExprId value = program_binding(program, program_symbol(program, symbol)->first_binding)->value;
    return written_context(solver, value).kind == WRITTEN_AMBIENT;
}

static bool is_background(const Solver *solver, FunctionId function) {
    uint32_t boundary = solver->solution->functions[function.index].boundary;
    return boundary &&
           solver->program->rules->boundaries.items[boundary - 1].origin == ORIGIN_BACKGROUND;
}

// Handed on as it is, without the context bound to it.
static bool is_handed_on(const Solver *solver, FunctionId id) {
    for (RowList callers = program_callers(solver->program, id); callers.at < callers.end;
         callers.at++) {
        const EdgeFact *edge = program_edge(solver->program, *callers.at);
        if (edge->kind == EDGE_ESCAPE && !program_is_forward(solver->program, edge) &&
            !solver_in_runtime(solver, edge->expr) && !fact_is(written_at_edge(solver, edge)))
            return true;
    }
    return false;
}

// Its class is a value somewhere, or a subclass that it makes as well.
static bool makes_escaping_class(const Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    if (!(function->flags & FUNCTION_CONSTRUCTOR)) return false;
    for (RowList lineage = program_lineage(solver->program, function->klass);
         lineage.at < lineage.end; lineage.at++) {
        ClassId klass = {*lineage.at};
        if (solver->class_escapes[klass.index] &&
            fact_same(program_class(solver->program, klass)->constructor, id))
            return true;
    }
    return false;
}

static bool takes_optionally(const Solver *solver, FunctionId id) {
    if (solver->taken[id.index] || solver->written_accessor[id.index]) return false;
    const FunctionFact *function = program_function(solver->program, id);
    ParameterId parameter = supply_context_parameter(solver, function);
    return fact_is(parameter) &&
           fact_is(program_parameter(solver->program, parameter)->default_value);
}

static void report_written_function(Solver *solver, FunctionId id, const bool *says_so) {
    const FunctionFact *function = program_function(solver->program, id);
    if (is_asked(solver, id) || solver->runtime_function[id.index] ||
        solver->runtime_module[function->module.index])
        return;
    if (!says_so[id.index] && !each_is_decorated(solver, id) && report_reads_ambient_first(solver, id))
        report_function_bridge(solver, id,
                               is_background(solver, id) ? DIAGNOSTIC_W303 : DIAGNOSTIC_W301);
    if (takes_optionally(solver, id) &&
        (is_handed_on(solver, id) || makes_escaping_class(solver, id)))
        report_handed_on(solver, id);
}

// What a run refused to change lacks the context still; so does what was written since.
static bool report_lacking_call(Solver *solver, CallId id) {
    for (RowList edges = program_call_edges(solver->program, id); edges.at < edges.end;
         edges.at++) {
        if (!written_lacks(solver, program_edge(solver->program, *edges.at))) continue;
        report_refused_call(solver, id);
        return true;
    }
    return false;
}

// f(ctx=current_context()): what was written where nothing could be passed.
static void report_written_call(Solver *solver, CallId id) {
    const Program *program = solver->program;
    const CallFact *call = program_call(program, id);
    if (solver->call_plan[id.index] || solver_in_runtime(solver, call->expr)) return;
    if (report_lacking_call(solver, id)) return;
    ExprId context = written_argument(solver, id, -1);
    if (!fact_is(context) || program_expr(program, context)->kind != EXPR_CALL) return;
    Written written = written_context(solver, context);
    bool at_import = !fact_is(written.function);
    if (!at_import && each_is_decorated(solver, written.function)) return; // set by the decorator
    if (written.kind == WRITTEN_AMBIENT || (written.kind == WRITTEN_MADE && at_import))
        report_ambient_call(solver, id, at_import ? (DiagnosticCode)0 : DIAGNOSTIC_W301);
}

void solver_report_written(Solver *solver, const bool *says_so) {
    if (!solver->parameter.index) return; // no file says its name: nothing was written
    for (uint32_t i = 1; i < program_function_count(solver->program); i++)
        report_written_function(solver, (FunctionId){i}, says_so);
    for (uint32_t i = 1; i < program_call_count(solver->program); i++)
        report_written_call(solver, (CallId){i});
}
