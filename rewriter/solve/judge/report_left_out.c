// Says which callers are not edited, because the user or the rules leave their file out, or know a function by its
// name only. Comes in: a settled
// solution. Goes out: one W306 for each function and file, at the first place. Must not change the solution.
//
//     tests/test_bot.py, left out:  reply("hi")       bot.reply takes the context optionally
//                                   class Mine(Bot):  what Mine overrides keeps its signature
#include "solve/find/written.h"

#include "base/message.h"
#include "solve/judge/report.h"

typedef struct LeftOut {
    Solver *solver;
    Map said; // (function or class, file) -> 1
} LeftOut;

// The functions have the even numbers, the classes the odd ones.
static bool is_first(LeftOut *report, uint32_t subject, bool is_class, FileId file) {
    uint64_t key = map_key(2 * subject + is_class, file.index);
    uint32_t said = 0;
    if (map_get(&report->said, key, &said)) return false;
    map_put(&report->said, key, 1);
    return true;
}

static void say_call(LeftOut *report, ExprId site, Str name, bool optional, const char *verb) {
    Solver *solver = report->solver;
    bool embedded =
        program_module(solver->program, program_expr_module(solver->program, site))->embedded;
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W306, program_expr_span(solver->program, site),
                   "%s %s '%.*s', which takes the context%s",
                   embedded ? "code that is no module" : "a file that is left out", message_text(verb),
                   STR_ARG(name), optional ? " optionally for that" : "");
    diagnostic_help(solver->diagnostics, "the ambient context serves the call; %s",
                    embedded ? "pass it by hand where it must be another"
                             : "do not leave the file out to have it passed");
}

static void report_caller(LeftOut *report, FunctionId id, const EdgeFact *edge) {
    const Program *program = report->solver->program;
    if (!solver_is_left_out(report->solver, edge->expr) ||
        fact_is(written_at_edge(report->solver, edge)))
        return;
    Span span = program_expr_span(program, edge->expr);
    if (!is_first(report, id.index, false, span.file)) return;
    say_call(report, edge->expr, program_name(program, program_function(program, id)->qualified),
             report->solver->solution->functions[id.index].optional,
             edge->kind == EDGE_ESCAPE ? "hands on" : "calls");
}

// A signature stays for the sake of a method that overrides this one in such a file.
static void report_override(LeftOut *report, FunctionId id) {
    Solver *solver = report->solver;
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    for (RowList members = program_members(program, function->family); members.at < members.end;
         members.at++) {
        const FunctionFact *member = program_function(program, (FunctionId){*members.at});
        if (!program_module(program, member->module)->left_out) continue;
        Span span = {program_module_file(program, member->module), member->name_start,
                     member->name_end};
        if (!is_first(report, id.index, false, span.file)) continue;
        diagnostic_add(
            solver->diagnostics, DIAGNOSTIC_W306, span,
            "'%.*s' is left out and overrides '%.*s', which keeps its signature for that",
            STR_ARG(program_name(program, member->qualified)),
            STR_ARG(program_name(program, function->qualified)));
        diagnostic_help(solver->diagnostics,
                        "do not leave the file out to have the context passed");
    }
}

static void report_function(LeftOut *report, uint32_t index) {
    const Program *program = report->solver->program;
    const FunctionPlan *plan = &report->solver->solution->functions[index];
    if (program_module(program, program_function(program, (FunctionId){index})->module)->left_out ||
        report_is_declaration(report->solver, (FunctionId){index}))
        return;
    if (function_plan_changes(plan))
        for (RowList callers = program_callers(program, (FunctionId){index});
             callers.at < callers.end; callers.at++)
            report_caller(report, (FunctionId){index}, program_edge(program, *callers.at));
    else if (plan->needs_value && solver_keeps_signature(report->solver, (FunctionId){index}))
        report_override(report, (FunctionId){index});
}

// A class that is given a constructor has none yet that an edge could name.
static void report_class(LeftOut *report, uint32_t index) {
    const Program *program = report->solver->program;
    const ClassPlan *plan = &report->solver->solution->classes[index];
    if (!plan->needs_constructor) return;
    for (RowList sites = program_constructions(program, (ClassId){index}); sites.at < sites.end;
         sites.at++) {
        const EdgeFact *edge = program_edge(program, *sites.at);
        Span span = program_expr_span(program, edge->expr);
        if (solver_is_left_out(report->solver, edge->expr) &&
            is_first(report, index, true, span.file))
            say_call(report, edge->expr,
                     program_name(program, program_class(program, (ClassId){index})->qualified),
                     plan->optional_constructor, "makes");
    }
}

// Calls that could not be resolved: any changed function of that name may be meant.
static void report_unresolved(LeftOut *report) {
    const Program *program = report->solver->program;
    const FunctionPlan *functions = report->solver->solution->functions;
    Map last = {0}; // name -> its last changed function
    uint32_t count = program_function_count(program);
    uint32_t *before = arena_array(report->solver->arena, uint32_t, count + 1);
    for (uint32_t i = 1; i < count; i++) {
        if (!function_plan_changes(&functions[i]) ||
            report_is_declaration(report->solver, (FunctionId){i}))
            continue;
        uint32_t name = program_function(program, (FunctionId){i})->name.index;
        map_get(&last, name, &before[i]);
        map_put(&last, name, i);
    }
    for (uint32_t i = 0; i < program_unresolved_count(program); i++) {
        const UnresolvedCall *row = program_unresolved(program, i);
        ExprId callee = program_call(program, row->call)->callee;
        uint32_t at = 0;
        if (!solver_is_left_out(report->solver, callee) ||
            fact_is(written_argument(report->solver, row->call, -1)))
            continue;
        for (map_get(&last, row->name.index, &at); at; at = before[at])
            if (is_first(report, at, false, program_expr_span(program, callee).file))
                say_call(
                    report, callee,
                    program_name(program, program_function(program, (FunctionId){at})->qualified),
                    functions[at].optional, "may call");
    }
    map_release(&last);
}

static void report_named(LeftOut *report) {
    const Solver *solver = report->solver;
    const Program *program = solver->program;
    for (uint32_t i = 0; i < solver->named.count; i++) {
        const NamedPlace *place = &solver->named.items[i];
        FunctionId id = place->function;
        const FunctionPlan *plan = &solver->solution->functions[id.index];
        if (!function_plan_changes(plan) || report_is_declaration(solver, id) ||
            !is_first(report, id.index, false, place->span.file))
            continue;
        bool string = source_file(program->facts->sources, place->span.file)->kind != SOURCE_NAMES;
        diagnostic_add(report->solver->diagnostics, DIAGNOSTIC_W306, place->span,
                       "%s '%.*s', which takes the context%s",
                       string ? "a string names" : "settings name",
                       STR_ARG(program_name(program, program_function(program, id)->qualified)),
                       plan->optional ? " optionally for that" : "");
        diagnostic_help(report->solver->diagnostics,
                        "the ambient context serves whoever calls it by that name");
    }
}

void solver_report_left_out(Solver *solver) {
    LeftOut report = {.solver = solver};
    for (uint32_t i = 1; i < program_function_count(solver->program); i++)
        report_function(&report, i);
    for (uint32_t i = 1; i < program_class_count(solver->program); i++) report_class(&report, i);
    report_unresolved(&report);
    report_named(&report);
    map_release(&report.said);
}
