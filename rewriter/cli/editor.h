// A text in the user's editor.
#ifndef WEFT_CLI_EDITOR_H
#define WEFT_CLI_EDITOR_H

#include "base/arena.h"

// Lets $VISUAL, $EDITOR or vi change TEXT, in a temporary file whose name ends in SUFFIX, and waits. False
// with errno when that does not work; EINTR: the editor ended with a failure.
bool editor_change(Arena *arena, Str suffix, Str text, Str *changed);

#endif
