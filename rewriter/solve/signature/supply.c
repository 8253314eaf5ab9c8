// What a place has to pass. The first of these that there is, from its own function outwards:
//
//     the parameter itself      of a function that has it, or gains it
//     a value of its type       a parameter, `self` in a method of the class, a local that was made before
//     --from                    in a function that --until names
//     a function that may gain it: the outermost one around, unless that makes decorators
//     --value                   a text for all that have nothing
#include "solve/signature/spread.h"

// ---- values of the type ----------------------------------------------------------------------------
static bool is_of_type(const Spread *spread, ClassId klass) {
    return fact_is(klass) && fact_is(spread->type) && program_is_subclass(spread->program, klass, spread->type);
}

static Str typed_parameter(const Spread *spread, const FunctionFact *function) {
    const Program *program = spread->program;
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter = program_parameter(program, (ParameterId){function->first_parameter + i});
        bool one = parameter->kind <= PARAMETER_POSITIONAL || parameter->kind == PARAMETER_KEYWORD;
        if (one && is_of_type(spread, parameter->klass)) return program_name(program, parameter->name);
    }
    const uint32_t no_instance = FUNCTION_STATIC | FUNCTION_CLASS | FUNCTION_CREATOR | FUNCTION_CONSTRUCTOR;
    if (!is_of_type(spread, function->klass) || (function->flags & no_instance) || !function->parameter_count)
        return STR_NONE;
    return program_name(program, program_parameter(program, (ParameterId){function->first_parameter})->name);
}

// The class that the expression names.
static ClassId class_named(const Program *program, ExprId expr) {
    SymbolId symbol = fact_is(expr) ? program_symbol_of(program, expr) : FACT_NONE(SymbolId);
    if (!fact_is(symbol)) return FACT_NONE(ClassId);
    SymbolId definition = program_definition_of(program, symbol);
    return program_binding(program, program_symbol(program, definition)->last_binding)->klass;
}

// Of what a call makes, or says that it returns.
static ClassId class_made(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind != EXPR_CALL || !fact_is(row->call)) return FACT_NONE(ClassId);
    RowList edges = program_call_edges(program, row->call);
    if (row_count(edges) != 1) return FACT_NONE(ClassId);
    const EdgeFact *edge = program_edge(program, *edges.at);
    if (edge->kind == EDGE_CONSTRUCT) return edge->klass;
    const FunctionFact *callee = program_function(program, edge->callee);
    bool direct = edge->kind == EDGE_CALL && !(callee->flags & (FUNCTION_ASYNC | FUNCTION_GENERATOR | FUNCTION_WRAPPED));
    return direct ? class_named(program, callee->returns) : FACT_NONE(ClassId);
}

// STATEMENT has run whenever EXPR is reached: it stands before, in a block around it.
static bool has_run(const Program *program, StatementId statement, ExprId expr) {
    const StatementFact *earlier = program_statement(program, statement);
    StatementId at = program_expr(program, expr)->statement;
    for (; fact_is(at); at = program_statement(program, at)->parent) {
        const StatementFact *row = program_statement(program, at);
        if (fact_same(row->parent, earlier->parent) && row->branch == earlier->branch)
            return earlier->end <= row->start;
    }
    return false;
}

static Str typed_local(const Spread *spread, const FunctionFact *function, ExprId expr) {
    const Program *program = spread->program;
    SymbolId id = program_scope(program, function->body)->first_symbol;
    for (; fact_is(id); id = program_symbol(program, id)->next_in_scope) {
        const SymbolFact *symbol = program_symbol(program, id);
        const BindingFact *binding = program_binding(program, symbol->first_binding);
        if (!fact_same(symbol->first_binding, symbol->last_binding)) continue;
        if (binding->kind != BINDING_ASSIGN || binding->element >= 0 || !fact_is(binding->value)) continue;
        ClassId klass = fact_is(binding->annotation) ? class_named(program, binding->annotation)
                                                     : class_made(program, binding->value);
        if (is_of_type(spread, klass) && has_run(program, binding->statement, expr))
            return program_name(program, symbol->name);
    }
    return STR_NONE;
}

// ---- the place -------------------------------------------------------------------------------------
// Callers are told what to pass: they do not look for it.
static bool is_told(const SignatureRequest *request) { return request->hops == 0 && request->value.length > 0; }

static bool has_parameter(const Spread *spread, FunctionId id) {
    return fact_is(spread_own_parameter(spread, id)) ||
           spread->depth[program_function(spread->program, id)->family] > 0;
}

static Str found_in(const Spread *spread, FunctionId id, FunctionId own, ExprId expr) {
    const FunctionFact *function = program_function(spread->program, id);
    if (has_parameter(spread, id))
        return spread_is_shadowed(spread, id, expr) ? STR_NONE : spread->request->parameter;
    if (is_told(spread->request)) return STR_NONE;
    Str name = typed_parameter(spread, function);
    if (name.length == 0 && fact_same(id, own)) name = typed_local(spread, function, expr);
    return name;
}

static bool can_be_asked(const Spread *spread, FunctionId id) {
    const FunctionFact *function = program_function(spread->program, id);
    return !(function->flags & FUNCTION_LAMBDA);
}

SignatureSupply spread_supply(const Spread *spread, ExprId expr) {
    const Program *program = spread->program;
    const SignatureRequest *request = spread->request;
    FunctionId own = program_scope_function(program, program_expr(program, expr)->scope);
    FunctionId asks = FACT_NONE(FunctionId);
    bool closes = true; // what is around can still be asked
    for (FunctionId id = own; fact_is(id); id = program_function(program, id)->enclosing) {
        Str name = found_in(spread, id, own, expr);
        if (name.length > 0) return (SignatureSupply){SUPPLY_AT_HAND, name, FACT_NONE(FunctionId)};
        uint32_t source = spread->source[id.index];
        if (source > 0)
            return (SignatureSupply){SUPPLY_TEXT, request->sources.items[source - 1].from, FACT_NONE(FunctionId)};
        bool decorates = program_function(program, id)->flags & FUNCTION_DECORATES;
        if (decorates && fact_is(asks)) closes = false;
        if (closes && can_be_asked(spread, id) && !spread_is_shadowed(spread, id, expr)) asks = id;
    }
    if (request->value.length > 0) return (SignatureSupply){SUPPLY_TEXT, request->value, asks};
    return (SignatureSupply){SUPPLY_NOTHING, STR_NONE, asks};
}
