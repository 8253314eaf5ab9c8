// Private to resolve/: `from x import *` rows by the module that they stand in, and which of them may bring a name.
#ifndef WEFT_PYTHON_RESOLVE_STARS_H
#define WEFT_PYTHON_RESOLVE_STARS_H

#include "base/map.h"
#include "facts/facts.h"

typedef Vec(uint32_t) StarPlaces;

typedef struct Stars {
    Vec(ImportId) list;       // in the order of modules
    bool *has_stars;          // by module
    StarPlaces nested;        // indices of those whose target has such rows, too
    Map first;                // (module, target) -> index of the first
    uint32_t *first_definer, *definers; // by name: modules that bind it; NULL: no module has many rows
} Stars;

// Looks at all imports of FACTS, whose targets are known.
void stars_build(Stars *stars, const Facts *facts);
void stars_release(Stars *stars);
// Replaces PLACES by the indices of the rows of MODULE that may bring NAME, in their order: those whose target binds it, or
// has such rows itself.
void stars_find(const Stars *stars, const Facts *facts, ModuleId module, Name name, StarPlaces *places);

#endif
