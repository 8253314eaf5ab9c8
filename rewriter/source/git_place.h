// Repositories that strangers may have made.
#ifndef WEFT_SOURCE_GIT_PLACE_H
#define WEFT_SOURCE_GIT_PLACE_H

#include "base/arena.h"

// False when reading the repository around FOLDER (a real path) would read something that is no regular file
// in the place of one of git's own: its configuration, what that names, its index, its lists. A queue (FIFO)
// there would never end. True also when there is no repository.
bool git_place_is_plain(Str folder);

#endif
