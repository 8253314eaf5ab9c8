// Boundaries: the functions in which the context is made, by rule.
// Comes in: boundary rules. Goes out: FunctionPlan.boundary. The first rule that fits wins.
#include "base/path.h"
#include "program/declare.h"
#include "solve/solver.h"

// Depends on nothing that an attempt decides.
typedef struct BoundaryMarks {
    uint32_t *boundary; // by function: 1 + index of its rule; 0: it is none
    bool *receives;     // by class
    bool *test_module;  // by module
} BoundaryMarks;

static void mark(BoundaryMarks *marks, const Program *program, FunctionId function, uint32_t rule) {
    if (!marks->boundary[function.index]) marks->boundary[function.index] = rule + 1;
    marks->receives[program_function(program, function)->klass.index] = true;
}

static void mark_by_name(BoundaryMarks *marks, const Program *program, const BoundaryRule *rule, uint32_t index) {
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (program_names_match(
                program, &rule->targets,
                program_name(program, program_function(program, (FunctionId){i})->qualified)))
            mark(marks, program, (FunctionId){i}, index);
}

// "flask_restful.Resource.get", of a class outside the tree: methods of that name below it.
static void mark_foreign_overrides(BoundaryMarks *marks, const Program *program, const RuleName *target, uint32_t index) {
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
                mark(marks, program, (FunctionId){i}, index);
        }
    }
}

static void mark_overrides(BoundaryMarks *marks, const Program *program, const BoundaryRule *rule, uint32_t index) {
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (!program_names_match(program, &rule->targets,
                                 program_name(program, function->qualified)))
            continue;
        for (RowList members = program_members(program, function->family);
             members.at < members.end; members.at++)
            mark(marks, program, (FunctionId){*members.at}, index);
    }
    for (uint32_t i = 0; i < rule->targets.count; i++)
        mark_foreign_overrides(marks, program, &rule->targets.items[i], index);
}

static void mark_decorated(BoundaryMarks *marks, const Program *program, const BoundaryRule *rule, uint32_t index) {
    for (uint32_t i = 1; i < program_function_count(program); i++)
        for (ExprId d = program_function(program, (FunctionId){i})->first_decorator; fact_is(d);
             d = program_expr(program, d)->next_sibling)
            if (program_names_match(program, &rule->targets,
                                    declare_decorator_text(program->facts, d)))
                mark(marks, program, (FunctionId){i}, index);
}

// Called by nothing but the module-level statements of its own file, if at all.
static bool is_entry(const Program *program, uint32_t index) {
    const FunctionFact *function = program_function(program, (FunctionId){index});
    for (RowList members = program_members(program, function->family);
         members.at < members.end; members.at++) {
        uint32_t member = *members.at;
        for (RowList callers = program_callers(program, (FunctionId){member});
             callers.at < callers.end; callers.at++) {
            uint32_t edge = *callers.at;
            ModuleId caller = program_expr_module(program, program_edge(program, edge)->expr);
            if (fact_is(program_edge_caller(program, edge)) ||
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
static void mark_tests(BoundaryMarks *marks, const Program *program, const BoundaryRule *rule) {
    for (uint32_t i = 1; i < program_module_count(program); i++)
        if (names_file(program, rule, (ModuleId){i})) marks->test_module[i] = true;
}

// In a file that is an entry point, what no other function calls is one.
static void mark_files(BoundaryMarks *marks, const Program *program, const BoundaryRule *rule, uint32_t index) {
    if (rule->origin == ORIGIN_TEST) mark_tests(marks, program, rule);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (fact_is(function->enclosing) ||
            (function->flags & (FUNCTION_LAMBDA | FUNCTION_CONSTRUCTOR)) || !is_entry(program, i))
            continue;
        if (names_file(program, rule, function->module)) mark(marks, program, (FunctionId){i}, index);
    }
}

static const BoundaryMarks *find_marks(const Program *program, Arena *arena) {
    BoundaryMarks *marks = arena_new(arena, BoundaryMarks);
    *marks = (BoundaryMarks){arena_array(arena, uint32_t, program_function_count(program) + 1),
                             arena_array(arena, bool, program_class_count(program) + 1),
                             arena_array(arena, bool, program_module_count(program) + 1)};
    for (uint32_t i = 0; i < program->rules->boundaries.count; i++) {
        const BoundaryRule *rule = &program->rules->boundaries.items[i];
        switch (rule->kind) {
        case BOUNDARY_FUNCTION: mark_by_name(marks, program, rule, i); break;
        case BOUNDARY_OVERRIDES: mark_overrides(marks, program, rule, i); break;
        case BOUNDARY_DECORATED: mark_decorated(marks, program, rule, i); break;
        case BOUNDARY_FILE: mark_files(marks, program, rule, i); break;
        }
    }
    marks->receives[0] = false;
    return marks;
}

// Whoever asks goes by functions; to walk up from each takes the square of how deep they stand.
static void mark_test_functions(Solver *solver) {
    const Program *program = solver->program;
    const BoundaryRule *rules = program->rules->boundaries.items;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        uint32_t boundary = solver->solution->functions[i].boundary;
        solver->test_function[i] = solver->test_module[function->module.index] ||
                                   solver->test_function[function->enclosing.index] ||
                                   (boundary && rules[boundary - 1].origin == ORIGIN_TEST);
    }
}

void solver_find_boundaries(Solver *solver) {
    const Program *program = solver->program;
    if (!solver->boundary_marks) solver->boundary_marks = find_marks(program, solver->arena);
    const BoundaryMarks *marks = solver->boundary_marks;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (marks->boundary[i]) solver_function(solver, (FunctionId){i})->boundary = marks->boundary[i];
    for (uint32_t i = 1; i < program_class_count(program); i++) solver->receives[i] = marks->receives[i];
    for (uint32_t i = 1; i < program_module_count(program); i++) solver->test_module[i] = marks->test_module[i];
    mark_test_functions(solver);
}
