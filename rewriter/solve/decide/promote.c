// Promotion: a singleton outside the rules whose class needs the context joins them.
//
//     store = Store()            no rule names it; but Store.load reads a sink, and so needs a context: the next
//                                attempt makes `store` an accessor, get_isolated_store(context)
//
// Comes in: an attempt that has settled. Goes out: the singletons to add before the next attempt.
// Must not split what is filled while modules are imported (registries): that would be empty for every
// tenant but the first.
#include "solve/solver.h"

static bool class_needs(const Solver *solver, ClassId klass) {
    const Program *program = solver->program;
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        uint32_t ancestor = program_ancestor(program, row->first_ancestor + i)->index;
        if (solver->solution->classes[ancestor].holds) return true;
    }
    for (uint32_t f = 1; f < program_function_count(program); f++) {
        const FunctionPlan *plan = &solver->solution->functions[f];
        if (!plan->needs_value || !fact_is(program_function(program, (FunctionId){f})->klass))
            continue;
        bool outside = plan->supply == SUPPLY_PARAMETER || plan->supply == SUPPLY_HELD ||
                       plan->reads_ambient;
        if (outside &&
            program_is_subclass(program, klass, program_function(program, (FunctionId){f})->klass))
            return true;
    }
    return false;
}

static bool is_process_wide(const Solver *solver, SymbolId symbol, ClassId klass) {
    return solver->process_class[klass.index] ||
           program_names_match(solver->program, &solver->program->rules->process_wide,
                               solver_symbol_path(solver, symbol));
}

// What a rule names is treated as the rule says.
static bool is_named_by_rule(const Solver *solver, SymbolId symbol, FunctionId getter) {
    for (uint32_t i = 0; i < solver->program->rules->sinks.count; i++) {
        Str target = solver->program->rules->sinks.items[i].target.text;
        SymbolId named = program_find_symbol(solver->program, target);
        if (fact_is(named) && fact_same(named, symbol)) return true;
        if (fact_is(getter) && fact_same(program_find_function(solver->program, target), getter))
            return true;
    }
    return false;
}

static bool is_read_at_import(const Solver *solver, SymbolId symbol, StatementId own) {
    const Program *program = solver->program;
    for (RowList reads = program_reads(solver->program, symbol); reads.at < reads.end; reads.at++) {
        ExprId read = {*reads.at};
        const ExprFact *expr = program_expr(program, read);
        if (fact_same(expr->statement, own) || solver_inside_accessor(solver, read)) continue;
        if (!fact_is(program_scope_function(program, expr->scope))) return true;
    }
    return false;
}

static bool is_promoted(const Solver *solver, SymbolId symbol, FunctionId getter) {
    for (uint32_t i = 1; i < solver->solution->accessors.count; i++) {
        const Accessor *accessor = &solver->solution->accessors.items[i];
        if (fact_is(symbol) && fact_same(accessor->symbol, symbol)) return true;
        if (fact_is(getter) && fact_same(accessor->getter, getter)) return true;
    }
    return false;
}

static void try_instance(Solver *solver, SymbolId symbol) {
    const Program *program = solver->program;
    BindingId id = accessor_instance_binding(solver, symbol);
    if (!fact_is(id)) return;
    const BindingFact *binding = program_binding(program, id);
    ClassId klass = accessor_constructed_class(solver, binding->value);
    if (!fact_is(klass) || is_promoted(solver, symbol, FACT_NONE(FunctionId))) return;
    if (solver->frozen_symbol[symbol.index]) return;
    if (solver->runtime_module[program_expr_module(program, binding->value).index]) return;
    if (is_process_wide(solver, symbol, klass) || !class_needs(solver, klass)) return;
    if (is_read_at_import(solver, symbol, binding->statement)) return;
    if (is_named_by_rule(solver, symbol, FACT_NONE(FunctionId))) return;
    vec_add(&solver->promoted, ((Promotion){.symbol = symbol}));
}

static void try_getter(Solver *solver, const LazyGetter *getter) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, getter->function);
    SymbolId symbol = program_symbol_in(program, function->scope, function->name);
    ClassId klass = accessor_constructed_class(solver, getter->construction);
    if (!fact_is(klass) || is_promoted(solver, FACT_NONE(SymbolId), getter->function)) return;
    if (solver->frozen_symbol[symbol.index]) return;
    if (solver->runtime_module[function->module.index]) return;
    if (is_process_wide(solver, symbol, klass) || !class_needs(solver, klass)) return;
    if (accessor_state_is_shared(solver, getter)) return;
    if (is_read_at_import(solver, symbol, function->statement)) return;
    if (is_named_by_rule(solver, symbol, getter->function)) return;
    vec_add(&solver->promoted, ((Promotion){.getter = getter->function}));
}

bool solver_promote(Solver *solver) {
    const Program *program = solver->program;
    if (!solver->program->rules->find_singletons ||
        !(solver->options->families & (1u << solver->program->rules->singleton_family)))
        return false;
    uint32_t before = solver->promoted.count;
    for (uint32_t i = 1; i < program_symbol_count(program); i++)
        if (program_scope(program, program_symbol(program, (SymbolId){i})->scope)->kind ==
            SCOPE_MODULE)
            try_instance(solver, (SymbolId){i});
    for (uint32_t i = 0; i < program_getter_count(program); i++)
        try_getter(solver, program_getter(program, i));
    return solver->promoted.count > before;
}
