// The user's key. In: the environment and the password database. Out: 32 random bytes that only this user
// can read. Must never be taken from a place that somebody else can write to, nor from the tree: who can
// write the key can forge journals.
#include "apply/key.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "apply/files.h"
#include "base/path.h"

enum { FOLDER_MODE = 0700, KEY_MODE = 0600, MOST_BYTES = 256 };

#define HEADER "weft-key 1\n"

typedef struct Place {
    Arena arena;
    Str folder;   // absolute; its last part is "weft"
    Str existing; // the part of it that exists, a real path
    Str missing;  // the rest, below that
    Files files;  // rooted at `existing`
    Diagnostics *diagnostics;
} Place;

static bool refuse(Place *place, const char *why, const char *help) {
    diagnostic_add(place->diagnostics, DIAGNOSTIC_E613, SPAN_NONE,
                   "cannot use the key for journals in '%.*s': %s", STR_ARG(place->folder), why);
    diagnostic_help(place->diagnostics, "%s", help);
    return false;
}

// ---- where it is ---------------------------------------------------------------------------------

// Whether BASE with REST could hold a key of this user: an absolute path, in a folder of theirs. With sudo the
// home of the environment can be that of somebody else, who shall not find files of root in it.
static bool is_own(Place *place, const char *base, const char *rest) {
    struct stat status;
    if (base == NULL || base[0] != '/') return false;
    place->folder =
        path_normalize(&place->arena, path_join(&place->arena, str_from(base), str_from(rest)));
    Str at = arena_copy(&place->arena, place->folder);
    while (!path_real(&place->arena, at, &place->existing)) {
        if (errno != ENOENT) return false;
        at = arena_copy(&place->arena, path_dirname(at));
    }
    place->missing =
        at.length < place->folder.length
            ? str_slice(place->folder, at.length + (at.length > 1), place->folder.length)
            : STR_NONE;
    return stat(place->existing.data, &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == geteuid();
}

static bool find_place(Place *place) {
    const struct passwd *user;
    return is_own(place, getenv("XDG_STATE_HOME"), "weft") ||
           is_own(place, getenv("HOME"), ".local/state/weft") ||
           ((user = getpwuid(geteuid())) != NULL &&
            is_own(place, user->pw_dir, ".local/state/weft"));
}

static bool open_place(Place *place, Str root, Diagnostics *diagnostics) {
    Str relative;
    *place = (Place){.diagnostics = diagnostics, .files.root = -1};
    if (!find_place(place)) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E613, SPAN_NONE,
                       "there is no folder for the key by which weft knows its own journals");
        diagnostic_help(diagnostics, "set XDG_STATE_HOME to a folder that belongs to you");
        return false;
    }
    if (path_relative(root, path_join(&place->arena, place->existing, place->missing), &relative))
        return refuse(place, "that is in the tree", "set XDG_STATE_HOME to a folder outside of it");
    place->files.root = beneath_root(place->existing);
    return place->files.root >= 0 ||
           refuse(place, strerror(errno), "set XDG_STATE_HOME to a folder that belongs to you");
}

static void close_place(Place *place) {
    if (place->files.root >= 0) close(place->files.root);
    arena_release(&place->arena);
}

// ---- reading -------------------------------------------------------------------------------------

static bool check_status(Place *place, const struct stat *folder, const struct stat *file) {
    if (folder->st_uid != geteuid() || (folder->st_mode & (S_IWGRP | S_IWOTH)))
        return refuse(place, "others may write there", "make the folder yours, with mode 700");
    if (file->st_uid != geteuid() || (file->st_mode & (S_IRWXG | S_IRWXO)))
        return refuse(place, "others may read it", "remove it; weft makes a new one");
    return true;
}

static bool parse(Str text, DigestKey *secret) {
    Digest digits;
    Str header = STR(HEADER);
    if (text.length != header.length + DIGEST_DIGITS + 1 || !str_starts_with(text, header) ||
        !digest_parse(str_slice(text, header.length, text.length - 1), &digits))
        return false;
    memcpy(secret->bytes, digits.bytes, sizeof secret->bytes);
    return true;
}

static bool read_key(Place *place, Key *key) {
    struct stat folder, file;
    Str text;
    if (place->missing.length > 0) return true;
    FileResult found =
        beneath_read(&place->arena, place->files.root, STR("key"), MOST_BYTES, &text, &file);
    if (found == FILE_MISSING) return true;
    if (found == FILE_UNREADABLE) return refuse(place, strerror(errno), "make it readable to you");
    if (found != FILE_OK || stat(place->existing.data, &folder) != 0)
        return refuse(place, "it is no key", "remove it; weft makes a new one");
    if (!check_status(place, &folder, &file)) return false;
    key->exists = parse(text, &key->secret);
    return key->exists ||
           refuse(place, "it is no key, or one of another version of weft",
                  "remove it; weft makes a new one, and `--adopt` takes over interrupted runs");
}

// ---- making --------------------------------------------------------------------------------------

// The folders that are missing; afterwards the whole place exists.
static bool make_folders(Place *place) {
    for (size_t at = 0; at <= place->missing.length && place->missing.length > 0; at++) {
        if (at < place->missing.length && place->missing.data[at] != '/') continue;
        if (!files_make_folder(&place->files, str_slice(place->missing, 0, at), FOLDER_MODE))
            return false;
    }
    place->existing = path_join(&place->arena, place->existing, place->missing);
    place->missing = STR_NONE;
    close(place->files.root);
    place->files.root = beneath_root(place->existing);
    return place->files.root >= 0;
}

static bool write_key(Place *place) {
    Digest secret, number;
    if (getrandom(secret.bytes, sizeof secret.bytes, 0) != (ssize_t)sizeof secret.bytes ||
        getrandom(number.bytes, sizeof number.bytes, 0) != (ssize_t)sizeof number.bytes)
        return false;
    const Files *files = &place->files;
    Str draft = arena_format(&place->arena, "key-%.16s", digest_text(&number).digits);
    Str text = arena_format(&place->arena, HEADER "%s\n", digest_text(&secret).digits);
    if (!files_write(files, draft, text, KEY_MODE)) return false;
    bool good = files_rename_new(files, draft, STR("key")) || errno == EEXIST;
    int error = errno;
    files_remove(files, draft);
    errno = error;
    return good && files_sync_folder(files, STR(""));
}

static bool find_or_make(Str root, bool make, Key *key, Diagnostics *diagnostics) {
    Place place;
    *key = (Key){0};
    bool good = open_place(&place, root, diagnostics) && read_key(&place, key);
    if (good && make && !key->exists) {
        good =
            (make_folders(&place) && write_key(&place)) ||
            refuse(
                &place, strerror(errno),
                "weft keeps there by what it knows its own journals; make the folder writable, or "
                "set XDG_STATE_HOME to another one");
        good = good && read_key(&place, key);
    }
    close_place(&place);
    return good;
}

bool key_find(Str root, Key *key, Diagnostics *diagnostics) {
    return find_or_make(root, false, key, diagnostics);
}

bool key_make(Str root, Key *key, Diagnostics *diagnostics) {
    return find_or_make(root, true, key, diagnostics);
}
