// Boundaries: the functions in which the context is made, by rule.
// Comes in: boundary rules. Goes out: FunctionPlan.boundary. The first rule that fits wins.
#include "base/path.h"
#include "program/declare.h"
#include "solve/solver.h"

static void mark(Solver *solver, FunctionId function, uint32_t rule) {
    FunctionPlan *plan = solver_function(solver, function);
    if (!plan->boundary) plan->boundary = rule + 1;
    uint32_t klass = program_function(solver->program, function)->klass.index;
    if (klass) solver->receives[klass] = true;
}

static void mark_by_name(Solver *solver, const BoundaryRule *rule, uint32_t index) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (program_names_match(
                solver->program, &rule->targets,
                program_name(program, program_function(program, (FunctionId){i})->qualified)))
            mark(solver, (FunctionId){i}, index);
}

// "flask_restful.Resource.get", of a class outside the tree: methods of that name below it.
static void mark_foreign_overrides(Solver *solver, const RuleName *target, uint32_t index) {
    const Program *program = solver->program;
    ptrdiff_t dot = str_find_last(target->text, '.');
    if (dot <= 0) return;
    Str owner = str_slice(target->text, 0, (size_t)dot);
    Name method = intern_find(program->facts->names,
                              str_slice(target->text, (size_t)dot + 1, target->text.length));
    for (uint32_t b = 0; method.index && b < program_base_name_count(program); b++) {
        const BaseName *base = program_base_name(program, b);
        if (!program_is_named(program, owner, program_name(program, base->dotted))) continue;
        for (uint32_t i = 1; i < program_function_count(program); i++) {
            const FunctionFact *function = program_function(program, (FunctionId){i});
            if (name_equal(function->name, method) && fact_is(function->klass) &&
                program_is_subclass(program, function->klass, base->klass))
                mark(solver, (FunctionId){i}, index);
        }
    }
}

static void mark_overrides(Solver *solver, const BoundaryRule *rule, uint32_t index) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (!program_names_match(solver->program, &rule->targets,
                                 program_name(program, function->qualified)))
            continue;
        for (RowList members = program_members(solver->program, function->family);
             members.at < members.end; members.at++)
            mark(solver, (FunctionId){*members.at}, index);
    }
    for (uint32_t i = 0; i < rule->targets.count; i++)
        mark_foreign_overrides(solver, &rule->targets.items[i], index);
}

static void mark_decorated(Solver *solver, const BoundaryRule *rule, uint32_t index) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        for (ExprId d = program_function(program, (FunctionId){i})->first_decorator; fact_is(d);
             d = program_expr(program, d)->next_sibling)
            if (program_names_match(solver->program, &rule->targets,
                                    declare_decorator_text(program->facts, d)))
                mark(solver, (FunctionId){i}, index);
}

// Called by nothing but the module-level statements of its own file, if at all.
static bool is_entry(const Solver *solver, uint32_t index) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, (FunctionId){index});
    for (RowList members = program_members(solver->program, function->family);
         members.at < members.end; members.at++) {
        uint32_t member = *members.at;
        for (RowList callers = program_callers(solver->program, (FunctionId){member});
             callers.at < callers.end; callers.at++) {
            uint32_t edge = *callers.at;
            ModuleId caller = program_expr_module(program, program_edge(program, edge)->expr);
            if (fact_is(program_edge_caller(solver->program, edge)) ||
                !fact_same(caller, function->module))
                return false;
        }
    }
    return true;
}

static bool names_file(const Program *program, const BoundaryRule *rule, ModuleId module) {
    Str path = source_file(program->facts->sources, program_module_file(program, module))->path;
    for (uint32_t k = 0; k < rule->targets.count; k++)
        if (path_glob(rule->targets.items[k].text, path)) return true;
    return false;
}

// All that a file of tests has is there for tests: the methods of what stands in for something, and its helpers.
static void mark_tests(Solver *solver, const BoundaryRule *rule) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_module_count(program); i++)
        if (names_file(program, rule, (ModuleId){i})) solver->test_module[i] = true;
}

// In a file that is an entry point, what no other function calls is one.
static void mark_files(Solver *solver, const BoundaryRule *rule, uint32_t index) {
    const Program *program = solver->program;
    if (rule->origin == ORIGIN_TEST) mark_tests(solver, rule);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (fact_is(function->enclosing) ||
            (function->flags & (FUNCTION_LAMBDA | FUNCTION_CONSTRUCTOR)) || !is_entry(solver, i))
            continue;
        if (names_file(program, rule, function->module)) mark(solver, (FunctionId){i}, index);
    }
}

void solver_find_boundaries(Solver *solver) {
    for (uint32_t i = 0; i < solver->program->rules->boundaries.count; i++) {
        const BoundaryRule *rule = &solver->program->rules->boundaries.items[i];
        switch (rule->kind) {
        case BOUNDARY_FUNCTION: mark_by_name(solver, rule, i); break;
        case BOUNDARY_OVERRIDES: mark_overrides(solver, rule, i); break;
        case BOUNDARY_DECORATED: mark_decorated(solver, rule, i); break;
        case BOUNDARY_FILE: mark_files(solver, rule, i); break;
        }
    }
}
