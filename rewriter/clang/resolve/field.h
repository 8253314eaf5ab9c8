// Where a field of a structure is used.
#ifndef WEFT_CLANG_RESOLVE_FIELD_H
#define WEFT_CLANG_RESOLVE_FIELD_H

#include "facts/language.h"

// Language.find_field.
bool field_find(const Facts *facts, Str structure, Str field, FieldUses *uses);

#endif
