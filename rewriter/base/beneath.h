// Opening what lies below a folder, in trees that somebody else may have prepared or may be changing now.
//
// A path is relative to the folder, has no empty part and no "..", and none of its parts may be a link:
// the kernel looks while it opens, so there is no moment between a look and the use. "" is the folder itself.
#ifndef WEFT_BASE_BENEATH_H
#define WEFT_BASE_BENEATH_H

#include "base/file.h"

// A descriptor that stands for FOLDER, an absolute path, to be closed by the caller; -1 with errno.
int beneath_root(Str folder);

// Opens PATH below ROOT as open(2) with FLAGS and MODE; a FIFO or a terminal does not make it wait. -1 with
// errno, which is ELOOP where a link is, at the end or on the way, and EXDEV for a path that is none.
int beneath_open(int root, Str path, int flags, mode_t mode);
// The folder that PATH lies in, to use with *at calls and the path's last part; -1 with errno as above.
int beneath_folder_of(int root, Str path);

// What lstat says of PATH; false with errno.
bool beneath_status(int root, Str path, struct stat *status);
// file_read of PATH; a link is FILE_UNREADABLE with ELOOP.
FileResult beneath_read(Arena *arena, int root, Str path, size_t limit, Str *bytes,
                        struct stat *status);
// The same, where links that stay below the root are followed: what they lead to is worked out first, and then opened
// without them. ROOT stands for FOLDER, a real path. A link that leads out is FILE_UNREADABLE with ELOOP.
FileResult beneath_read_linked(Arena *arena, int root, Str folder, Str path, size_t limit, Str *bytes,
                               struct stat *status);

#endif
