// Near names. In: what was typed and what exists. Out: one suggestion or none; the first of equals.
#include "cli/near.h"

const char *near_word(const char *given, const char *const *names, size_t count) {
    Str typed = str_from(given);
    size_t best = typed.length / 3 + 2; // more edits than that are another word
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        Str name = str_from(names[i]);
        bool prefix = typed.length > 1 && str_starts_with(name, typed);
        size_t distance = prefix ? 1 : str_distance(typed, name);
        if (distance >= best || distance >= name.length) continue;
        best = distance;
        nearest = names[i];
    }
    return nearest;
}
