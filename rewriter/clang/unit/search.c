// In: a command, the environment. Out: folders. libclang does not say where it looks; what it finds elsewhere is told from
// the path of what it found (clang/unit/included.c).
#include "clang/unit/search.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/image.h"
#include "base/path.h"

static const char *const VARIABLES[] = {"CPATH", "C_INCLUDE_PATH"};
static const char *const OTHERS[] = {"CPATH",   "C_INCLUDE_PATH", "SDKROOT", "CCC_OVERRIDE_OPTIONS", "GCC_EXEC_PREFIX",
                                     "COMPILER_PATH", "WEFT_LIBCLANG"};

static void add_folder(Arena *arena, Str base, Str sysroot, Str path, Strs *folders) {
    if (str_starts_with(path, STR("="))) path = path_join(arena, sysroot, str_slice(path, 1, path.length));
    vec_add(folders, path_join(arena, base, path));
}

// ---- what compilers know ---------------------------------------------------------------------------
// PARENT/NAME/REST for each folder that is called as a machine is: x86_64-linux-gnu.
static void add_machines(Arena *arena, Str parent, Str rest, Strs *folders) {
    Strs names = {0};
    DIR *folder = opendir(arena_copy(arena, parent).data);
    for (const struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
        if (str_find_str(str_from(entry->d_name), STR("-linux-")) > 0)
            vec_add(&names, arena_copy(arena, str_from(entry->d_name)));
    if (folder != NULL) closedir(folder);
    for (uint32_t i = 1; i < names.count; i++) // few; the order of a folder is no order
        for (uint32_t k = i; k > 0 && str_compare(names.items[k - 1], names.items[k]) > 0; k--) {
            Str later = names.items[k - 1];
            names.items[k - 1] = names.items[k];
            names.items[k] = later;
        }
    for (uint32_t i = 0; i < names.count; i++)
        vec_add(folders, path_join(arena, path_join(arena, parent, names.items[i]), rest));
    vec_release(&names);
}

static void add_usual(Arena *arena, Str sysroot, Strs *folders) {
    static const char *const usual[] = {"/usr/local/include", "/include", "/usr/include"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        vec_add(folders, arena_format(arena, "%.*s%s", STR_ARG(sysroot), usual[i]));
    add_machines(arena, arena_format(arena, "%.*s/usr/include", STR_ARG(sysroot)), STR_NONE, folders);
    add_machines(arena, arena_format(arena, "%.*s/usr", STR_ARG(sysroot)), STR("include"), folders);
}

// ---- what is said ----------------------------------------------------------------------------------
// The value of the argument OPTION at *AT, which may stand in the next one; false when another argument stands there.
static bool read_value(const UnitFact *unit, uint32_t *at, const char *option, Str *value) {
    Str word = str_from(unit->arguments[*at]), name = str_from(option);
    if (!str_starts_with(word, name)) return false;
    *value = str_slice(word, name.length, word.length);
    if (value->length > 0) return str_ends_with(name, STR("=")) || !str_starts_with(name, STR("--"));
    if (*at + 1 < unit->argument_count) *value = str_from(unit->arguments[++*at]);
    return true;
}

static Str find_sysroot(const UnitFact *unit) {
    static const char *const options[] = {"--sysroot=", "--sysroot", "-isysroot"};
    Str found = STR_NONE, value;
    for (uint32_t i = 0; i < unit->argument_count; i++)
        for (size_t k = 0; k < sizeof options / sizeof *options; k++)
            if (read_value(unit, &i, options[k], &value)) {
                found = value;
                break;
            }
    return found;
}

static void read_argument(Arena *arena, const UnitFact *unit, uint32_t *at, Str sysroot, Strs *folders, Strs *names) {
    // The longer ones first: "-include" begins as "-I" does not, but "-isystem" as "-i".
    static const char *const looked_into[] = {"-isystem", "-iquote", "-idirafter", "-I"};
    static const char *const included[] = {"-include", "-imacros"};
    Str value;
    for (size_t i = 0; i < sizeof included / sizeof *included; i++)
        if (str_is(str_from(unit->arguments[*at]), included[i]) && read_value(unit, at, included[i], &value)) {
            vec_add(names, value);
            return;
        }
    for (size_t i = 0; i < sizeof looked_into / sizeof *looked_into; i++)
        if (read_value(unit, at, looked_into[i], &value)) {
            add_folder(arena, unit->folder, sysroot, value, folders);
            return;
        }
}

void search_of_unit(Arena *arena, const UnitFact *unit, Strs *folders, Strs *names) {
    Str sysroot = find_sysroot(unit), part;
    for (uint32_t i = 0; i < unit->argument_count; i++) read_argument(arena, unit, &i, sysroot, folders, names);
    for (size_t i = 0; i < sizeof VARIABLES / sizeof *VARIABLES; i++) {
        Str rest = str_from(getenv(VARIABLES[i]));
        while (rest.data != NULL && str_split_next(&rest, ':', &part))
            add_folder(arena, unit->folder, STR_NONE, arena_copy(arena, part), folders);
    }
    if (sysroot.length > 0) add_usual(arena, path_join(arena, unit->folder, sysroot), folders);
    add_usual(arena, STR_NONE, folders);
}

void search_add_environment(StrBuf *out) {
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) image_add_text(out, str_from(getenv(OTHERS[i])));
}
