// What the solver asks all the time of functions and classes, beyond the indexes of the program: what is public,
// what escapes, what keeps the context already. Comes in: the program. Goes out: the first half of Solver. Must
// not decide anything.
#include "solve/find/written.h"
#include "solve/solver.h"

// Module-level names that something outside the module's own statements binds again.
static void mark_rebound(Solver *solver) {
    const Program *program = solver->program;
    solver->rebound = arena_array(solver->arena, bool, program_symbol_count(program) + 1);
    solver->statement_bindings =
        arena_array(solver->arena, uint32_t, program_statement_count(program) + 1);
    for (uint32_t i = 1; i < program_binding_count(program); i++)
        solver->statement_bindings[program_binding(program, (BindingId){i})->statement.index]++;
    for (uint32_t i = 1; i < program_expr_count(program);
         i++) { // module.name = ..., del module.name
        const ExprFact *expr = program_expr(program, (ExprId){i});
        SymbolId symbol = program_symbol_of(program, (ExprId){i});
        if (expr->kind == EXPR_ATTRIBUTE && fact_is(symbol) &&
            (expr->flags & (EXPR_STORED | EXPR_DELETED)))
            solver->rebound[program_definition_of(program, symbol).index] = true;
    }
    for (uint32_t i = 1; i < program_symbol_count(program); i++) { // global name; name = ...
        const SymbolFact *row = program_symbol(program, (SymbolId){i});
        if (!(row->flags & SYMBOL_GLOBAL) || !fact_is(row->first_binding)) continue;
        ModuleId module = program_scope(program, row->scope)->module;
        SymbolId meant =
            program_symbol_in(program, program_module(program, module)->scope, row->name);
        solver->rebound[meant.index] = true;
    }
}

static void index_defaults(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_parameter_count(program); i++)
        if (fact_is(program_parameter(program, (ParameterId){i})->default_value))
            map_put(&solver->defaults,
                    program_parameter(program, (ParameterId){i})->default_value.index, i);
}

Str solver_symbol_path(const Solver *solver, SymbolId symbol) {
    const Program *program = solver->program;
    const SymbolFact *row = program_symbol(program, symbol);
    const ModuleFact *module = program_module(program, program_scope(program, row->scope)->module);
    Str path = program_name(program, module->name), name = program_name(program, row->name);
    return arena_format(solver->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(name));
}

uint32_t solver_inside_accessor(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    uint32_t accessor = solver->statement_accessor[row->statement.index];
    if (accessor) return accessor;
    FunctionId function = program_scope_function(program, row->scope);
    while (fact_is(function) && !solver->function_accessor[function.index])
        function = program_function(program, function)->enclosing;
    return fact_is(function) ? solver->function_accessor[function.index] : 0;
}

// ---- marks -----------------------------------------------------------------------------------------
static bool is_private_name(Str name) { return name.length && name.data[0] == '_'; }

// A default that is a value of another type, or all the arguments that are left: def show(**context).
static bool is_something_else(const Program *program, const ParameterFact *parameter) {
    if (parameter->kind == PARAMETER_REST || parameter->kind == PARAMETER_KEYWORD_REST) return true;
    switch ((ExprKind)program_expr(program, parameter->default_value)->kind) {
    case EXPR_STRING: case EXPR_NUMBER: case EXPR_TRUTH: case EXPR_TUPLE: case EXPR_LIST: case EXPR_SET:
    case EXPR_DICT: case EXPR_LAMBDA:
        return fact_is(parameter->default_value);
    case EXPR_OTHER: case EXPR_NAME: case EXPR_ATTRIBUTE: case EXPR_SUBSCRIPT: case EXPR_CALL: case EXPR_AWAIT:
    case EXPR_STAR: case EXPR_NONE: case EXPR_CHOICE: case EXPR_UNION: case EXPR_LIST_COMPREHENSION:
    case EXPR_SET_COMPREHENSION: case EXPR_DICT_COMPREHENSION: case EXPR_GENERATOR: case EXPR_WALRUS:
    case EXPR_YIELD: case EXPR_ELLIPSIS:
        break;
    }
    return false;
}

// An attribute that a context may have; any, where its class is not known.
static bool is_of_context(const Program *program, Name name) {
    const ContextRule *context = &program->rules->context;
    for (uint32_t i = 0; i < context->dimensions.count; i++)
        if (str_equal(context->dimensions.items[i], program_name(program, name))) return true;
    ClassId klass = program_find_class(program, context->type);
    if (!fact_is(klass)) return program->rules->runtime.count == 0;
    return fact_is(program_symbol_in(program, program_class(program, klass)->body, name));
}

// context["user"], context.update(...), context(...), context or {}: no context is used so.
static bool is_other_use(const Program *program, ExprId id) {
    const ExprFact *row = program_expr(program, id), *parent = program_expr(program, row->parent);
    if (!fact_is(row->parent)) return false;
    if (parent->kind == EXPR_ATTRIBUTE) return !is_of_context(program, parent->name);
    if (parent->kind == EXPR_CHOICE)
        for (ExprId part = parent->first_child; fact_is(part); part = program_expr(program, part)->next_sibling) {
            ExprKind kind = (ExprKind)program_expr(program, part)->kind;
            if (kind == EXPR_DICT || kind == EXPR_LIST || kind == EXPR_STRING || kind == EXPR_SET) return true;
        }
    return (parent->kind == EXPR_SUBSCRIPT || parent->kind == EXPR_CALL) && fact_same(parent->base, id);
}

// Nothing declares the parameter; how its function uses it may say that it is something else.
static bool is_used_otherwise(const Solver *solver, SymbolId symbol) {
    const Program *program = solver->program;
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++)
        if (is_other_use(program, (ExprId){*reads.at})) return true;
    return false;
}

// The name is a parameter, and nothing says that it is of another type.
static bool is_context_parameter(const Solver *solver, SymbolId symbol) {
    const Program *program = solver->program;
    const SymbolFact *row = program_symbol(program, symbol);
    if (!(row->flags & SYMBOL_PARAMETER)) return false;
    ParameterId parameter = program_binding(program, row->first_binding)->parameter;
    if (is_something_else(program, program_parameter(program, parameter))) return false;
    ExprId annotation = program_parameter(program, parameter)->annotation;
    if (!fact_is(annotation)) return !is_used_otherwise(solver, symbol);
    const ExprFact *expr = program_expr(program, annotation);
    Str text =
        program_text(program, program_expr_module(program, annotation), expr->start, expr->end);
    Str type = solver->program->rules->context.type;
    type = str_slice(type, (size_t)(str_find_last(type, '.') + 1), type.length);
    return str_find_str(text, type) >= 0;
}

static bool is_public(const Solver *solver, const FunctionFact *function) {
    const Program *program = solver->program;
    bool constructor = function->flags & FUNCTION_CONSTRUCTOR;
    Str name = constructor ? program_name(program, program_class(program, function->klass)->name)
                           : program_name(program, function->name);
    return !fact_is(function->enclosing) && !(function->flags & FUNCTION_LAMBDA) &&
           !is_private_name(name) &&
           program_names_match(solver->program, &solver->program->rules->public_api,
                               program_name(program, function->qualified));
}

static bool is_on_own_level(const Program *program, StatementId statement) {
    StatementKind around =
        program_statement(program, program_statement(program, statement)->parent)->kind;
    return !fact_is(program_statement(program, statement)->parent) ||
           around == STATEMENT_FUNCTION || around == STATEMENT_WITH || around == STATEMENT_TRY;
}

// A first assignment of what some call gave, on the function's own level: the context is made already.
static bool is_made_there(const Program *program, SymbolId symbol) {
    const SymbolFact *row = program_symbol(program, symbol);
    const BindingFact *binding = program_binding(program, row->first_binding);
    bool once = fact_is(row->first_binding) && fact_same(row->first_binding, row->last_binding);
    return once && binding->kind == BINDING_ASSIGN && fact_is(binding->value) &&
           program_expr(program, binding->value)->kind == EXPR_CALL &&
           is_on_own_level(program, binding->statement);
}

static void mark_functions(Solver *solver) {
    const Program *program = solver->program;
    solver->public_function = arena_array(solver->arena, bool, program_function_count(program) + 1);
    solver->family_called = arena_array(solver->arena, bool, program_function_count(program) + 1);
    solver->taken = arena_array(solver->arena, bool, program_function_count(program) + 1);
    solver->boundary_shadowed =
        arena_array(solver->arena, bool, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        solver->public_function[i] = is_public(solver, function);
        // Where callers do not name the parameter, it gets a name that is free.
        bool named = program_module(program, function->module)->language->traits.named_arguments;
        bool typed = program_module(program, function->module)->language->traits.typed_parameters;
        if (!solver->parameter.index || (!named && typed)) continue;
        SymbolId symbol = program_symbol_in(program, function->body, solver->parameter);
        if (!fact_is(symbol)) continue;
        solver->taken[i] = !is_context_parameter(solver, symbol);
        solver->boundary_shadowed[i] = solver->taken[i] && !is_made_there(program, symbol);
    }
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (!fact_is(edge->callee)) continue;
        if (edge->kind != EDGE_ESCAPE || program_is_forward(solver->program, edge))
            solver->family_called[program_function(program, edge->callee)->family] = true;
    }
}

// A class that is registered or returned may be constructed where nothing resolves.
static void mark_escaping_classes(Solver *solver) {
    const Program *program = solver->program;
    solver->class_escapes = arena_array(solver->arena, bool, program_class_count(program) + 1);
    for (uint32_t i = 1; i < program_edge_count(program); i++)
        if (program_edge(program, i)->kind == EDGE_ESCAPE)
            solver->class_escapes[program_edge(program, i)->klass.index] = true;
    solver->class_escapes[0] = false;
}

// `self.isolation_context = ...` or a member of that name in the source: an earlier run, or a person,
// was here.
static void mark_storing_classes(Solver *solver) {
    const Program *program = solver->program;
    solver->class_stores = arena_array(solver->arena, bool, program_class_count(program) + 1);
    for (uint32_t i = 1; solver->parameter.index && i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        if (!fact_is(binding->target)) continue;
        const ExprFact *target = program_expr(program, binding->target);
        if (target->kind != EXPR_ATTRIBUTE || !name_equal(target->name, solver->parameter))
            continue;
        FunctionId function = program_scope_function(program, binding->scope);
        if (!fact_is(function)) continue;
        solver->class_stores[program_function(program, function)->klass.index] = true;
    }
    for (uint32_t i = 1; solver->parameter.index && i < program_class_count(program); i++)
        if (fact_is(program_symbol_in(program, program_class(program, (ClassId){i})->body,
                                      solver->parameter)))
            solver->class_stores[i] = true;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        for (uint32_t k = 0; k < klass->ancestor_count; k++)
            if (solver->class_stores[program_ancestor(program, klass->first_ancestor + k)->index])
                solver->class_stores[i] = true;
    }
    solver->class_stores[0] = false;
}

// A class is process-wide when the rules name it or an instance of it.
static void mark_process_classes(Solver *solver) {
    const Program *program = solver->program;
    solver->process_class = arena_array(solver->arena, bool, program_class_count(program) + 1);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        solver->process_class[i] = program_names_match(
            solver->program, &solver->program->rules->process_wide,
            program_name(program, program_class(program, (ClassId){i})->qualified));
}

static void mark_in_decorators(Solver *solver) {
    const Program *program = solver->program;
    solver->in_decorator = arena_array(solver->arena, bool, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionId outer = program_function(program, (FunctionId){i})->enclosing;
        solver->in_decorator[i] =
            solver->in_decorator[outer.index] || (program_function(program, outer)->flags & FUNCTION_DECORATES);
    }
}

static void mark_written_accessors(Solver *solver) {
    const Program *program = solver->program;
    solver->written_accessor = arena_array(solver->arena, bool, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_function_count(program); i++)
        solver->written_accessor[i] = written_is_accessor(solver, (FunctionId){i});
}

static void index_getters(Solver *solver) {
    const Program *program = solver->program;
    solver->fills_global = arena_array(solver->arena, bool, program_expr_count(program) + 1);
    for (uint32_t i = 0; i < program_getter_count(program); i++) {
        BindingId binding = program_getter(program, i)->binding;
        solver->fills_global[program_binding(program, binding)->value.index] = true;
    }
}

void solver_index(Solver *solver) {
    solver->parameter =
        intern_find(solver->program->facts->names, solver->program->rules->context.parameter);
    mark_rebound(solver);
    index_defaults(solver);
    solver_mark_runtime(solver);
    mark_functions(solver);
    index_getters(solver);
    solver_find_unread(solver);
    mark_escaping_classes(solver);
    solver_find_declared(solver);
    mark_storing_classes(solver);
    mark_process_classes(solver);
    mark_written_accessors(solver);
    mark_in_decorators(solver);
}
