// libgit2, loaded and started once per process, by whoever needs it first.
//
// Loading it at the start of the program would cost every command some five milliseconds: it brings
// TLS, SSH and Kerberos with it, which weft never uses, and half of the commands need none of it.
#ifndef WEFT_SOURCE_GIT_LIBRARY_H
#define WEFT_SOURCE_GIT_LIBRARY_H

#include <git2.h>
#include <git2/sys/repository.h>

#include "base/str.h"

// The functions of libgit2 that weft calls, without their "git_".
#define GIT_LIBRARY_FUNCTIONS(X)                                                                   \
    X(blob_rawcontent) X(blob_rawsize) X(buf_dispose) X(checkout_options_init) X(checkout_tree)    \
    X(config_free) X(config_get_path) X(diff_options_init) X(error_last) X(index_find)             \
    X(index_find_prefix) X(index_free) X(index_get_bypath) X(index_new) X(libgit2_init)            \
    X(libgit2_opts) X(object_free) X(object_peel) X(oid_tostr) X(patch_free)                       \
    X(patch_from_buffers) X(patch_get_hunk) X(patch_get_line_in_hunk) X(patch_line_stats)          \
    X(patch_num_hunks) X(reference_name_to_id) X(repository_commondir)                             \
    X(repository_config_snapshot) X(repository_free) X(repository_index) X(repository_open_ext)    \
    X(repository_workdir) X(revparse_single) X(tree_entry_bypath) X(tree_entry_free)               \
    X(tree_entry_id) X(tree_entry_to_object) X(tree_entry_type)

typedef struct GitLibrary {
#define X(name) __typeof__(git_##name) *name;
    GIT_LIBRARY_FUNCTIONS(X)
#undef X
} GitLibrary;

// Usable after git_library_start: libgit2.repository_open_ext(...).
extern GitLibrary libgit2;

// Safe from several threads. A machine without the library ends the program with status 70 and one
// line that says so, as one without memory does.
void git_library_start(void);
// False when no repository is around FOLDER, a real path: neither it nor a folder above it has a .git.
// To be asked before the library is started for nothing.
bool git_library_has_use(Str folder);
// Whether this machine has the library; does not start it.
bool git_library_is_there(void);
// Starts it in a thread of its own, while the caller does something else: reading certificates, which
// weft never uses, takes libgit2 some ten milliseconds. git_library_start must follow.
void git_library_prepare(void);
// Opens the repository around FOLDER, a real path; 0, or as git_repository_open_ext. Starts the library.
int git_library_open(git_repository **repository, Str folder);
// What libgit2 said last on this thread, for a message.
const char *git_library_error(void);

#endif
