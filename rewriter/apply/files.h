// The seam between apply/ and the disk: every change that apply/ makes to a file system is one of
// these calls, each a few system calls in a known order. tests/crash/ lets each of those fail, and
// kills the program before and after each.
//
// All return false with errno set. Paths are absolute.
#ifndef WEFT_APPLY_FILES_H
#define WEFT_APPLY_FILES_H

#include <sys/stat.h>
#include "base/arena.h"

typedef struct Files {
    bool no_sync; // --no-fsync: leave it to the system when bytes reach the disk
} Files;

// Makes PATH with exactly BYTES and MODE and syncs it; what was there is removed first. OWNER, when
// not NULL, is the file whose user and group the new one gets. Nothing is left after a failure.
bool files_write(const Files *files, Str path, Str bytes, mode_t mode, const struct stat *owner);
// The same, but durable only after files_sync: many files that are written first and synced then share
// the commits of the file system's own journal, and take a fraction of the time.
bool files_start(const Files *files, Str path, Str bytes, mode_t mode, const struct stat *owner);
bool files_sync(const Files *files, Str path);
// Cuts PATH to LENGTH bytes, appends BYTES and syncs it. After a failure some of BYTES may be there.
bool files_append(const Files *files, Str path, size_t length, Str bytes);
bool files_rename(const Files *files, Str from, Str to);
// A folder that is there already is no failure.
bool files_make_folder(const Files *files, Str path);
// What is not there is no failure.
bool files_remove(const Files *files, Str path);
bool files_remove_folder(const Files *files, Str path);
// Makes the entries of a folder durable. A file system that cannot is no failure.
bool files_sync_folder(const Files *files, Str path);

#endif
