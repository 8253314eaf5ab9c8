// C, written: parameters, arguments, statements, forward declarations, in the layout that is there.
#ifndef WEFT_CLANG_WRITE_H
#define WEFT_CLANG_WRITE_H

#include "facts/language.h"

extern const LanguageWriter clang_writer;

// visible.c: where MODULE must declare the structure TAG itself so that a prototype may name it, at its top level;
// false when it, or what it includes, does.
bool visible_needs_tag(const Facts *facts, ModuleId module, Str tag, uint32_t *offset);

#endif
