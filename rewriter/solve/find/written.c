// Contexts that the source passes already; see written.h. Comes in: expressions. Goes out: where each
// has its context from. Must recognise what weave writes, whatever mode and stage wrote it.
#include "solve/find/written.h"

enum { DEPTH_LIMIT = 8 }; // a local of a local of ...

Str written_head(Str text) {
    ptrdiff_t open = str_find(text, '(');
    if (open <= 0) return STR_NONE;
    Str head = str_slice(text, 0, (size_t)open);
    for (size_t i = 0; i < head.length; i++)
        if (!str_is_word_byte(head.data[i]) && head.data[i] != '.') return STR_NONE;
    return head;
}

static bool calls(const Solver *solver, const CallFact *call, Str wanted) {
    return wanted.length &&
           program_is_named(solver->program, wanted, program_name(solver->program, call->dotted));
}

static bool makes_context(const Solver *solver, const CallFact *call) {
    const Rules *rules = solver->program->rules;
    for (uint32_t i = 0; i < rules->boundaries.count; i++)
        if (calls(solver, call, written_head(rules->boundaries.items[i].create))) return true;
    return false;
}

// ---- classes ---------------------------------------------------------------------------------------
// The first row of class_references that is about EXPR; their count when there is none.
static uint32_t first_reference(const Program *program, ExprId expr) {
    uint32_t low = 0, high = program_class_reference_count(program);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (program_class_reference(program, middle)->expr.index < expr.index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static ClassId class_of(const Program *program, ExprId expr) {
    uint32_t row = first_reference(program, expr);
    if (row == program_class_reference_count(program)) return FACT_NONE(ClassId);
    const ClassReference *found = program_class_reference(program, row);
    return fact_same(found->expr, expr) && found->instance ? found->klass : FACT_NONE(ClassId);
}

// Of a parameter that is declared as a class outside the tree.
static Name outside_class_of(const Program *program, ExprId expr) {
    SymbolId symbol = program_expr(program, expr)->kind == EXPR_NAME ? program_symbol_of(program, expr)
                                                                     : FACT_NONE(SymbolId);
    FunctionId owner = fact_is(symbol) ? program_scope_function(program, program_symbol(program, symbol)->scope)
                                       : FACT_NONE(FunctionId);
    if (!fact_is(owner)) return (Name){0};
    const FunctionFact *function = program_function(program, owner);
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter = program_parameter(program, (ParameterId){function->first_parameter + i});
        if (fact_same(parameter->symbol, symbol)) return parameter->outside;
    }
    return (Name){0};
}

// ---- expressions -----------------------------------------------------------------------------------
static Written context_at(const Solver *solver, ExprId expr, int depth);

static FunctionId function_at(const Program *program, ExprId expr) {
    return program_scope_function(program, program_expr(program, expr)->scope);
}

static Written of_call(const Solver *solver, ExprId expr, const ExprFact *row, int depth) {
    const Program *program = solver->program;
    const Rules *rules = program->rules;
    const CallFact *call = program_call(program, row->call);
    Written found = {.function = function_at(program, expr)};
    if (calls(solver, call, rules->context.ambient) || calls(solver, call, rules->api.counter))
        found.kind = WRITTEN_AMBIENT;
    else if (makes_context(solver, call))
        found.kind = WRITTEN_MADE;
    if (found.kind) return found;
    for (uint32_t i = 0; i < rules->carriers.count && call->argument_count; i++) {
        if (!calls(solver, call, written_head(rules->carriers.items[i].expression))) continue;
        ExprId value = program_argument(program, (ArgumentId){call->first_argument})->value;
        return (Written){.kind = WRITTEN_CARRIED,
                         .klass = class_of(program, value),
                         .outside = outside_class_of(program, value)};
    }
    // ctx.with_chat(id): another view of the same context.
    const ExprFact *callee = program_expr(program, call->callee);
    if (callee->kind == EXPR_ATTRIBUTE) return context_at(solver, callee->base, depth + 1);
    return found;
}

static bool is_receiver(const Program *program, ExprId expr, FunctionId *method) {
    SymbolId symbol = program_symbol_of(program, expr);
    if (program_expr(program, expr)->kind != EXPR_NAME || !fact_is(symbol)) return false;
    *method = program_scope_function(program, program_symbol(program, symbol)->scope);
    const FunctionFact *function = program_function(program, *method);
    return fact_is(*method) && fact_is(function->klass) && function->parameter_count &&
           !(function->flags & FUNCTION_STATIC) &&
           fact_same(program_parameter(program, (ParameterId){function->first_parameter})->symbol,
                     symbol);
}

static Written of_attribute(const Solver *solver, const ExprFact *row) {
    const Program *program = solver->program;
    FunctionId method;
    if (!name_equal(row->name, solver->parameter)) return (Written){0};
    if (is_receiver(program, row->base, &method))
        return (Written){.kind = WRITTEN_HELD,
                         .function = method,
                         .klass = program_function(program, method)->klass};
    return (Written){.kind = WRITTEN_CARRIED, .klass = class_of(program, row->base)};
}

static Written of_name(const Solver *solver, ExprId expr, int depth) {
    const Program *program = solver->program;
    SymbolId symbol = program_symbol_of(program, expr);
    if (!fact_is(symbol)) return (Written){0};
    const SymbolFact *row = program_symbol(program, symbol);
    FunctionId owner = program_scope_function(program, row->scope);
    if (!fact_is(owner)) return (Written){0};
    bool enclosed = !fact_same(owner, function_at(program, expr));
    if (row->flags & SYMBOL_PARAMETER)
        return (Written){.kind = name_equal(row->name, solver->parameter) ? WRITTEN_PARAMETER
                                                                          : WRITTEN_UNKNOWN,
                         .function = owner,
                         .enclosed = enclosed};
    const BindingFact *binding = program_binding(program, row->first_binding);
    bool whole = binding->kind == BINDING_ASSIGN || binding->kind == BINDING_ENTER ||
                 binding->kind == BINDING_ENTER_ASYNC;
    if (!whole || binding->element != -1 || !fact_is(binding->value)) return (Written){0};
    Written found = context_at(solver, binding->value, depth + 1);
    found.enclosed = found.enclosed || enclosed;
    return found;
}

static Written context_at(const Solver *solver, ExprId expr, int depth) {
    if (!fact_is(expr) || depth > DEPTH_LIMIT) return (Written){0};
    const ExprFact *row = program_expr(solver->program, expr);
    if (row->kind == EXPR_CALL) return of_call(solver, expr, row, depth);
    if (row->kind == EXPR_ATTRIBUTE) return of_attribute(solver, row);
    return row->kind == EXPR_NAME ? of_name(solver, expr, depth) : (Written){0};
}

Written written_context(const Solver *solver, ExprId expr) { return context_at(solver, expr, 0); }

// ---- calls -----------------------------------------------------------------------------------------
ExprId written_argument(const Solver *solver, CallId id, int32_t position) {
    const Program *program = solver->program;
    const CallFact *call = program_call(program, id);
    int32_t positional = 0;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument =
            program_argument(program, (ArgumentId){call->first_argument + i});
        bool named =
            argument->kind == ARGUMENT_KEYWORD && name_equal(argument->name, solver->parameter);
        if (named || (argument->kind == ARGUMENT_POSITIONAL && positional++ == position))
            return argument->value;
    }
    return FACT_NONE(ExprId);
}

// Where CALLEE's context parameter stands among what a call gives by position; -1: by name only.
static int32_t context_position(const Solver *solver, const EdgeFact *edge) {
    const Program *program = solver->program;
    if (!fact_is(edge->callee)) return -1;
    const FunctionFact *function = program_function(program, edge->callee);
    ParameterId parameter = supply_context_parameter(solver, function);
    if (!fact_is(parameter) || program_parameter(program, parameter)->kind > PARAMETER_POSITIONAL)
        return -1;
    bool bound = fact_is(function->klass) && !(function->flags & FUNCTION_STATIC) &&
                 !edge->explicit_receiver;
    return (int32_t)(parameter.index - function->first_parameter) - (bound ? 1 : 0);
}

ExprId written_at_edge(const Solver *solver, const EdgeFact *edge) {
    const Program *program = solver->program;
    if (!solver->parameter.index) return FACT_NONE(ExprId);
    if (edge->kind != EDGE_ESCAPE)
        return written_argument(solver, edge->call, context_position(solver, edge));
    const ExprFact *around = program_expr(program, program_expr(program, edge->expr)->parent);
    return around->kind == EXPR_CALL ? written_argument(solver, around->call, -1)
                                     : FACT_NONE(ExprId);
}

bool written_lacks(const Solver *solver, const EdgeFact *edge) {
    const Program *program = solver->program;
    if (edge->kind == EDGE_ESCAPE || !fact_is(edge->callee) || solver->taken[edge->callee.index])
        return false;
    const FunctionPlan *plan = &solver->solution->functions[edge->callee.index];
    ParameterId parameter =
        supply_context_parameter(solver, program_function(program, edge->callee));
    return plan->supply == SUPPLY_NONE && fact_is(parameter) &&
           fact_is(program_parameter(program, parameter)->default_value) &&
           !supply_passes_already(solver, edge->call, edge->callee);
}

// ---- accessors -------------------------------------------------------------------------------------
bool written_is_accessor(const Solver *solver, FunctionId function) {
    const Program *program = solver->program;
    ExprId decorator = program_function(program, function)->first_decorator;
    for (; fact_is(decorator); decorator = program_expr(program, decorator)->next_sibling) {
        const ExprFact *row = program_expr(program, decorator);
        if (row->kind == EXPR_CALL && calls(solver, program_call(program, row->call),
                                            program->rules->context.accessor_decorator))
            return true;
    }
    return false;
}

bool written_inside_accessor(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    if (solver_inside_accessor(solver, expr)) return true;
    FunctionId function = function_at(program, expr);
    return fact_is(function) && solver->written_accessor[function.index];
}
