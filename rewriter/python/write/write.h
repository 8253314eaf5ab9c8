// The Python writer: facts and decisions in, byte edits out. It parses nothing; every offset it
// needs is in the facts, the rest it reads from the bytes around them.
#ifndef WEFT_PYTHON_WRITE_H
#define WEFT_PYTHON_WRITE_H

#include "facts/language.h"

extern const LanguageWriter python_writer;

#endif
