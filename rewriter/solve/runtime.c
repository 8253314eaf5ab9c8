// What the rules bring themselves: the package of the runtime, and the functions of the tree that the texts
// of the rules call (`replace`, `create`, `expression`, `ambient`).
// Comes in: rules and facts. Goes out: Solver.runtime_module, Solver.runtime_function. What stands there has
// the context by its own means: it is neither a sink nor threaded.
#include "solve/solver.h"

// The package of the context's type, wherever it stands in the tree.
static void mark_modules(Solver *solver) {
    const Facts *facts = solver->facts;
    Str type = solver->rules->context.type;
    ptrdiff_t dot = str_find_last(type, '.');
    Str package = dot < 0 ? STR_NONE : str_slice(type, 0, (size_t)dot);
    for (uint32_t i = 1; package.length && i < facts->modules.count; i++) {
        Str name = facts_name(facts, facts->modules.items[i].name);
        solver->runtime_module[i] =
            str_starts_with(name, package) &&
            (name.length == package.length || name.data[package.length] == '.');
    }
}

static void mark_called(Solver *solver, Str text) {
    for (size_t start = 0; start < text.length;) {
        size_t end = start;
        while (end < text.length && (str_is_word_byte(text.data[end]) || text.data[end] == '.'))
            end++;
        Str name = str_slice(text, start, end);
        if (str_find(name, '.') > 0) {
            FunctionId function = solver_find_function(solver, name);
            if (fact_is(function)) solver->runtime_function[function.index] = true;
        }
        start = end + 1;
    }
}

void solver_mark_runtime(Solver *solver) {
    const Rules *rules = solver->rules;
    solver->runtime_module = arena_array(solver->arena, bool, solver->facts->modules.count + 1);
    solver->runtime_function = arena_array(solver->arena, bool, solver->facts->functions.count + 1);
    mark_modules(solver);
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        mark_called(solver, rules->sinks.items[i].replace);
    for (uint32_t i = 0; i < rules->carriers.count; i++)
        mark_called(solver, rules->carriers.items[i].expression);
    for (uint32_t i = 0; i < rules->boundaries.count; i++)
        mark_called(solver, rules->boundaries.items[i].create);
    mark_called(solver, rules->context.ambient);
}

bool solver_in_runtime(const Solver *solver, ExprId expr) {
    const Facts *facts = solver->facts;
    if (solver->runtime_module[facts_expr_module(facts, expr).index]) return true;
    for (FunctionId f = facts_scope_function(facts, facts_expr(facts, expr)->scope);
         fact_is(f); f = facts_function(facts, f)->enclosing)
        if (solver->runtime_function[f.index]) return true;
    return false;
}
