// Names as numbers: equal bytes give equal ids, so that the analysis compares integers.
#ifndef WEFT_BASE_INTERN_H
#define WEFT_BASE_INTERN_H

#include <stdint.h>
#include "base/str.h"

// 0 is "no name" and stands for the empty string.
typedef struct Name {
    uint32_t index;
} Name;
#define NAME_NONE ((Name){0})

typedef struct Interner Interner;

Interner *interner_new(void);
void interner_free(Interner *interner);

// The id of S, adding it (bytes are copied) when it is new. Not thread-safe: one interner a thread.
Name intern(Interner *interner, Str s);
// The id of S, or NAME_NONE when it was never interned.
Name intern_find(const Interner *interner, Str s);
// The same for PREFIX, a dot and REST.
Name intern_find_dotted(const Interner *interner, Str prefix, Str rest);
// The bytes of NAME, valid as long as the interner; also NUL-terminated.
Str intern_str(const Interner *interner, Name name);
// Number of names, counting the empty one; valid ids are below it.
uint32_t intern_count(const Interner *interner);

static inline bool name_equal(Name a, Name b) { return a.index == b.index; }

#endif
