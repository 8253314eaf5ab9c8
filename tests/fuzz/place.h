// A folder for fuzz targets that work on a disk: `tree`, `outside` beside it with a file that nobody may touch, and the
// state folder of this user's weft with a key. It lies in /dev/shm (WEFT_FUZZ_FOLDER names another place) and goes
// when the process ends.
#ifndef WEFT_TESTS_FUZZ_PLACE_H
#define WEFT_TESTS_FUZZ_PLACE_H

#include <sys/types.h>

#include "apply/key.h"
#include "base/str.h"

typedef struct Place {
    Arena arena;
    Str folder, tree, outside;
    DigestKey key;
} Place;

// The place of this process, made by the first call. XDG_STATE_HOME names its state folder.
const Place *place_get(void);
// An empty tree.
void place_clear_tree(void);
// Writes a file and the folders it lies in, in the tree. False where its path cannot be.
bool place_write(Str path, Str bytes, mode_t mode);
// All that lies in FOLDER, with modes and digests of the bytes, as lines; of the tree without .weft.
Str place_snapshot(Arena *arena, Str folder);
// Ends the process.
_Noreturn void place_fail(const char *what, Str about);

#endif
