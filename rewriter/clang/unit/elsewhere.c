// In: a command of one tree. Out: that of another. Paths become those of the other tree, and a folder is looked into in both.
#include "clang/unit/elsewhere.h"

#include <unistd.h>

#include "base/path.h"

static bool exists(Arena *arena, Str path) { return access(arena_copy(arena, path).data, F_OK) == 0; }

// PLACE, below the tree that was built, in this one; false when it is outside.
static bool move(Arena *arena, const Elsewhere *elsewhere, Str place, Str *moved) {
    Str inside;
    if (!path_relative(elsewhere->built, place, &inside)) return false;
    *moved = path_join(arena, elsewhere->root, inside);
    return true;
}

Str elsewhere_folder(Arena *arena, const Elsewhere *elsewhere, Str folder) {
    Str moved;
    return move(arena, elsewhere, path_normalize(arena, folder), &moved) && exists(arena, moved) ? moved : folder;
}

typedef struct Moving {
    Arena *arena;
    const Elsewhere *elsewhere;
    Str folder;
    Strs *out;
    Strs later; // folders of the tree that was built
} Moving;

static void add_folder(Moving *moving, const char *option, Str value) {
    Str place = path_normalize(moving->arena, path_join(moving->arena, moving->folder, value)), moved;
    bool inside = !str_starts_with(value, STR("=")) && move(moving->arena, moving->elsewhere, place, &moved);
    vec_add(moving->out, str_from(option));
    vec_add(moving->out, inside ? moved : str_starts_with(value, STR("=")) ? value : place);
    if (inside) vec_add(&moving->later, place);
}

static void add_file(Moving *moving, const char *option, Str value) {
    Str place = path_normalize(moving->arena, path_join(moving->arena, moving->folder, value)), moved;
    bool inside = move(moving->arena, moving->elsewhere, place, &moved) && exists(moving->arena, moved);
    vec_add(moving->out, str_from(option));
    vec_add(moving->out, inside ? moved : place);
}

// The option that WORDS have at *AT, with its value; NULL for a word that names no path.
static const char *read_option(const Strs *words, uint32_t *at, Str *value) {
    static const char *const options[] = {"-include", "-imacros", "-isystem", "-iquote", "-idirafter", "-I"};
    Str word = words->items[*at];
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        Str option = str_from(options[i]);
        if (!str_starts_with(word, option)) continue;
        *value = str_slice(word, option.length, word.length);
        if (value->length > 0) return options[i];
        if (*at + 1 == words->count) return NULL;
        *value = words->items[++*at];
        return options[i];
    }
    return NULL;
}

void elsewhere_arguments(Arena *arena, const Elsewhere *elsewhere, Str folder, Str path, const Strs *words, Strs *out) {
    Moving moving = {arena, elsewhere, folder, out, {0}};
    for (uint32_t i = 0; i < words->count; i++) {
        Str value;
        const char *option = read_option(words, &i, &value);
        if (option == NULL)
            vec_add(out, words->items[i]);
        else if (str_is(STR("-include"), option) || str_is(STR("-imacros"), option))
            add_file(&moving, option, value);
        else
            add_folder(&moving, option, value);
    }
    vec_add(&moving.later, path_join(arena, elsewhere->built, path_dirname(path)));
    vec_add(&moving.later, folder);
    for (uint32_t i = 0; i < moving.later.count; i++) {
        vec_add(out, STR("-idirafter"));
        vec_add(out, moving.later.items[i]);
    }
    vec_release(&moving.later);
}
