// Whether the folder .weft of a tree can be trusted to be this user's own.
#ifndef WEFT_APPLY_TRUST_H
#define WEFT_APPLY_TRUST_H

#include "apply/files.h"
#include "source/diagnostic.h"

// True when FOLDER, below the root ROOT of FILES, is not there, or it and all in it are folders and regular files
// without further names, belong to who runs weft (for root also: to the owner of the tree), can be written by
// nobody else, and are not tracked by git. False after E611.
bool trust_folder(const Files *files, Str root, Str folder, Diagnostics *diagnostics);

#endif
