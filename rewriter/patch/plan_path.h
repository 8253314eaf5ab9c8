// Which paths a plan, or the journal of one, may name.
#ifndef WEFT_PATCH_PLAN_PATH_H
#define WEFT_PATCH_PLAN_PATH_H

#include "base/str.h"

// True for a path below the root as weft would write it: relative, normalised, without ".." and NUL, and with no
// part that is .git or .weft in any case, which on some file systems are the same folders.
bool plan_path_is_harmless(Str path);

#endif
