// A file's tokens to facts: functions with their lists of parameters, calls with their arguments, names, variables,
// structures, macros, includes. What a name means is not known here; the compiler is asked later (unit/).
//
//   Every function has one row a declaration: prototypes are FUNCTION_STUB. Rows of one function become a family.
//   The body of a macro runs in no function: its scope is that of the file.
#ifndef WEFT_CLANG_EXTRACT_H
#define WEFT_CLANG_EXTRACT_H

#include "clang/syntax/token.h"
#include "facts/language.h"

// Language.extract and .count_errors.
bool clang_extract(const Sources *sources, FileId file, const PatternProgram *patterns, Facts *facts,
                   Diagnostics *diagnostics);
uint32_t clang_count_errors(Str text, uint32_t *first_error);

#endif
