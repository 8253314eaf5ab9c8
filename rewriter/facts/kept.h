// What stands in a file, kept from an earlier run (source/cache.h) or by this program itself (facts/store.h). Facts of a file depend on its path and text, on
// the patterns that are matched in it, and on the front end, which is part of the build.
#ifndef WEFT_FACTS_KEPT_H
#define WEFT_FACTS_KEPT_H

#include "facts/language.h"

// Which facts of which file.
typedef struct KeptFacts {
    const Language *language;
    const Sources *sources;
    FileId file;
    const PatternProgram *patterns; // that were matched
    const OldText *old;             // by which they were extracted: rows may have other numbers then; NULL: without
} KeptFacts;

// These facts, initialised here. False, and nothing is done, when they are not kept. Called from several threads.
bool facts_kept_find(const KeptFacts *kept, Facts *facts);
// Keeps them as the front end has left them. They may be shared from then on.
void facts_kept_add(const KeptFacts *kept, Facts *facts);

#endif
