// In: the parameters of all functions. Out: each by its name and by its position. In
//
//     def f(a, /, b, *rest, c, **more)
//
// a, b and c have their names, a and b the positions 0 and 1; `rest` is any other position, `more` any other name.
#include "facts/parameter_index.h"

static const uint32_t ANY = UINT32_MAX;

static void add(ParameterIndex *index, uint32_t function, const ParameterFact *parameter,
                uint32_t row, uint32_t position) {
    bool positional = parameter->kind <= PARAMETER_POSITIONAL;
    bool is_rest = parameter->kind == PARAMETER_REST;
    bool is_keyword_rest = parameter->kind == PARAMETER_KEYWORD_REST;
    if (positional || is_rest)
        map_put(&index->positions, map_key(function, is_rest ? ANY : position), row);
    if (!is_rest)
        map_put(&index->names, map_key(function, is_keyword_rest ? ANY : parameter->name.index),
                row);
}

void parameter_index_build(ParameterIndex *index, const Facts *facts) {
    *index = (ParameterIndex){0};
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        for (uint32_t k = 0, position = 0; k < function->parameter_count; k++) {
            uint32_t row = function->first_parameter + k;
            const ParameterFact *parameter = &facts->parameters.items[row];
            if (!fact_is(parameter->symbol)) continue; // a mark
            add(index, i, parameter, row, position);
            position += parameter->kind <= PARAMETER_POSITIONAL;
        }
    }
}

void parameter_index_release(ParameterIndex *index) {
    map_release(&index->names);
    map_release(&index->positions);
}

ParameterId parameter_index_find(const ParameterIndex *index, FunctionId function,
                                 const ArgumentFact *argument, uint32_t position) {
    bool by_name = argument->kind == ARGUMENT_KEYWORD || argument->kind == ARGUMENT_KEYWORD_REST;
    bool one = argument->kind == ARGUMENT_KEYWORD || argument->kind == ARGUMENT_POSITIONAL;
    const Map *map = by_name ? &index->names : &index->positions;
    uint32_t what = by_name ? argument->name.index : position;
    ParameterId found = {0};
    if (!one || !map_get(map, map_key(function.index, what), &found.index))
        map_get(map, map_key(function.index, ANY), &found.index);
    return found;
}
