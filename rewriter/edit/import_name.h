// Imports that would fail because the module, one of the tree, has no such name.
#ifndef WEFT_EDIT_IMPORT_NAME_H
#define WEFT_EDIT_IMPORT_NAME_H

#include "edit/module_pairs.h"

// True when PAIRS->list[MODULE] has NAME for others to import: bound in it, a submodule or folder of
// it, or perhaps made where nobody can see (a star import, code that answers for missing names, `global` in a function).
bool import_has_name(const ModulePairs *pairs, uint32_t module, Str name, bool after);

// True when IMPORT (a row of that side's facts) of the module PAIRS->list[FROM] names something that
// its module lacks on that side. *TARGET gets the module.
bool import_is_missing(const ModulePairs *pairs, uint32_t from, const ImportFact *import_,
                       bool after, uint32_t *target);

#endif
