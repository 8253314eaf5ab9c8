// Private to unit/: the files that a text asks for by name. Every branch counts, whatever it is compiled for: what is not
// found today may be found tomorrow.
#ifndef WEFT_CLANG_UNIT_MENTION_H
#define WEFT_CLANG_UNIT_MENTION_H

#include "base/str.h"
#include "base/vec.h"

typedef struct Mention {
    Str name;    // as it is written, between the signs; part of the text
    bool quoted; // "name", which is looked for beside the text, too; else <name>
} Mention;

typedef struct Mentions {
    Vec(Mention) list;
    bool computed; // an `#include` whose file a macro names
    bool unclear;  // something else asks for files, and nobody says which: __has_include(NAME), #embed
} Mentions;

// Fills MENTIONS, which borrow the text.
void mentions_read(Str text, Mentions *mentions);
void mentions_release(Mentions *mentions);

#endif
