// The secret by which weft knows the journals that it wrote itself. Each user has one, in
// $XDG_STATE_HOME/weft/key, else ~/.local/state/weft/key, which is never part of a tree.
#ifndef WEFT_APPLY_KEY_H
#define WEFT_APPLY_KEY_H

#include "source/diagnostic.h"
#include "source/digest.h"

typedef struct Key {
    bool exists;
    DigestKey secret;
} Key;

// Reads the user's key; without one *KEY does not exist, which is no failure. False after E613: there is one that
// cannot be used, or no place for one. ROOT is the tree's real path, in which the place may not be.
bool key_find(Str root, Key *key, Diagnostics *diagnostics);
// The same, and makes one when there is none. Of several processes that do so at once one wins, and all read
// its key.
bool key_make(Str root, Key *key, Diagnostics *diagnostics);

#endif
