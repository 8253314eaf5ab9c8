// Which stores go into places that the rules share; see shared.h. Comes in: a store, as it is written. Goes out:
// whether some part of its target has a name of the rules.
//
//     self.items.setdefault(key, {})["name"] = value      asked: Registry.items, and then what `self` is
#include "solve/escape/shared.h"

enum { DEPTH_LIMIT = 16 };

static bool is_named(const Solver *solver, Str owner, Name name) {
    Str dotted = arena_format(solver->arena, "%.*s.%.*s", STR_ARG(owner),
                              STR_ARG(program_name(solver->program, name)));
    return program_names_match(solver->program, &solver->program->rules->shared_state, dotted);
}

static bool names_attribute(const Solver *solver, ClassId klass, Name name) {
    const Program *program = solver->program;
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(program, row->first_ancestor + i);
        if (is_named(solver, program_name(program, program_class(program, ancestor)->qualified),
                     name))
            return true;
    }
    return false;
}

// A name of a module or of a class body.
static bool names_symbol(const Solver *solver, SymbolId symbol) {
    const Program *program = solver->program;
    const SymbolFact *row = program_symbol(program, symbol);
    const ScopeFact *scope = program_scope(program, row->scope);
    if (scope->kind == SCOPE_CLASS) return names_attribute(solver, scope->klass, row->name);
    if (scope->kind != SCOPE_MODULE) return false;
    return is_named(solver, program_name(program, program_module(program, scope->module)->name),
                    row->name);
}

static bool names_expr(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (fact_is(symbol)) return names_symbol(solver, symbol);
    const ClassReference *reference;
    for (uint32_t i = 0; row->kind == EXPR_ATTRIBUTE &&
                         flow_class_at(&solver->flow, program, row->base, i, &reference);
         i++)
        if (names_attribute(solver, reference->klass, row->name)) return true;
    return false;
}

bool shared_is_named(const Solver *solver, ExprId expr) {
    return solver->program->rules->shared_state.count && names_expr(solver, expr);
}

// What a local name that is bound once stands for, or is an element of; none for others.
static ExprId value_of_local(const Program *program, ExprId expr) {
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (!fact_is(symbol)) return FACT_NONE(ExprId);
    const SymbolFact *row = program_symbol(program, symbol);
    if (!fact_same(row->first_binding, row->last_binding)) return FACT_NONE(ExprId);
    const BindingFact *binding = program_binding(program, row->first_binding);
    bool element = binding->kind == BINDING_ITERATE;
    return binding->kind == BINDING_ASSIGN || element ? binding->value : FACT_NONE(ExprId);
}

// What EXPR is read from: the object before the dot, the container, what a call gives a part of.
static ExprId holder_of(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_NAME) return value_of_local(program, expr);
    if (row->kind != EXPR_CALL) return row->base;
    const CallFact *call = program_call(program, row->call);
    const ExprFact *callee = program_expr(program, call->callee);
    if (callee->kind == EXPR_ATTRIBUTE) return callee->base;
    return call->argument_count
               ? program_argument(program, (ArgumentId){call->first_argument})->value
               : FACT_NONE(ExprId);
}

static bool names_holder(const Solver *solver, ExprId expr) {
    for (int depth = 0; fact_is(expr) && depth < DEPTH_LIMIT; depth++) {
        if (names_expr(solver, expr)) return true;
        expr = holder_of(solver->program, expr);
    }
    return false;
}

bool shared_by_rule(const Solver *solver, const FlowStore *store) {
    if (!solver->program->rules->shared_state.count) return false;
    if (fact_is(store->symbol)) return names_symbol(solver, store->symbol);
    if (names_holder(solver, store->at) || names_holder(solver, store->within)) return true;
    // heapq.heappush(self.heap, value): what is written into is an argument, and no receiver.
    return store->place < program_expr_count(solver->program) && names_holder(solver, (ExprId){store->place});
}
