// Singletons that become keyed accessors: which idioms are understood, and what they are called then.
// Comes in: a module-level instance or a lazy getter. Goes out: a row of Solution.accessors.
// Must refuse what it cannot rewrite whole: an instance bound twice, a getter whose variable others use.
#include "solve/solver.h"

ClassId accessor_constructed_class(const Solver *solver, ExprId construction) {
    const Facts *facts = solver->facts;
    CallId call = facts_expr(facts, construction)->call;
    if (!fact_is(call)) return FACT_NONE(ClassId);
    for (uint32_t i = solver->call_edges.first[call.index];
         i < solver->call_edges.first[call.index + 1]; i++) {
        const EdgeFact *edge = &facts->edges.items[solver->call_edges.items[i]];
        if (edge->kind == EDGE_CONSTRUCT && !edge->through_class_value) return edge->klass;
    }
    return FACT_NONE(ClassId);
}

BindingId accessor_instance_binding(const Solver *solver, SymbolId symbol) {
    const Facts *facts = solver->facts;
    const SymbolFact *row = facts_symbol(facts, symbol);
    BindingId id = row->first_binding;
    if (facts_scope(facts, row->scope)->kind != SCOPE_MODULE || !fact_is(id))
        return FACT_NONE(BindingId);
    const BindingFact *binding = facts_binding(facts, id);
    bool once = fact_same(row->first_binding, row->last_binding);
    bool plain = binding->kind == BINDING_ASSIGN && binding->element == -1 &&
                 fact_is(binding->value) && fact_same(binding->scope, row->scope);
    if (!once || !plain || facts_expr(facts, binding->value)->kind != EXPR_CALL)
        return FACT_NONE(BindingId);
    const StatementFact *statement = facts_statement(facts, binding->statement);
    bool alone = statement->kind == STATEMENT_ASSIGN && !fact_is(statement->parent) &&
                 !statement->shares_line && solver->statement_bindings[binding->statement.index] == 1;
    return alone ? id : FACT_NONE(BindingId);
}

bool accessor_is_stand_in(const Solver *solver, SymbolId symbol) {
    const Facts *facts = solver->facts;
    BindingId binding = accessor_instance_binding(solver, symbol);
    if (!fact_is(binding)) return false;
    CallId call = facts_expr(facts, facts_binding(facts, binding)->value)->call;
    return str_equal(facts_name(facts, facts_call(facts, call)->dotted),
                     solver->rules->context.ambient_instance);
}

bool accessor_state_is_shared(const Solver *solver, const LazyGetter *getter) {
    const Facts *facts = solver->facts;
    for (uint32_t i = solver->reads.first[getter->state.index];
         i < solver->reads.first[getter->state.index + 1]; i++) {
        ExprId read = {solver->reads.items[i]};
        FunctionId function = facts_scope_function(facts, facts_expr(facts, read)->scope);
        if (!fact_same(function, getter->function)) return true;
    }
    const SymbolFact *state = facts_symbol(facts, getter->state);
    if (!fact_same(state->first_binding, state->last_binding)) return true;
    ModuleId module = facts_scope(facts, state->scope)->module;
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *other = &facts->symbols.items[i];
        if (!(other->flags & SYMBOL_GLOBAL) || !name_equal(other->name, state->name)) continue;
        const ScopeFact *scope = facts_scope(facts, other->scope);
        if (fact_same(scope->module, module) && !fact_same(scope->function, getter->function))
            return true;
    }
    return false;
}

Str accessor_default_name(Solver *solver, Str name) {
    while (name.length && name.data[0] == '_') name = str_slice(name, 1, name.length);
    if (str_starts_with(name, STR("get_"))) name = str_slice(name, 4, name.length);
    if (str_starts_with(name, STR("global_"))) name = str_slice(name, 7, name.length);
    return arena_format(solver->arena, "get_isolated_%.*s", STR_ARG(name));
}

// Another accessor has the name, or the module itself means something by it.
static bool is_name_taken(Solver *solver, Str name, ModuleId module) {
    const Facts *facts = solver->facts;
    for (uint32_t i = 1; i < solver->solution->accessors.count; i++)
        if (str_equal(solver->solution->accessors.items[i].name, name)) return true;
    Name known = intern_find(facts->names, name);
    return known.index && fact_is(facts_symbol_in(facts, facts_module(facts, module)->scope, known));
}

static Str unique_name(Solver *solver, Str name, ModuleId module) {
    if (!is_name_taken(solver, name, module)) return name;
    Str path = facts_name(solver->facts, facts_module(solver->facts, module)->name);
    ptrdiff_t dot = str_find_last(path, '.');
    Str last = str_slice(path, (size_t)(dot + 1), path.length);
    Str other = arena_format(solver->arena, "%.*s_of_%.*s", STR_ARG(name), STR_ARG(last));
    for (uint32_t n = 2; is_name_taken(solver, other, module); n++)
        other = arena_format(solver->arena, "%.*s_of_%.*s_%u", STR_ARG(name), STR_ARG(last), n);
    return other;
}

static uint32_t add(Solver *solver, Accessor accessor, Str name) {
    const Facts *facts = solver->facts;
    const SymbolFact *symbol = facts_symbol(facts, accessor.symbol);
    if (!name.length) name = accessor_default_name(solver, facts_name(facts, symbol->name));
    accessor.name =
        unique_name(solver, name, facts_scope(facts, symbol->scope)->module);
    accessor.klass = accessor_constructed_class(solver, accessor.construction);
    const ClassFact *klass = facts_class(facts, accessor.klass);
    accessor.removes_creator = fact_is(klass->creator) && (klass->flags & CLASS_SINGLETON) &&
                               fact_same(facts_function(facts, klass->creator)->klass,
                                         accessor.klass);
    uint32_t index = solver->solution->accessors.count;
    vec_add(&solver->solution->accessors, accessor);
    return index;
}

uint32_t accessor_for_symbol(Solver *solver, SymbolId symbol, uint32_t rule, Family family,
                             Str name) {
    for (uint32_t i = 1; i < solver->solution->accessors.count; i++)
        if (fact_same(solver->solution->accessors.items[i].symbol, symbol)) return i;
    BindingId binding = accessor_instance_binding(solver, symbol);
    if (!fact_is(binding) || solver->rebound[symbol.index]) return 0;
    if (accessor_is_stand_in(solver, symbol)) return 0;
    const BindingFact *row = facts_binding(solver->facts, binding);
    uint32_t index = add(solver,
                         (Accessor){.kind = ACCESSOR_INSTANCE,
                                    .rule = rule,
                                    .family = family,
                                    .symbol = symbol,
                                    .binding = binding,
                                    .construction = row->value},
                         name);
    solver->statement_accessor[row->statement.index] = index;
    return index;
}

uint32_t accessor_for_getter(Solver *solver, FunctionId function, uint32_t rule, Family family,
                             Str name) {
    const Facts *facts = solver->facts;
    const LazyGetter *getter = NULL;
    for (uint32_t i = 0; i < facts->getters.count; i++)
        if (fact_same(facts->getters.items[i].function, function))
            getter = &facts->getters.items[i];
    if (!getter || accessor_state_is_shared(solver, getter)) return 0;
    if (solver->function_accessor[function.index]) return solver->function_accessor[function.index];
    const FunctionFact *row = facts_function(facts, function);
    uint32_t index = add(solver,
                         (Accessor){.kind = ACCESSOR_GETTER,
                                    .rule = rule,
                                    .family = family,
                                    .symbol = facts_symbol_in(facts, row->scope, row->name),
                                    .getter = function,
                                    .getter_state = getter->state,
                                    .binding = getter->binding,
                                    .construction =
                                        facts_binding(facts, getter->binding)->value},
                         name);
    solver->function_accessor[function.index] = index;
    return index;
}
