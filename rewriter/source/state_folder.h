// What weft keeps of its user outside of every tree: $XDG_STATE_HOME/weft, else ~/.local/state/weft.
//
// Nothing in it counts that somebody else could have written: folders and files that belong to another
// user, that others may write to, and links are as if they were not there. So is a state folder inside the
// tree that weft works on, which whoever made the tree could have filled.
#ifndef WEFT_SOURCE_STATE_FOLDER_H
#define WEFT_SOURCE_STATE_FOLDER_H

#include <time.h>

#include "base/arena.h"
#include "base/vec.h"

typedef struct StateFolder {
    Arena arena;
    Str path; // absolute; empty: there is none
} StateFolder;

// Names the folder, for work on the tree ROOT (a real path; empty: on none), and makes nothing. False, with a reason in
// *WHY, where there is none to use: neither variable is an absolute path, or it is inside ROOT. A place in a folder of
// another user, as the caller's home is under sudo, is passed over: nothing of root's shall lie there.
bool state_folder_open(StateFolder *folder, Str root, const char **why);
void state_folder_close(StateFolder *folder);
// The same for what can be made anew: $XDG_CACHE_HOME/weft, else ~/.cache/weft.
bool state_folder_open_cache(StateFolder *folder, Str root);

// The file NAME ("key", or "trust/0f3a..": one folder deep at most) into ARENA, up to LIMIT bytes. False
// with errno: ENOENT when there is none, EPERM when it does not count.
bool state_folder_read(const StateFolder *folder, Arena *arena, Str name, size_t limit, Str *bytes);
// The same, and EPERM too when somebody else may read it.
bool state_folder_read_secret(const StateFolder *folder, Arena *arena, Str name, size_t limit,
                              Str *bytes);
// Writes NAME whole or not at all, for the user alone (0600), in folders for the user alone (0700).
// With NEW_ONLY an existing file stays and the answer is false with EEXIST, also between two processes.
bool state_folder_write(const StateFolder *folder, Str name, Str bytes, bool new_only);
// False with errno.
bool state_folder_remove(const StateFolder *folder, Str name);

typedef Vec(Str) StateNames;
// The names in its folder NAME, in order, into NAMES; their texts live in ARENA. None when it is not there.
void state_folder_list(const StateFolder *folder, Arena *arena, Str name, StateNames *names);

// For who reads and writes many files of one folder below it: a descriptor of the folder NAME, which the caller
// closes; -1 with errno. MAKE makes one that is not there.
int state_folder_enter(const StateFolder *folder, Str name, bool make);
// The file NAME of that folder, as state_folder_read; the time of the file then says that it is of use.
bool state_folder_read_in(int opened, Arena *arena, Str name, size_t limit, Str *bytes);
// Replaces NAME whole or not at all. Does not wait for the disk: after a power cut it may be gone, or damaged.
bool state_folder_keep_in(int opened, Str name, Str bytes);
bool state_folder_remove_in(int opened, Str name);
// A descriptor of the file NAME, to read parts of it; -1 with errno.
int state_folder_open_in(int opened, Str name, uint64_t *size);
// A descriptor to write to the end of that file, which nobody else has while it is open; -1 with errno, also when it
// is not the one that READING is a descriptor of.
int state_folder_append_in(int opened, Str name, int reading);
// The same as state_folder_keep_in in two steps: a descriptor of a new file, and then it takes the place of NAME. Who
// does not get that far removes it.
int state_folder_begin_in(int opened, Arena *arena, Str *temporary);
bool state_folder_finish_in(int opened, Str temporary, Str name);

typedef struct StateEntry {
    Str name;      // lives in the arena of the list
    uint64_t size; // bytes
    struct timespec used;
} StateEntry;
typedef Vec(StateEntry) StateEntries;
// Adds all files of that folder, also those that a writer left which was killed; in no order.
void state_folder_measure(int opened, Arena *arena, StateEntries *entries);

#endif
