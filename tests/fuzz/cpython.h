// CPython as a judge inside of a fuzz target: its library is loaded when it is asked first.
#ifndef WEFT_TESTS_FUZZ_CPYTHON_H
#define WEFT_TESTS_FUZZ_CPYTHON_H

#include "base/str.h"

// Whether the library is there.
bool cpython_is_there(void);
// Whether Python compiles TEXT, the bytes of a module. False without the library.
bool cpython_compiles(Str text);

#endif
