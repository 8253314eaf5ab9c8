// What stands in a file, kept from an earlier run (source/cache.h). Facts of a file depend on its path and text, on
// the patterns that are matched in it, and on the front end, which is part of the build.
#ifndef WEFT_FACTS_KEPT_H
#define WEFT_FACTS_KEPT_H

#include "facts/language.h"

// The facts of FILE as LANGUAGE extracted them with PATTERNS, initialised here. False, and nothing is done, when none
// are kept. Called from several threads.
bool facts_kept_find(const Language *language, const Sources *sources, FileId file,
                     const PatternProgram *patterns, Facts *facts);
// Keeps them as the front end has left them.
void facts_kept_add(const Language *language, const Sources *sources, FileId file,
                    const PatternProgram *patterns, const Facts *facts);

#endif
