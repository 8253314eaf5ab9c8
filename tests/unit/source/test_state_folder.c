// The state folder: where it is, and that nothing in it counts that somebody else could have written.
#include "testing.h"

#include <errno.h>
#include "base/parallel.h"
#include "source/state_folder.h"
#include "temporary.h"

static void open_at(Temporary *here, StateFolder *folder, const char *state) {
    const char *why = NULL;
    assert_int_equal(setenv("XDG_STATE_HOME", temporary_path(here, state).data, 1), 0);
    assert_true(state_folder_open(folder, STR("/nonexistent"), &why));
}

static mode_t mode_of(Temporary *here, const char *path) {
    struct stat status;
    assert_int_equal(lstat(temporary_path(here, path).data, &status), 0);
    return status.st_mode & 07777;
}

static void where_it_is(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    const char *why = NULL;
    open_at(here, &folder, "state");
    assert_str(folder.path, temporary_path(here, "state/weft").data);
    state_folder_close(&folder);

    // A relative one does not count, as the specification of XDG has it.
    setenv("XDG_STATE_HOME", "state", 1);
    setenv("HOME", temporary_path(here, "home").data, 1);
    assert_true(state_folder_open(&folder, STR_NONE, &why));
    assert_str(folder.path, temporary_path(here, "home/.local/state/weft").data);
    state_folder_close(&folder);

    setenv("HOME", "home", 1);
    assert_false(state_folder_open(&folder, STR_NONE, &why));
    assert_non_null(why);
}

static void a_folder_inside_the_tree_is_none(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    const char *why = NULL;
    setenv("XDG_STATE_HOME", temporary_path(here, "tree/state").data, 1);
    assert_false(state_folder_open(&folder, here->path, &why));
    // Also by a link from outside that leads into it.
    temporary_write(here, "tree/bait/weft/key", STR("planted"));
    assert_int_equal(symlink("tree/bait", temporary_path(here, "outside").data), 0);
    setenv("XDG_STATE_HOME", temporary_path(here, "outside").data, 1);
    assert_false(state_folder_open(&folder, temporary_path(here, "tree"), &why));
}

static void written_for_the_user_alone(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    Arena arena = {0};
    Str bytes;
    umask(0);
    open_at(here, &folder, "state");
    assert_false(state_folder_read(&folder, &arena, STR("key"), 100, &bytes));
    assert_int_equal(errno, ENOENT);
    assert_true(state_folder_write(&folder, STR("key"), STR("secret"), false));
    assert_true(state_folder_write(&folder, STR("trust/a"), STR("x"), false));
    assert_int_equal(mode_of(here, "state"), 0700);
    assert_int_equal(mode_of(here, "state/weft"), 0700);
    assert_int_equal(mode_of(here, "state/weft/trust"), 0700);
    assert_int_equal(mode_of(here, "state/weft/key"), 0600);
    assert_true(state_folder_read(&folder, &arena, STR("key"), 6, &bytes));
    assert_str(bytes, "secret");
    assert_false(state_folder_read(&folder, &arena, STR("key"), 5, &bytes));
    assert_int_equal(errno, EFBIG);

    // The first one wins; nothing is left beside it.
    assert_false(state_folder_write(&folder, STR("key"), STR("other"), true));
    assert_int_equal(errno, EEXIST);
    assert_true(state_folder_write(&folder, STR("new"), STR("other"), true));
    assert_int_equal(temporary_count(here, "state/weft"), 3);
    assert_true(state_folder_read(&folder, &arena, STR("key"), 100, &bytes));
    assert_str(bytes, "secret");
    arena_release(&arena);
    state_folder_close(&folder);
}

static void what_others_could_have_written_does_not_count(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    Arena arena = {0};
    Str bytes;
    open_at(here, &folder, "state");
    assert_true(state_folder_write(&folder, STR("trust/a"), STR("x"), false));
    const char *places[] = {"state/weft/trust/a", "state/weft/trust", "state/weft"};
    for (size_t i = 0; i < 3; i++) {
        mode_t mode = mode_of(here, places[i]);
        assert_int_equal(chmod(temporary_path(here, places[i]).data, mode | 020), 0);
        assert_false(state_folder_read(&folder, &arena, STR("trust/a"), 100, &bytes));
        assert_int_equal(errno, EPERM);
        assert_int_equal(chmod(temporary_path(here, places[i]).data, mode), 0);
        assert_true(state_folder_read(&folder, &arena, STR("trust/a"), 100, &bytes));
    }
    if (geteuid() == 0) {
        assert_int_equal(chown(temporary_path(here, "state/weft/trust/a").data, 12345, 12345), 0);
        assert_false(state_folder_read(&folder, &arena, STR("trust/a"), 100, &bytes));
    }
    arena_release(&arena);
    state_folder_close(&folder);
}

static void links_and_queues_do_not_count(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    Arena arena = {0};
    Str bytes;
    open_at(here, &folder, "state");
    assert_true(state_folder_write(&folder, STR("key"), STR("x"), false));
    assert_int_equal(symlink("key", temporary_path(here, "state/weft/link").data), 0);
    assert_false(state_folder_read(&folder, &arena, STR("link"), 100, &bytes));
    assert_int_equal(mkfifo(temporary_path(here, "state/weft/queue").data, 0600), 0);
    assert_false(state_folder_read(&folder, &arena, STR("queue"), 100, &bytes));
    assert_int_equal(symlink(".", temporary_path(here, "state/weft/trust").data), 0);
    assert_false(state_folder_read(&folder, &arena, STR("trust/key"), 100, &bytes));
    assert_false(state_folder_write(&folder, STR("trust/key"), STR("y"), false));
    arena_release(&arena);
    state_folder_close(&folder);
}

static void listing_and_removing(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    Arena arena = {0};
    StateNames names = {0};
    open_at(here, &folder, "state");
    state_folder_list(&folder, &arena, STR("trust"), &names);
    assert_int_equal(names.count, 0);
    assert_true(state_folder_write(&folder, STR("trust/b"), STR("x"), false));
    assert_true(state_folder_write(&folder, STR("trust/a"), STR("x"), false));
    state_folder_list(&folder, &arena, STR("trust"), &names);
    assert_int_equal(names.count, 2);
    assert_str(names.items[0], "a");
    assert_true(state_folder_remove(&folder, STR("trust/a")));
    assert_false(state_folder_remove(&folder, STR("trust/a")));
    assert_int_equal(errno, ENOENT);
    vec_release(&names);
    arena_release(&arena);
    state_folder_close(&folder);
}

typedef struct Race {
    StateFolder folder;
    _Atomic unsigned winners, losers;
} Race;

static void write_first(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Race *race = context;
    Str bytes = index % 2 ? STR("odd") : STR("even");
    if (state_folder_write(&race->folder, STR("key"), bytes, true))
        race->winners++;
    else
        race->losers += errno == EEXIST;
}

// Threads of one process, such as the tests of a rule pack that run side by side.
static void the_first_of_many_threads_wins(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes;
    for (int round = 0; round < 20; round++) {
        Race race = {.winners = 0};
        char name[32];
        snprintf(name, sizeof name, "state%d", round);
        open_at(here, &race.folder, name);
        parallel_for(16, 8, write_first, &race);
        assert_int_equal(race.winners, 1);
        assert_int_equal(race.losers, 15);
        assert_true(state_folder_read(&race.folder, &arena, STR("key"), 10, &bytes));
        assert_true(str_is(bytes, "odd") || str_is(bytes, "even"));
        snprintf(name, sizeof name, "state%d/weft", round);
        assert_int_equal(temporary_count(here, name), 1);
        state_folder_close(&race.folder);
    }
    arena_release(&arena);
}

// mkdir says ENOENT there although the parent exists; asking again and again would never end.
static void where_nothing_can_be_made(void **state) {
    (void)state;
    StateFolder folder;
    const char *why = NULL;
    setenv("XDG_STATE_HOME", "/proc/none/below", 1);
    assert_true(state_folder_open(&folder, STR_NONE, &why));
    assert_false(state_folder_write(&folder, STR("key"), STR("x"), false));
    assert_false(file_replace(STR("/proc/none/below/file"), STR("x"), 0644));
    assert_false(file_append(STR("/proc/none/below/file"), STR("x"), 0644));
    state_folder_close(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(where_it_is),
        temporary_test(a_folder_inside_the_tree_is_none),
        temporary_test(written_for_the_user_alone),
        temporary_test(what_others_could_have_written_does_not_count),
        temporary_test(links_and_queues_do_not_count),
        temporary_test(listing_and_removing),
        temporary_test(the_first_of_many_threads_wins),
        temporary_test(where_nothing_can_be_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
