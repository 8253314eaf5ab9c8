// C, written: parameters, arguments, statements, forward declarations, in the layout that is there.
#ifndef WEFT_CLANG_WRITE_H
#define WEFT_CLANG_WRITE_H

#include "facts/language.h"

extern const LanguageWriter clang_writer;

// visible.c: where MODULE must declare the structure TAG itself so that a prototype may name it, at its top level;
// false when it does, or what it includes, which HEADER will be among, unless that is empty.
bool visible_needs_tag(const Facts *facts, ModuleId module, Str tag, Str header, uint32_t *offset);

// LanguageWriter.visible_type: the `typedef` of a structure that MODULE does not know is written with its tag.
Str visible_type(Arena *arena, const Facts *facts, ModuleId module, Str type);

// The first row of Facts.imports that is of MODULE; where it would be when there is none.
uint32_t visible_first_import(const Facts *facts, ModuleId module);

// include.c: MODULE includes HEADER and defines DEFINE before that, one of which may be empty.
void include_needed(const Facts *facts, ModuleId module, Str header, Str define, TextEdits *out);

// dereference.c: the expression, which is a structure, becomes what POINTER points to: E.cx -> editor->cx.
void dereference_replace(const Facts *facts, ExprId expr, Str pointer, TextEdits *out);

// retype.c: LanguageWriter.is_untyped and .retype_parameter.
bool retype_is_untyped(const Facts *facts, ParameterId parameter);
void retype_parameter(const Facts *facts, ParameterId parameter, Str type, Str name, TextEdits *out);

// remove.c: LanguageWriter.remove_parameter and .remove_argument.
void remove_parameter(const Facts *facts, ParameterId parameter, TextEdits *out);
void remove_argument(const Facts *facts, ArgumentId argument, TextEdits *out);

// attribute.c: numbers of parameters in the attributes of FUNCTION, which gains one behind PLACE others (BY is 1), or loses
// the one behind them (-1).
void attribute_move(const Facts *facts, FunctionId function, uint32_t place, int32_t by, TextEdits *out);

// wrapper.c: LanguageWriter.rename_function and what follows it there.
void wrapper_rename_function(const Facts *facts, FunctionId function, Str name, TextEdits *out);
void wrapper_rename_use(const Facts *facts, ExprId expr, Str name, TextEdits *out);
void wrapper_add(const Facts *facts, FunctionId function, Str name, Str ambient, TextEdits *out);
bool wrapper_is(const Facts *facts, FunctionId function, Str name, Str ambient);
void wrapper_remove(const Facts *facts, FunctionId function, TextEdits *out);

#endif
