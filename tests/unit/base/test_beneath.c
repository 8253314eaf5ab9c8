// Opening below a folder: no link is followed, nothing above is reached.
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>

#include "base/beneath.h"
#include "base/path.h"

typedef struct Fixture {
    Temporary *here;
    int root; // of "tree"; "outside" lies beside it
} Fixture;

static void link_to(Fixture *f, const char *target, const char *name) {
    assert_int_equal(symlink(target, temporary_path(f->here, name).data), 0);
}

static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state};
    temporary_write(f->here, "tree/a/b/file", STR("inside"));
    temporary_write(f->here, "outside/file", STR("outside"));
    link_to(f, "../outside", "tree/out");
    link_to(f, "a", "tree/in");
    link_to(f, "b/file", "tree/a/link");
    f->root = beneath_root(temporary_path(f->here, "tree"));
    assert_true(f->root >= 0);
}

static void assert_refused(Fixture *f, const char *path, int error) {
    struct stat status;
    errno = 0;
    assert_int_equal(beneath_open(f->root, str_from(path), O_RDONLY, 0), -1);
    assert_int_equal(errno, error);
    if (strcmp(path, "a/link") == 0) return; // lstat tells of a link
    errno = 0;
    assert_false(beneath_status(f->root, str_from(path), &status));
    assert_int_equal(errno, error);
}

static void what_is_there_is_opened(void **state) {
    Fixture f;
    Arena arena = {0};
    Str bytes;
    struct stat status;
    start(&f, state);
    assert_int_equal(beneath_read(&arena, f.root, STR("a/b/file"), 0, &bytes, &status), FILE_OK);
    assert_str(bytes, "inside");
    assert_true(beneath_status(f.root, STR("a/link"), &status));
    assert_true(S_ISLNK(status.st_mode));
    int fd = beneath_open(f.root, STR(""), O_RDONLY | O_DIRECTORY, 0);
    assert_true(fd >= 0);
    close(fd);
    arena_release(&arena);
    close(f.root);
}

static void links_are_not_followed(void **state) {
    Fixture f;
    start(&f, state);
    static const char *const links[] = {"out/file", "in/b/file", "a/link", "out/new"};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) assert_refused(&f, links[i], ELOOP);
    assert_refused(&f, "a/b/file/x", ENOTDIR);
    assert_refused(&f, "a/c/file", ENOENT);
    close(f.root);
}

// What sources and settings of a tree are read by.
static void links_that_stay_below_are_followed_where_that_is_asked_for(void **state) {
    Fixture f;
    Arena arena = {0};
    Str bytes, folder;
    start(&f, state);
    assert_true(path_real(&arena, temporary_path(f.here, "tree"), &folder));
    static const char *const inside[] = {"a/b/file", "in/b/file", "a/link", "in/link"};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        assert_int_equal(beneath_read_linked(&arena, f.root, folder, str_from(inside[i]), 0, &bytes, NULL), FILE_OK);
        assert_str(bytes, "inside");
    }
    link_to(&f, temporary_path(f.here, "tree/a/b/file").data, "tree/absolute");
    assert_int_equal(beneath_read_linked(&arena, f.root, folder, STR("absolute"), 0, &bytes, NULL), FILE_OK);
    link_to(&f, "../outside/file", "tree/leaf");
    assert_int_equal(beneath_read_linked(&arena, f.root, folder, STR("out/file"), 0, &bytes, NULL), FILE_UNREADABLE);
    assert_int_equal(errno, ELOOP);
    assert_int_equal(beneath_read_linked(&arena, f.root, folder, STR("leaf"), 0, &bytes, NULL), FILE_UNREADABLE);
    assert_int_equal(errno, ELOOP);
    assert_int_equal(beneath_read_linked(&arena, f.root, folder, STR("gone"), 0, &bytes, NULL), FILE_MISSING);
    arena_release(&arena);
    close(f.root);
}

static void only_paths_below_are_paths(void **state) {
    Fixture f;
    start(&f, state);
    static const char *const paths[] = {"..",
                                        "../outside/file",
                                        "a/../a/b/file",
                                        "/etc/passwd",
                                        "a//b",
                                        "a/b/",
                                        "./a",
                                        "a/./b",
                                        "a/b/..",
                                        "/"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) assert_refused(&f, paths[i], EXDEV);
    assert_int_equal(beneath_open(f.root, ((Str){"a\0b", 3}), O_RDONLY, 0), -1);
    assert_int_equal(errno, EXDEV);
    close(f.root);
}

static void a_fifo_does_not_make_it_wait(void **state) {
    Fixture f;
    Arena arena = {0};
    Str bytes;
    start(&f, state);
    assert_int_equal(mkfifo(temporary_path(f.here, "tree/fifo").data, 0600), 0);
    assert_int_equal(beneath_read(&arena, f.root, STR("fifo"), 0, &bytes, NULL), FILE_NOT_REGULAR);
    arena_release(&arena);
    close(f.root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(what_is_there_is_opened),
        temporary_test(links_are_not_followed),
        temporary_test(links_that_stay_below_are_followed_where_that_is_asked_for),
        temporary_test(only_paths_below_are_paths),
        temporary_test(a_fifo_does_not_make_it_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
