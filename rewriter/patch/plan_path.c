// Paths that anybody may have written. In: bytes. Out: whether weft may read and write the file of that name
// below a root. Never looks at the disk: links are for who opens it (base/beneath.h).
#include "patch/plan_path.h"

#include <strings.h>

static bool is_named(Str part, const char *name, size_t length) {
    return part.length == length && strncasecmp(part.data, name, length) == 0;
}

bool plan_path_is_harmless(Str path) {
    if (path.length == 0 || path.data[path.length - 1] == '/' || str_find(path, '\0') >= 0)
        return false;
    for (Str rest = path, part; str_split_next(&rest, '/', &part);)
        if (part.length == 0 || str_is(part, ".") || str_is(part, "..") ||
            is_named(part, ".git", 4) || is_named(part, ".weft", 5))
            return false;
    return true;
}
