// A temporary folder per unit test: made before, removed with everything in it afterwards. So is the folder of
// weft's state, so that no test finds or makes a key in somebody's home.
#ifndef WEFT_TESTS_UNIT_TEMPORARY_H
#define WEFT_TESTS_UNIT_TEMPORARY_H

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/path.h"
#include "testing.h"

typedef struct Temporary {
    Arena arena;
    Str path;  // real path of the folder
    Str state; // XDG_STATE_HOME
} Temporary;

// A test function whose *state is a Temporary *
#define temporary_test(function)                                                                   \
    cmocka_unit_test_setup_teardown(function, temporary_make, temporary_remove)

static inline int temporary_make(void **state) {
    Temporary *here = calloc(1, sizeof *here);
    char name[] = "/tmp/weft-unit-XXXXXX", other[] = "/tmp/weft-unit-state-XXXXXX";
    if (!here || !mkdtemp(name) || !path_real(&here->arena, str_from(name), &here->path) ||
        !mkdtemp(other) || setenv("XDG_STATE_HOME", other, 1) != 0)
        return -1;
    here->state = arena_copy(&here->arena, str_from(other));
    *state = here;
    return 0;
}

static inline int temporary_remove_entry(const char *path, const struct stat *status, int kind,
                                         struct FTW *place) {
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline int temporary_remove(void **state) {
    Temporary *here = *state;
    int result = nftw(here->path.data, temporary_remove_entry, 16, FTW_DEPTH | FTW_PHYS) |
                 nftw(here->state.data, temporary_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    arena_release(&here->arena);
    free(here);
    return result;
}

// The path of RELATIVE in the folder; lives as long as the folder.
static inline Str temporary_path(Temporary *here, const char *relative) {
    return path_join(&here->arena, here->path, str_from(relative));
}

// Writes a file, with its folders.
static inline void temporary_write(Temporary *here, const char *relative, Str bytes) {
    assert_true(file_replace(temporary_path(here, relative), bytes, 0644));
}

// Number of entries in a folder.
static inline int temporary_count(Temporary *here, const char *relative) {
    int count = 0;
    DIR *stream = opendir(temporary_path(here, relative).data);
    assert_non_null(stream);
    for (const struct dirent *entry; (entry = readdir(stream));) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(stream);
    return count;
}

#endif
