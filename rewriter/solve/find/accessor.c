// Singletons that become keyed accessors: which idioms are understood, and what they are called then.
// Comes in: a module-level instance or a lazy getter. Goes out: a row of Solution.accessors.
// Must refuse what it cannot rewrite whole: an instance bound twice, a getter whose variable others use.
#include "solve/solver.h"

ClassId accessor_constructed_class(const Solver *solver, ExprId construction) {
    const Program *program = solver->program;
    CallId call = program_expr(program, construction)->call;
    if (!fact_is(call)) return FACT_NONE(ClassId);
    for (RowList edges = program_call_edges(solver->program, call); edges.at < edges.end;
         edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        if (edge->kind == EDGE_CONSTRUCT && !edge->through_class_value) return edge->klass;
    }
    return FACT_NONE(ClassId);
}

// A call somewhere in an annotation, `row: Of(Kind) = Kind()`: it is run, so that the annotation is no type to return.
static bool is_called_in(const Program *program, ExprId annotation) {
    if (!fact_is(annotation)) return false;
    const ExprFact *row = program_expr(program, annotation);
    if (row->kind == EXPR_CALL || is_called_in(program, row->base)) return true;
    for (ExprId child = row->first_child; fact_is(child); child = program_expr(program, child)->next_sibling)
        if (is_called_in(program, child)) return true;
    return false;
}

BindingId accessor_instance_binding(const Solver *solver, SymbolId symbol) {
    const Program *program = solver->program;
    const SymbolFact *row = program_symbol(program, symbol);
    BindingId id = row->first_binding;
    if (program_scope(program, row->scope)->kind != SCOPE_MODULE || !fact_is(id))
        return FACT_NONE(BindingId);
    const BindingFact *binding = program_binding(program, id);
    bool once = fact_same(row->first_binding, row->last_binding);
    bool plain = binding->kind == BINDING_ASSIGN && binding->element == -1 &&
                 fact_is(binding->value) && fact_same(binding->scope, row->scope);
    if (!once || !plain || program_expr(program, binding->value)->kind != EXPR_CALL)
        return FACT_NONE(BindingId);
    const StatementFact *statement = program_statement(program, binding->statement);
    bool alone = statement->kind == STATEMENT_ASSIGN && !fact_is(statement->parent) &&
                 !statement->shares_line && solver->statement_bindings[binding->statement.index] == 1 &&
                 !is_called_in(program, binding->annotation);
    return alone ? id : FACT_NONE(BindingId);
}

bool accessor_is_stand_in(const Solver *solver, SymbolId symbol) {
    const Program *program = solver->program;
    BindingId binding = accessor_instance_binding(solver, symbol);
    if (!fact_is(binding)) return false;
    CallId call = program_expr(program, program_binding(program, binding)->value)->call;
    const Rules *rules = program->rules;
    Str callee = program_name(program, program_call(program, call)->dotted);
    return program_is_named(program, rules->context.ambient_instance, callee) ||
           (rules->api.instance.length > 0 && program_is_named(program, rules->api.instance, callee));
}

// Somebody asks something of the function itself, `get_settings.cache_clear()`, that an accessor has not.
static bool is_asked_of(const Solver *solver, FunctionId getter) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, getter);
    SymbolId symbol = program_symbol_in(program, function->scope, function->name);
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++) {
        ExprId parent = program_expr(program, (ExprId){*reads.at})->parent;
        const ExprFact *row = program_expr(program, parent);
        if (row->kind == EXPR_ATTRIBUTE && row->base.index == *reads.at) return true;
    }
    return false;
}

bool accessor_state_is_shared(const Solver *solver, const LazyGetter *getter) {
    const Program *program = solver->program;
    if (!fact_is(getter->state)) return is_asked_of(solver, getter->function);
    for (RowList reads = program_reads(solver->program, getter->state); reads.at < reads.end;
         reads.at++) {
        ExprId read = {*reads.at};
        FunctionId function = program_scope_function(program, program_expr(program, read)->scope);
        if (!fact_same(function, getter->function)) return true;
    }
    const SymbolFact *state = program_symbol(program, getter->state);
    if (!fact_same(state->first_binding, state->last_binding)) return true;
    ModuleId module = program_scope(program, state->scope)->module;
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        const SymbolFact *other = program_symbol(program, (SymbolId){i});
        if (!(other->flags & SYMBOL_GLOBAL) || !name_equal(other->name, state->name)) continue;
        const ScopeFact *scope = program_scope(program, other->scope);
        if (fact_same(scope->module, module) && !fact_same(scope->function, getter->function))
            return true;
    }
    return false;
}

Str accessor_default_name(Solver *solver, Str name) {
    while (name.length && name.data[0] == '_') name = str_slice(name, 1, name.length);
    if (str_starts_with(name, STR("get_"))) name = str_slice(name, 4, name.length);
    if (str_starts_with(name, STR("global_"))) name = str_slice(name, 7, name.length);
    return arena_format(solver->arena, "get_isolated_%.*s", STR_ARG(arena_snake_case(solver->arena, name)));
}

// Another accessor has the name, or the module itself means something by it.
static bool is_name_taken(Solver *solver, Str name, ModuleId module) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < solver->solution->accessors.count; i++)
        if (str_equal(solver->solution->accessors.items[i].name, name)) return true;
    Name known = intern_find(program->facts->names, name);
    return known.index &&
           fact_is(program_symbol_in(program, program_module(program, module)->scope, known));
}

static Str unique_name(Solver *solver, Str name, ModuleId module) {
    if (!is_name_taken(solver, name, module)) return name;
    Str path = program_name(solver->program, program_module(solver->program, module)->name);
    ptrdiff_t dot = str_find_last(path, '.');
    Str last = str_slice(path, (size_t)(dot + 1), path.length);
    Str other = arena_format(solver->arena, "%.*s_of_%.*s", STR_ARG(name), STR_ARG(last));
    for (uint32_t n = 2; is_name_taken(solver, other, module); n++)
        other = arena_format(solver->arena, "%.*s_of_%.*s_%u", STR_ARG(name), STR_ARG(last), n);
    return other;
}

static uint32_t add(Solver *solver, Accessor accessor, Str name) {
    const Program *program = solver->program;
    const SymbolFact *symbol = program_symbol(program, accessor.symbol);
    if (!name.length) name = accessor_default_name(solver, program_name(program, symbol->name));
    accessor.name = unique_name(solver, name, program_scope(program, symbol->scope)->module);
    accessor.klass = accessor_constructed_class(solver, accessor.construction);
    const ClassFact *klass = program_class(program, accessor.klass);
    accessor.removes_creator =
        fact_is(klass->creator) && !solver->frozen_function[klass->creator.index] && (klass->flags & CLASS_SINGLETON) &&
        fact_same(program_function(program, klass->creator)->klass, accessor.klass);
    uint32_t index = solver->solution->accessors.count;
    vec_add(&solver->solution->accessors, accessor);
    return index;
}

// A class that makes itself a singleton and must go on doing so: an accessor's objects would be one.
// Then the SYMBOL that would become one stays as well.
static bool keeps_creator(Solver *solver, ExprId construction, SymbolId symbol) {
    ClassId id = accessor_constructed_class(solver, construction);
    const ClassFact *klass = program_class(solver->program, id);
    if (!fact_is(klass->creator)) return false;
    if ((klass->flags & CLASS_KEEPS_INSTANCE) && !(klass->flags & CLASS_SINGLETON)) {
        solver->frozen_symbol[symbol.index] = DIAGNOSTIC_W205;
        return true;
    }
    if (!(klass->flags & CLASS_SINGLETON) || !solver->frozen_function[klass->creator.index])
        return false;
    solver->frozen_symbol[symbol.index] = DIAGNOSTIC_W216;
    for (RowList sites = program_constructions(solver->program, id); sites.at < sites.end; sites.at++)
        if (solver_is_left_out(solver, program_edge(solver->program, *sites.at)->expr))
            solver->frozen_symbol[symbol.index] = DIAGNOSTIC_W217;
    return true;
}

uint32_t accessor_for_symbol(Solver *solver, SymbolId symbol, uint32_t rule, Family family,
                             Str name) {
    for (uint32_t i = 1; i < solver->solution->accessors.count; i++)
        if (fact_same(solver->solution->accessors.items[i].symbol, symbol)) return i;
    BindingId binding = accessor_instance_binding(solver, symbol);
    if (!fact_is(binding) || solver->rebound[symbol.index] || solver->frozen_symbol[symbol.index])
        return 0;
    if (accessor_is_stand_in(solver, symbol)) return 0;
    const BindingFact *row = program_binding(solver->program, binding);
    if (keeps_creator(solver, row->value, symbol)) return 0;
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
    const Program *program = solver->program;
    const LazyGetter *getter = NULL;
    for (uint32_t i = 0; i < program_getter_count(program); i++)
        if (fact_same(program_getter(program, i)->function, function))
            getter = program_getter(program, i);
    if (!getter || accessor_state_is_shared(solver, getter)) return 0;
    if (solver->function_accessor[function.index]) return solver->function_accessor[function.index];
    const FunctionFact *row = program_function(program, function);
    SymbolId symbol = program_symbol_in(program, row->scope, row->name);
    if (solver->frozen_symbol[symbol.index] ||
        keeps_creator(solver, getter->construction, symbol))
        return 0;
    uint32_t index =
        add(solver,
            (Accessor){.kind = ACCESSOR_GETTER,
                       .rule = rule,
                       .family = family,
                       .symbol = symbol,
                       .getter = function,
                       .getter_state = getter->state,
                       .binding = getter->binding,
                       .construction = getter->construction},
            name);
    solver->function_accessor[function.index] = index;
    return index;
}
