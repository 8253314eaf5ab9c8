// What words of Python say without a parse: names that every program knows, names in an expression that somebody
// wrote into a rule, names in a file that does not parse.
#ifndef WEFT_PYTHON_SYNTAX_WORDS_H
#define WEFT_PYTHON_SYNTAX_WORDS_H

#include "base/str.h"

// See Language of facts/language.h for what each promises.
uint32_t words_name_flags(Str name);
Str words_next_name(Str text, size_t *at);
void words_guess_names(Str text, void (*found)(void *data, Str name, bool base), void *data);

#endif
