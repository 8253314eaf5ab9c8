// Which program this is: a number that the linker made from all that is in it.
#ifndef WEFT_BASE_BUILD_ID_H
#define WEFT_BASE_BUILD_ID_H

#include "base/str.h"

// The bytes of the build id; empty when the program has none. They live as long as the program.
Str build_id(void);

#endif
