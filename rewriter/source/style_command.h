// How long lines are where only a command says it: a hook of pre-commit, a target of make, an environment of tox.
#ifndef WEFT_SOURCE_STYLE_COMMAND_H
#define WEFT_SOURCE_STYLE_COMMAND_H

#include "base/str.h"

// Columns of the first command or hook in TEXT that lays Python out: what its arguments say, else DEFAULT_LIMIT. 0: there
// is none.
uint32_t style_command_limit(Str text, uint32_t default_limit);
// TEXT, a list of what a project is developed with, has black in it.
bool style_names_black(Str text);

#endif
