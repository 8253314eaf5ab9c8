// What the rules bring themselves: the package of the runtime, and the functions of the tree that the texts
// of the rules call (`replace`, `create`, `expression`, `ambient`).
// Comes in: rules and facts. Goes out: Solver.runtime_module, Solver.runtime_function. What stands there has
// the context by its own means: it is neither a sink nor threaded. A module of the tree's own that has the
// context's class beside what the rules are about is no runtime as a whole, only what they call in it.
#include "solve/solver.h"

// A rule is about something in it that is no text to call.
static bool is_subject(const Solver *solver, Str package) {
    const Rules *rules = solver->program->rules;
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        if (rules->sinks.items[i].kind != SINK_PATTERN &&
            program_is_below(solver->program, package, rules->sinks.items[i].target.text))
            return true;
    for (uint32_t i = 0; i < rules->boundaries.count; i++)
        for (uint32_t k = 0; k < rules->boundaries.items[i].targets.count; k++)
            if (program_is_below(solver->program, package,
                                 rules->boundaries.items[i].targets.items[k].text)) return true;
    return false;
}

// The package of the context's type, wherever it stands in the tree.
static void mark_modules(Solver *solver) {
    const Program *program = solver->program;
    Str type = solver->program->rules->context.type;
    ptrdiff_t dot = str_find_last(type, '.');
    Str package = dot < 0 ? STR_NONE : str_slice(type, 0, (size_t)dot);
    if (!package.length || is_subject(solver, package)) return;
    for (uint32_t i = 1; i < program_module_count(program); i++)
        solver->runtime_module[i] =
            program_is_below(solver->program, package,
                             program_name(program, program_module(program, (ModuleId){i})->name));
}

// Methods of the context's own class have the context: it is their receiver.
static void mark_context_class(Solver *solver) {
    const Program *program = solver->program;
    const uint32_t no_instance =
        FUNCTION_STATIC | FUNCTION_CLASS | FUNCTION_CREATOR | FUNCTION_CONSTRUCTOR;
    solver->context_class =
        program_find_class(solver->program, solver->program->rules->context.class_name);
    for (uint32_t i = 1; fact_is(solver->context_class) && i < program_function_count(program);
         i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (!program_is_subclass(program, function->klass, solver->context_class)) continue;
        bool made = (function->flags & no_instance) || !function->parameter_count;
        if (made) solver->runtime_function[i] = true;
    }
}

static void mark_called(Solver *solver, Str text) {
    for (size_t start = 0; start < text.length;) {
        size_t end = start;
        while (end < text.length && (str_is_word_byte(text.data[end]) || text.data[end] == '.'))
            end++;
        Str name = str_slice(text, start, end);
        if (str_find(name, '.') > 0) {
            FunctionId function = program_find_function(solver->program, name);
            if (fact_is(function)) solver->runtime_function[function.index] = true;
        }
        start = end + 1;
    }
}

void solver_mark_runtime(Solver *solver) {
    const Rules *rules = solver->program->rules;
    solver->runtime_module =
        arena_array(solver->arena, bool, program_module_count(solver->program) + 1);
    solver->runtime_function =
        arena_array(solver->arena, bool, program_function_count(solver->program) + 1);
    mark_modules(solver);
    mark_context_class(solver);
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        mark_called(solver, rules->sinks.items[i].replace);
    for (uint32_t i = 0; i < rules->carriers.count; i++)
        mark_called(solver, rules->carriers.items[i].expression);
    for (uint32_t i = 0; i < rules->boundaries.count; i++)
        mark_called(solver, rules->boundaries.items[i].create);
    mark_called(solver, rules->context.ambient);
    mark_called(solver, rules->api.counter);
    mark_called(solver, rules->api.instance);
    mark_called(solver, rules->context.accessor_decorator);
    mark_called(solver, rules->context.ambient_instance);
}

// The runtime that the rules bring calls nothing of the tree; a context of the tree may.
static bool has_context_itself(const Solver *solver, FunctionId function) {
    return !solver->program->rules->runtime.count && fact_is(solver->context_class) &&
           program_is_subclass(solver->program, program_function(solver->program, function)->klass,
                               solver->context_class) &&
           !solver->runtime_function[function.index];
}

bool solver_in_runtime(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    for (FunctionId f = program_scope_function(program, program_expr(program, expr)->scope);
         fact_is(f); f = program_function(program, f)->enclosing) {
        if (has_context_itself(solver, f)) return false;
        if (solver->runtime_function[f.index]) return true;
    }
    return solver->runtime_module[program_expr_module(program, expr).index];
}
