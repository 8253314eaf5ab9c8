// The user's key. In: the state folder. Out: 32 random bytes that only this user can read. Must never be taken from
// a place that somebody else can write to, nor from the tree: who can write the key can forge journals.
#include "apply/key.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "source/state_folder.h"

enum { MOST_BYTES = 256 };

#define NAME STR("key")
#define HEADER "weft-key 1\n"

static bool refuse(const StateFolder *folder, Diagnostics *diagnostics, const char *why,
                   const char *help) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E613, SPAN_NONE,
                   "cannot use the key for journals in '%.*s': %s", STR_ARG(folder->path), why);
    diagnostic_help(diagnostics, "%s", help);
    return false;
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

static bool read_key(StateFolder *folder, Key *key, Diagnostics *diagnostics) {
    Str text;
    if (!state_folder_read_secret(folder, &folder->arena, NAME, MOST_BYTES, &text)) {
        if (errno == ENOENT) return true;
        return errno == EPERM
                   ? refuse(folder, diagnostics, "others may read or write it, or it is a link",
                            "make the folder yours, with mode 700, and remove the key; weft makes "
                            "a new one")
                   : refuse(folder, diagnostics, strerror(errno), "make it readable to you");
    }
    key->exists = parse(text, &key->secret);
    return key->exists ||
           refuse(folder, diagnostics, "it is no key, or one of another version of weft",
                  "remove it; weft makes a new one, and `--adopt` takes over interrupted runs");
}

// Another process may be faster: then its key is the one.
static bool write_key(StateFolder *folder) {
    Digest secret;
    if (getrandom(secret.bytes, sizeof secret.bytes, 0) != (ssize_t)sizeof secret.bytes)
        return false;
    Str text = arena_format(&folder->arena, HEADER "%s\n", digest_text(&secret).digits);
    return state_folder_write(folder, NAME, text, true) || errno == EEXIST;
}

static bool find_or_make(Str root, bool make, Key *key, Diagnostics *diagnostics) {
    StateFolder folder;
    const char *why;
    *key = (Key){0};
    bool good = state_folder_open(&folder, root, &why);
    if (!good) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E613, SPAN_NONE,
                       "there is no place for the key by which weft knows its own journals: %s",
                       why);
        diagnostic_help(diagnostics,
                        "set XDG_STATE_HOME to a folder outside of the tree that belongs to you");
    }
    good = good && read_key(&folder, key, diagnostics);
    if (good && make && !key->exists)
        good = (write_key(&folder) || refuse(&folder, diagnostics, strerror(errno),
                                             "make the folder writable, or set XDG_STATE_HOME to "
                                             "another one that belongs to you")) &&
               read_key(&folder, key, diagnostics);
    state_folder_close(&folder);
    return good;
}

bool key_find(Str root, Key *key, Diagnostics *diagnostics) {
    return find_or_make(root, false, key, diagnostics);
}

bool key_make(Str root, Key *key, Diagnostics *diagnostics) {
    return find_or_make(root, true, key, diagnostics);
}
