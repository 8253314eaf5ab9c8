// Other names for what an inherited rule file speaks of: `rename: {src.isolation: src.tenancy}` in the file that
// extends it. A prefix stands for itself and for all that hangs on it; of two that fit the longer one counts.
#ifndef WEFT_RULE_RENAME_H
#define WEFT_RULE_RENAME_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/vec.h"
#include "source/source.h"

typedef struct Rename {
    Str from, to; // dotted names
    Span span;    // where the old one stands
    bool used;    // something had the name
} Rename;
// A zeroed one is ready for use.
typedef struct Renames {
    Vec(Rename) list;
    Interner *names; // the number of one is 1 + its index in LIST
} Renames;

// Adds one; of two with the same old name the first counts.
void renames_add(Renames *renames, Rename rename);
void renames_release(Renames *renames);

// TEXT, which has dotted names in it (one name, a pattern of names, an expression), with the new ones. Copied into
// ARENA when it changes, else TEXT itself.
Str rename_text(Arena *arena, Renames *renames, Str text);
// A path, or a glob over paths, of a module or of what lies in a package: "src/isolation/**".
Str rename_path(Arena *arena, Renames *renames, Str path);
// A text of Python: its imports, and what they bring. A name of one part ("src") counts only in imports and at
// the beginning of a string, since a variable may be called so.
Str rename_python(Arena *arena, Renames *renames, Str text);

#endif
