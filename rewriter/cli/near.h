// "Did you mean" on the command line: the known name that is closest to a mistyped one.
#ifndef WEFT_CLI_NEAR_H
#define WEFT_CLI_NEAR_H

#include "base/str.h"

// The nearest of COUNT names, or NULL when none is close enough to be meant.
const char *near_word(const char *given, const char *const *names, size_t count);

#endif
