// What passes the parameter already: because somebody wrote it, or a run before did. In: an edge of the call graph. Out:
// whether its site needs nothing.
//
//     load(key, tenant=t)                              by name
//     load(t, key)                                     by position, where load has the parameter
//     def wrapper(*a, **k): return function(*a, **k)   whoever calls the wrapper passes it
#include "program/forward.h"
#include "solve/signature/place.h"

bool spread_names_it(const Spread *spread, CallId id) {
    const CallFact *call = program_call(spread->program, id);
    for (uint32_t i = 0; spread->parameter.index && i < call->argument_count; i++)
        if (name_equal(program_argument(spread->program, (ArgumentId){call->first_argument + i})->name,
                       spread->parameter))
            return true;
    return false;
}

bool spread_is_binder(const Program *program, const EdgeFact *edge) {
    if (edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT || !fact_is(edge->call)) return false;
    const CallFact *call = program_call(program, edge->call);
    Str binder = program_module(program, call->module)->language->writer->binder;
    return binder.length > 0 && str_equal(program_name(program, call->dotted), binder);
}

// There is an argument by position for it. EXTRA ones stand before those of the function.
static bool passes_by_place(const Spread *spread, CallId call, FunctionId callee, uint32_t extra) {
    const Program *program = spread->program;
    ParameterId own = spread_own_parameter(spread, callee);
    if (!fact_is(own) || program_parameter(program, own)->kind > PARAMETER_POSITIONAL) return false;
    uint32_t place = own.index - program_function(program, callee)->first_parameter;
    return place_positional(program, call).count > place_index(program, callee, place) + extra;
}

static bool is_wrapper(const Program *program, FunctionId id) {
    for (FunctionId outer = program_function(program, id)->enclosing; fact_is(outer);
         outer = program_function(program, outer)->enclosing)
        if (program_function(program, outer)->flags & FUNCTION_DECORATES) return true;
    return false;
}

// What the wrapper of a decorator got by name goes on with its **rest.
static bool hands_on(const Program *program, CallId id) {
    const CallFact *call = program_call(program, id);
    FunctionId around = program_scope_function(program, program_expr(program, call->expr)->scope);
    if (!fact_is(around) || !is_wrapper(program, around)) return false;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + i});
        if (argument->kind != ARGUMENT_KEYWORD_REST) continue;
        SymbolId symbol = program_symbol_of(program, argument->value);
        ParameterId parameter = program_binding(program, program_symbol(program, symbol)->first_binding)->parameter;
        if (fact_is(symbol) && program_parameter(program, parameter)->kind == PARAMETER_KEYWORD_REST) return true;
    }
    return false;
}

bool spread_passes(const Spread *spread, const EdgeFact *edge) {
    const Program *program = spread->program;
    if (!fact_is(edge->call)) return false;
    if (spread_names_it(spread, edge->call)) return true;
    if (spread_is_binder(program, edge)) return passes_by_place(spread, edge->call, edge->callee, 1);
    if (edge->kind != EDGE_CALL && edge->kind != EDGE_CONSTRUCT) return false;
    if (hands_on(program, edge->call)) return true;
    FunctionId callee = edge->callee;
    if (edge->kind == EDGE_CONSTRUCT) {
        const ClassFact *klass = program_class(program, edge->klass);
        callee = fact_is(klass->constructor) ? klass->constructor : klass->creator;
    }
    return fact_is(callee) && passes_by_place(spread, edge->call, callee, edge->explicit_receiver ? 1 : 0);
}
