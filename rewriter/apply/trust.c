// The look at .weft before anything in it is believed. In: a root. Out: yes, or what is wrong with it. What a
// clone or an archive brings along is caught here when it is tracked by git or came with other owners, modes or
// links; what looks like weft's own after that, the key of the journals judges (journal.c).
#include "apply/trust.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "source/git_library.h"

enum { MOST_DEPTH = 4 }; // .weft/runs/000001/journal

typedef struct Trust {
    Arena arena;
    const Files *files;
    Str root;
    Diagnostics *diagnostics;
} Trust;

static bool refuse(Trust *trust, Str path, const char *why, const char *help) {
    diagnostic_add(trust->diagnostics, DIAGNOSTIC_E611, SPAN_NONE, "'%.*s' is not used: %s",
                   STR_ARG(path), why);
    diagnostic_help(trust->diagnostics, "%s", help);
    return false;
}

// ---- files and folders ---------------------------------------------------------------------------

static bool is_own(const Trust *trust, const struct stat *status) {
    return status->st_uid == geteuid() ||
           (trust->files->gives_away && status->st_uid == trust->files->user);
}

static bool check_entry(Trust *trust, Str path, const struct stat *status) {
    static const char remove[] = "weft makes no such thing there: look where it comes from, and "
                                 "remove .weft if it came with the tree";
    if (S_ISLNK(status->st_mode)) return refuse(trust, path, "it is a link", remove);
    if (!S_ISDIR(status->st_mode) && !S_ISREG(status->st_mode))
        return refuse(trust, path, "it is neither a folder nor a regular file", remove);
    if (S_ISREG(status->st_mode) && status->st_nlink > 1)
        return refuse(trust, path, "it has more than one name (hard links)", remove);
    if (!is_own(trust, status))
        return refuse(trust, path, "it belongs to another user",
                      "run weft as that user; or look at it, and take it over with chown");
    if (status->st_mode & (S_IWGRP | S_IWOTH))
        return refuse(trust, path, "others may write to it",
                      "`chmod -R go-w .weft`, if nobody else had a hand in it");
    return true;
}

static bool check_folder(Trust *trust, Str path, unsigned depth);

static bool check_path(Trust *trust, Str path, unsigned depth) {
    struct stat status;
    if (!beneath_status(trust->files->root, path, &status))
        return errno == ENOENT || refuse(trust, path, strerror(errno), "make it readable to you");
    return check_entry(trust, path, &status) &&
           (!S_ISDIR(status.st_mode) || check_folder(trust, path, depth));
}

static bool check_entries(Trust *trust, Str path, unsigned depth, DIR *stream) {
    for (const struct dirent *entry; (errno = 0, entry = readdir(stream));) {
        Str name = str_from(entry->d_name);
        if (str_is(name, ".") || str_is(name, "..")) continue;
        if (!check_path(trust, path_join(&trust->arena, path, name), depth + 1)) return false;
    }
    return errno == 0 || refuse(trust, path, strerror(errno), "make it readable to you");
}

static bool check_folder(Trust *trust, Str path, unsigned depth) {
    if (depth == MOST_DEPTH) return true; // nothing so deep is ever read
    int fd = beneath_open(trust->files->root, path, O_RDONLY | O_DIRECTORY, 0);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    if (stream == NULL) {
        int error = errno;
        if (fd >= 0) close(fd);
        return refuse(trust, path, strerror(error), "make it readable to you");
    }
    bool good = check_entries(trust, path, depth, stream);
    closedir(stream);
    return good;
}

// ---- git -----------------------------------------------------------------------------------------

static bool has_entry(Trust *trust, git_repository *repository, Str folder) {
    const char *work_tree = libgit2.repository_workdir(repository);
    Str real, prefix;
    git_index *index;
    size_t position;
    if (work_tree == NULL || !path_real(&trust->arena, str_from(work_tree), &real) ||
        !path_relative(real, trust->root, &prefix) ||
        libgit2.repository_index(&index, repository) != 0)
        return false;
    Str below = path_join(&trust->arena, prefix, folder);
    bool found =
        libgit2.index_find_prefix(&position, index,
                                  arena_format(&trust->arena, "%.*s/", STR_ARG(below)).data) == 0;
    libgit2.index_free(index);
    return found;
}

static bool is_tracked(Trust *trust, Str folder) {
    git_repository *repository;
    // A machine without the library can still take a run back; the key guards it.
    if (!git_library_has_use(trust->root) || !git_library_is_there()) return false;
    git_library_start();
    if (git_library_open(&repository, trust->root) != 0) return false;
    bool found = has_entry(trust, repository, folder);
    libgit2.repository_free(repository);
    return found;
}

bool trust_folder(const Files *files, Str root, Str folder, Diagnostics *diagnostics) {
    Trust trust = {.files = files, .root = root, .diagnostics = diagnostics};
    struct stat status;
    bool good = true;
    if (beneath_status(files->root, folder, &status))
        good = check_path(&trust, folder, 1) &&
               (!is_tracked(&trust, folder) ||
                refuse(&trust, folder, "git tracks it, so it came with the repository",
                       "look at it, then remove it: `git rm -r --cached .weft` and `rm -r .weft`"));
    arena_release(&trust.arena);
    return good;
}
