// Which parameter of a function takes an argument, by tables: functions and calls may have thousands of both.
#ifndef WEFT_FACTS_PARAMETER_INDEX_H
#define WEFT_FACTS_PARAMETER_INDEX_H

#include "base/map.h"
#include "facts/facts.h"

typedef struct ParameterIndex {
    Map names;     // (function, name) -> parameter
    Map positions; // (function, position) -> parameter
} ParameterIndex;

// Of all functions of FACTS. What it holds goes with parameter_index_release; FACTS are not kept.
void parameter_index_build(ParameterIndex *index, const Facts *facts);
void parameter_index_release(ParameterIndex *index);

// The parameter of FUNCTION that takes ARGUMENT, which stands at POSITION (0-based, bound parameters counted);
// none when none does. What `*x` and `**x` bring is taken by `*rest` and `**rest` only.
ParameterId parameter_index_find(const ParameterIndex *index, FunctionId function,
                                 const ArgumentFact *argument, uint32_t position);

#endif
