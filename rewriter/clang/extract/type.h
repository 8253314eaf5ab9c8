// What declarations say of types, as text that can be compared.
#ifndef WEFT_CLANG_EXTRACT_TYPE_H
#define WEFT_CLANG_EXTRACT_TYPE_H

#include "facts/facts.h"

// Language.parameter_type and .result_type.
Str type_of_parameter(Arena *arena, const Facts *facts, ParameterId parameter);
Str type_of_result(Arena *arena, const Facts *facts, FunctionId function);
// Language.names_type: typedef void (*name)(int).
bool type_is_named(const Facts *facts, FunctionId function);

#endif
