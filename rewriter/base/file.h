// Whole-file reading and durable replacement.
#ifndef WEFT_BASE_FILE_H
#define WEFT_BASE_FILE_H

#include <sys/stat.h>
#include "base/arena.h"

typedef enum FileResult {
    FILE_OK,
    FILE_MISSING,     // ENOENT, ENOTDIR
    FILE_UNREADABLE,  // any other errno; errno is kept
    FILE_TOO_LARGE,   // over the limit; nothing was read
    FILE_NOT_REGULAR, // folder, FIFO, device, socket
} FileResult;

// Reads PATH whole into ARENA (NUL after the last byte, not counted). LIMIT in bytes, 0 for none.
// *STATUS, when not NULL, receives what fstat said of the opened file.
FileResult file_read(Arena *arena, Str path, size_t limit, Str *bytes, struct stat *status);

// The same for a file that the caller has opened, without making it wait: closes DESCRIPTOR. For one that is
// negative the result of the open that failed, by errno.
FileResult file_read_opened(Arena *arena, int descriptor, size_t limit, Str *bytes,
                            struct stat *status);

// Reads exactly LENGTH bytes at OFFSET of a file that is open, and stays so. False with errno; EIO where the
// file is shorter.
bool file_read_part(Arena *arena, int descriptor, uint64_t offset, uint64_t length, Str *bytes);

// Writes all of BYTES where DESCRIPTOR stands. False with errno.
bool file_write_all(int descriptor, Str bytes);

// Whether two looks at a path saw the same file, not written to between them: by its inode, size, mode and
// times. A zeroed status is that of no file.
bool file_is_unchanged(const struct stat *then, const struct stat *now);

// Replaces (or creates, with its folders) PATH by BYTES so that after a crash either the old or the
// new content is there, never a part: temporary file beside it, write, fsync, rename, fsync of the
// folder. MODE is the permission of the new file. False with errno set; the old file is untouched
// and the temporary one removed. What is there and no file, as /dev/null or a queue, is written into and stays.
bool file_replace(Str path, Str bytes, mode_t mode);

// Adds BYTES to the end of PATH in one write, so that two programs that append do not mix their bytes, and
// waits for the disk. Creates the file with MODE, and its folders. False with errno set.
bool file_append(Str path, Str bytes, mode_t mode);

// Waits until the bytes of the file PATH, which somebody else may have written, and its name are on the disk. False with
// errno set.
bool file_sync(Str path);

#endif
