// path_stays_inside: what a path really names, links followed, also of files that do not exist yet.
#include "testing.h"

#include "temporary.h"

static void make_link(Temporary *here, const char *path, const char *target) {
    assert_int_equal(symlink(target, temporary_path(here, path).data), 0);
}

static void check(Temporary *here, const char *path, bool expected) {
    Str root = temporary_path(here, "tree");
    if (path_stays_inside(root, temporary_path(here, path)) == expected) return;
    fail_msg("'%s' is %s", path, expected ? "inside" : "outside");
}

static void prepare(Temporary *here) {
    temporary_write(here, "tree/a/file", STR(""));
    temporary_write(here, "secret/file", STR(""));
    temporary_write(here, "tree2/file", STR(""));
}

static void what_exists(void **state) {
    Temporary *here = *state;
    prepare(here);
    make_link(here, "tree/in", "a/file");
    make_link(here, "tree/out", "../secret/file");
    make_link(here, "tree/folder", "../secret");
    make_link(here, "tree/there-and-back", "../tree/a");
    make_link(here, "tree/loop", "loop");
    check(here, "tree", true);
    check(here, "tree/a/file", true);
    check(here, "tree/a/../a/file", true);
    check(here, "tree/in", true);
    check(here, "tree/there-and-back/file", true);
    check(here, "tree/out", false);
    check(here, "tree/folder/file", false);
    check(here, "tree/../secret/file", false);
    check(here, "tree2/file", false);
    check(here, "tree/loop", false);
    check(here, "tree/loop/x", false);
    check(here, ".", false);
}

static void what_would_be_made(void **state) {
    Temporary *here = *state;
    prepare(here);
    make_link(here, "tree/folder", "../secret");
    make_link(here, "tree/new", "../secret/new");
    make_link(here, "tree/dangling", "a/new");
    check(here, "tree/x", true);
    check(here, "tree/x/y/z", true);
    check(here, "tree/folder/x", false);
    check(here, "tree/folder/x/y", false);
    check(here, "tree/new", false);
    check(here, "tree/new/x", false);
    check(here, "tree/dangling", false); // inside, but nobody needs it to be
    check(here, "tree/x/..", false);
    check(here, "tree/x/../../secret/x", false);
    check(here, "x", false);
    assert_false(path_stays_inside(temporary_path(here, "tree"), (Str){"tree\0x", 6}));
    // From the file system's root everything is inside.
    assert_true(path_stays_inside(STR("/"), temporary_path(here, "x")));
}

static void named_by_the_user(void **state) {
    Temporary *here = *state;
    prepare(here);
    Str root = temporary_path(here, "tree");
    make_link(here, "tree/out", "../secret");
    make_link(here, "tree/nowhere", "../secret/new");
    make_link(here, "way-in", "tree/a");
    const struct {
        const char *path;
        bool leads_out;
    } CASES[] = {
        {"tree/a/new", false},    {"secret/file", false}, {"secret/new", false},
        {"tree/out/file", true},  {"tree/nowhere", true}, {"tree/../secret/file", false},
        {"way-in/file", false},   {"tree/out/../tree/out/file", true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Str path = temporary_path(here, CASES[i].path);
        if (path_leads_out(root, path) != CASES[i].leads_out) fail_msg("'%s'", CASES[i].path);
    }
    // Relative to where the program runs.
    assert_int_equal(chdir(root.data), 0);
    assert_true(path_leads_out(root, STR("out/file")));
    assert_false(path_leads_out(root, STR("a/new")));
    assert_false(path_leads_out(root, STR("../secret/file")));
    assert_int_equal(chdir("/"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(what_exists),
        temporary_test(what_would_be_made),
        temporary_test(named_by_the_user),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
