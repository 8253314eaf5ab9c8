// What the compiler says of the names in the files of a tree: the units of its compile databases are parsed in
// parallel, and what they say of a place is one row, however many units see it.
#ifndef WEFT_CLANG_UNIT_MARK_H
#define WEFT_CLANG_UNIT_MARK_H

#include "facts/language.h"

// Parses Facts.units: fills Facts.marks, and of the units which files they are made of and whether they parse. One
// that does not is W106.
void marks_read(Facts *facts, unsigned threads, Diagnostics *diagnostics);
// What marks_read makes of Facts.compiled, which is that of the databases before, when all that matters for them is in the cache. False otherwise.
bool marks_digest(const Facts *facts, Digest *digest);
// The mark at a place; NULL when there is none. O(log n).
const MarkFact *marks_find(const Facts *facts, FileId file, uint32_t offset);
// True when there is one from FROM on, before TO: what stands there is compiled in some unit. O(log n).
bool marks_between(const Facts *facts, FileId file, uint32_t from, uint32_t to);

#endif
