// Access control lists and extended attributes. In: a file and the one that will replace it. Out: the second
// has what the first has. Must never let the new file be open to more people than the old one: a list that
// it got from its folder's default list goes when the old file has none.
#include "apply/attributes.h"

#include <errno.h>
#include <string.h>
#include <sys/xattr.h>

#include "base/arena.h"

static const char ACCESS_LIST[] = "system.posix_acl_access";

// The names of all attributes, each with its NUL; none where the file system has no attributes.
static bool list_names(Arena *arena, int file, Str *names) {
    *names = STR_NONE;
    for (;;) {
        ssize_t size = flistxattr(file, NULL, 0);
        if (size <= 0) return size == 0 || errno == ENOTSUP;
        char *text = arena_bytes(arena, (size_t)size);
        ssize_t got = flistxattr(file, text, (size_t)size);
        if (got < 0 && errno == ERANGE) continue; // one came in between
        if (got < 0) return false;
        *names = (Str){text, (size_t)got};
        return true;
    }
}

static bool get_value(Arena *arena, int file, const char *name, Str *value) {
    for (;;) {
        ssize_t size = fgetxattr(file, name, NULL, 0);
        if (size < 0) return false;
        char *bytes = arena_bytes(arena, (size_t)size + 1);
        ssize_t got = fgetxattr(file, name, bytes, (size_t)size + 1);
        if (got < 0 && errno == ERANGE) continue;
        if (got < 0) return false;
        *value = (Str){bytes, (size_t)got};
        return true;
    }
}

// These are made from the bytes and the other attributes, by the kernel.
static bool belongs_to_bytes(const char *name) {
    return strcmp(name, "security.ima") == 0 || strcmp(name, "security.evm") == 0;
}

static bool copy_one(Arena *arena, int from, int to, const char *name) {
    Str wanted, present;
    if (!get_value(arena, from, name, &wanted)) return errno == ENODATA;
    // A label is often there already, given by the system to every new file, and may not be set.
    if (get_value(arena, to, name, &present) && str_equal(wanted, present)) return true;
    return fsetxattr(to, name, wanted.data, wanted.length, 0) == 0;
}

static bool copy_all(Arena *arena, int from, int to, Str names, bool *has_list) {
    for (size_t at = 0; at < names.length; at += strlen(names.data + at) + 1) {
        const char *name = names.data + at;
        if (belongs_to_bytes(name)) continue;
        if (!copy_one(arena, from, to, name)) return false;
        if (strcmp(name, ACCESS_LIST) == 0) *has_list = true;
    }
    return true;
}

bool attributes_copy(int from, int to, bool *has_list) {
    Arena scratch = {0};
    Str names;
    *has_list = false;
    bool good = list_names(&scratch, from, &names) && copy_all(&scratch, from, to, names, has_list);
    if (good && !*has_list && attributes_have_list(to)) good = fremovexattr(to, ACCESS_LIST) == 0;
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return good;
}

bool attributes_have_list(int file) {
    return fgetxattr(file, ACCESS_LIST, NULL, 0) >= 0 || (errno != ENODATA && errno != ENOTSUP);
}
