// The front end for C: libclang says what a name means, and the tokens of the files where it stands.
#ifndef WEFT_CLANG_H
#define WEFT_CLANG_H

#include "facts/language.h"

extern const Language language_c;

#endif
