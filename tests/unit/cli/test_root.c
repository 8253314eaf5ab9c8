// Where the tree begins: above the current folder, unless that is somebody else's.
#include <fcntl.h>

#include "temporary.h"

#include "cli/root.h"

enum { SOMEBODY_ELSE = 54321 };

typedef struct Looked {
    Arena arena;
    Str root, below;
    Diagnostics diagnostics;
    bool good;
} Looked;

static Looked look_from(Temporary *here, const char *folder) {
    Looked looked = {0};
    int before = open(".", O_RDONLY | O_DIRECTORY);
    assert_int_equal(chdir(temporary_path(here, folder).data), 0);
    looked.good = root_find(&looked.arena, &looked.root, &looked.below, &looked.diagnostics);
    assert_int_equal(fchdir(before), 0);
    close(before);
    return looked;
}

static void looked_release(Looked *looked) {
    diagnostics_release(&looked->diagnostics);
    arena_release(&looked->arena);
}

static void the_nearest_mark_above_counts(void **state) {
    Temporary *here = *state;
    temporary_write(here, "weft.yml", STR("version: 1\n"));
    temporary_write(here, "a/b/c.py", STR(""));
    Looked looked = look_from(here, "a/b");
    assert_true(looked.good);
    assert_true(str_equal(looked.root, here->path));
    assert_true(str_is(looked.below, "a/b"));
    looked_release(&looked);
    looked = look_from(here, ".");
    assert_true(looked.good);
    assert_int_equal(looked.root.length, 0);
    looked_release(&looked);
}

static void a_repository_ends_the_search(void **state) {
    Temporary *here = *state;
    temporary_write(here, "weft.yml", STR("version: 1\n"));
    temporary_write(here, "a/.git/HEAD", STR(""));
    Looked looked = look_from(here, "a");
    assert_true(looked.good);
    assert_int_equal(looked.root.length, 0);
    looked_release(&looked);
}

static void a_mark_of_somebody_else_decides_nothing(void **state) {
    Temporary *here = *state;
    if (geteuid() != 0) skip(); // who makes a file of another user
    temporary_write(here, "weft.yml", STR("version: 1\n"));
    temporary_write(here, "a/b.py", STR(""));
    assert_int_equal(chown(temporary_path(here, "weft.yml").data, SOMEBODY_ELSE, SOMEBODY_ELSE), 0);
    unsetenv("SUDO_UID");
    Looked looked = look_from(here, "a");
    assert_false(looked.good);
    assert_int_equal(looked.diagnostics.list.count, 1);
    assert_int_equal(looked.diagnostics.list.items[0].code, DIAGNOSTIC_E903);
    looked_release(&looked);
    setenv("SUDO_UID", "54321", 1);
    looked = look_from(here, "a");
    assert_true(looked.good);
    looked_release(&looked);
    unsetenv("SUDO_UID");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(the_nearest_mark_above_counts),
        temporary_test(a_repository_ends_the_search),
        temporary_test(a_mark_of_somebody_else_decides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
