// The seam between apply/ and the disk: every change that apply/ makes to a file system is one of
// these calls, each a few system calls in a known order. tests/crash/ lets each of those fail, and
// kills the program before and after each.
//
// All return false with errno set. Paths are relative to Files.root and are never followed out of it:
// no part of one may be a link (base/beneath.h).
#ifndef WEFT_APPLY_FILES_H
#define WEFT_APPLY_FILES_H

#include "base/beneath.h"

typedef struct Files {
    int root;     // descriptor of the folder that all paths are below; borrowed
    bool no_sync; // --no-fsync: leave it to the system when bytes reach the disk
    // Who gets what is made, when that is not who runs weft: root in the tree of another user.
    bool gives_away;
    uid_t user;
    gid_t group;
} Files;

// Makes PATH with exactly BYTES and MODE (rwx bits) and syncs it; what was there is removed first. Nothing
// is left after a failure.
bool files_write(const Files *files, Str path, Str bytes, mode_t mode);
// Makes PATH with BYTES, to be renamed over MODEL: it gets the owner, the group, the access control list and
// the other extended attributes of MODEL (attributes.h), and MODE, which for a file with a list is part of
// the list. MODEL may be empty: then as files_write. It is durable only after files_sync: many files that
// are written first and synced then share the commits of the file system's own journal, and take a
// fraction of the time.
bool files_start(const Files *files, Str path, Str bytes, mode_t mode, Str model);
bool files_sync(const Files *files, Str path);
// Cuts PATH to LENGTH bytes, appends BYTES and syncs it. After a failure some of BYTES may be there.
bool files_append(const Files *files, Str path, size_t length, Str bytes);
bool files_rename(const Files *files, Str from, Str to);
// A folder that is there already is no failure.
bool files_make_folder(const Files *files, Str path, mode_t mode);
// What is not there is no failure.
bool files_remove(const Files *files, Str path);
bool files_remove_folder(const Files *files, Str path);
// Gives what the descriptor is of, just made, to whom FILES says.
bool files_give(const Files *files, int descriptor);
// Makes the entries of a folder durable; "" is the root. A file system that cannot is no failure.
bool files_sync_folder(const Files *files, Str path);

#endif
