// Reading and replacing whole files.
#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "base/file.h"
#include "temporary.h"

static void reading(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes;
    struct stat status;
    temporary_write(here, "a.txt", (Str){"one\0two", 7});
    assert_int_equal(file_read(&arena, temporary_path(here, "a.txt"), 0, &bytes, &status), FILE_OK);
    assert_int_equal(bytes.length, 7);
    assert_memory_equal(bytes.data, "one\0two", 8);
    assert_int_equal(status.st_size, 7);
    temporary_write(here, "empty", STR(""));
    assert_int_equal(file_read(&arena, temporary_path(here, "empty"), 0, &bytes, NULL), FILE_OK);
    assert_int_equal(bytes.length, 0);
    assert_int_equal(file_read(&arena, STR("/proc/self/status"), 0, &bytes, NULL), FILE_OK);
    assert_true(bytes.length > 0); // fstat said 0
    arena_release(&arena);
}

static void parts(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes, path = temporary_path(here, "a.txt");
    temporary_write(here, "a.txt", STR("12345"));
    int fd = open(path.data, O_RDONLY);
    assert_true(file_read_part(&arena, fd, 1, 3, &bytes));
    assert_str(bytes, "234");
    assert_true(file_read_part(&arena, fd, 5, 0, &bytes));
    assert_int_equal(bytes.length, 0);
    static const uint64_t outside[][2] = {{0, 6}, {6, 0}, {1, UINT64_MAX}, {UINT64_MAX, 1}};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        assert_false(file_read_part(&arena, fd, outside[i][0], outside[i][1], &bytes));
        assert_int_equal(errno, EIO);
    }
    close(fd);
    fd = open(here->path.data, O_RDONLY);
    assert_false(file_read_part(&arena, fd, 0, 0, &bytes)); // a folder has no bytes
    assert_int_equal(errno, EIO);
    close(fd);
    arena_release(&arena);
}

static void a_change_shows_in_the_status(void **state) {
    Temporary *here = *state;
    struct stat then, now;
    temporary_write(here, "a.txt", STR("old"));
    const char *path = temporary_path(here, "a.txt").data;
    assert_int_equal(stat(path, &then), 0);
    assert_true(file_is_unchanged(&then, &then));
    assert_false(file_is_unchanged(&(struct stat){0}, &then));
    // Written in place with its time set back: only the time of the inode tells.
    const struct timespec times[] = {then.st_atim, then.st_mtim};
    do {
        assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
        assert_int_equal(stat(path, &now), 0);
    } while (now.st_ctim.tv_sec == then.st_ctim.tv_sec &&
             now.st_ctim.tv_nsec == then.st_ctim.tv_nsec);
    assert_int_equal(now.st_mtim.tv_nsec, then.st_mtim.tv_nsec);
    assert_false(file_is_unchanged(&then, &now));
    temporary_write(here, "a.txt", STR("new")); // another inode
    assert_int_equal(stat(path, &then), 0);
    assert_false(file_is_unchanged(&now, &then));
}

static void limits_are_inclusive(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes = STR_NONE, path = temporary_path(here, "limit");
    temporary_write(here, "limit", STR("12345"));
    assert_int_equal(file_read(&arena, path, 5, &bytes, NULL), FILE_OK);
    assert_int_equal(file_read(&arena, path, 4, &bytes, NULL), FILE_TOO_LARGE);
    assert_int_equal(file_read(&arena, STR("/proc/self/status"), 4, &bytes, NULL), FILE_TOO_LARGE);
    arena_release(&arena);
}

static void what_cannot_be_read(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes, path = temporary_path(here, "fifo");
    assert_int_equal(mkfifo(path.data, 0600), 0);
    assert_int_equal(file_read(&arena, path, 0, &bytes, NULL), FILE_NOT_REGULAR); // and no waiting
    assert_int_equal(file_read(&arena, here->path, 0, &bytes, NULL), FILE_NOT_REGULAR);
    assert_int_equal(file_read(&arena, STR("/no/such"), 0, &bytes, NULL), FILE_MISSING);
    assert_int_equal(file_read(&arena, (Str){"a\0b", 3}, 0, &bytes, NULL), FILE_UNREADABLE);
    Str loop = temporary_path(here, "loop");
    assert_int_equal(symlink("loop", loop.data), 0);
    assert_int_equal(file_read(&arena, loop, 0, &bytes, NULL), FILE_UNREADABLE);
    assert_int_equal(errno, ELOOP);
    temporary_write(here, "file", STR(""));
    assert_int_equal(file_read(&arena, temporary_path(here, "file/x"), 0, &bytes, NULL),
                     FILE_MISSING);
    arena_release(&arena);
}

static void appending_keeps_what_is_there(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes, path = temporary_path(here, "new/folder/log");
    assert_true(file_append(path, STR("one\n"), 0640));
    assert_true(file_append(path, (Str){"\0two", 4}, 0600));
    struct stat status;
    assert_int_equal(file_read(&arena, path, 0, &bytes, &status), FILE_OK);
    assert_int_equal(bytes.length, 8);
    assert_memory_equal(bytes.data, "one\n\0two", 8);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_false(file_append(here->path, STR("x"), 0600));
    assert_int_equal(errno, EISDIR);
    assert_false(file_append(temporary_path(here, "new/folder/log/x"), STR("x"), 0600));
    assert_int_equal(errno, ENOTDIR);
    assert_false(file_append((Str){"a\0b", 3}, STR("x"), 0600));
    arena_release(&arena);
}

static void replacing_sets_bytes_and_mode(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes, path = temporary_path(here, "new/deep/er/f.py");
    struct stat status;
    mode_t old_mask = umask(077); // the mode is given, the mask must not matter
    assert_true(file_replace(path, STR("one"), 0644));
    umask(old_mask);
    assert_int_equal(file_read(&arena, path, 0, &bytes, &status), FILE_OK);
    assert_str(bytes, "one");
    assert_int_equal(status.st_mode & 07777, 0644);
    assert_true(file_replace(path, STR("two and more"), S_IFREG | 0755));
    assert_int_equal(file_read(&arena, path, 0, &bytes, &status), FILE_OK);
    assert_str(bytes, "two and more");
    assert_int_equal(status.st_mode & 07777, 0755);
    assert_int_equal(temporary_count(here, "new/deep/er"), 1);
    arena_release(&arena);
}

static void a_relative_path_and_a_long_name(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    char old[4096], name[256];
    Str bytes;
    assert_non_null(getcwd(old, sizeof old));
    assert_int_equal(chdir(here->path.data), 0);
    memset(name, 'n', 255);
    name[255] = '\0';
    assert_true(file_replace(str_from(name), STR("x"), 0600));
    assert_int_equal(file_read(&arena, str_from(name), 0, &bytes, NULL), FILE_OK);
    assert_int_equal(chdir(old), 0);
    arena_release(&arena);
}

static void links_stay_links(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes, link = temporary_path(here, "link"), target = temporary_path(here, "target");
    struct stat status;
    temporary_write(here, "target", STR("old"));
    assert_int_equal(symlink("target", link.data), 0);
    assert_true(file_replace(link, STR("new"), 0644));
    assert_int_equal(lstat(link.data, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(file_read(&arena, target, 0, &bytes, NULL), FILE_OK);
    assert_str(bytes, "new");
    arena_release(&arena);
}

static void failure_leaves_the_old_file(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes;
    // A folder that has something in it cannot be renamed over.
    temporary_write(here, "folder.py/inside", STR("old"));
    assert_false(file_replace(temporary_path(here, "folder.py"), STR("new"), 0644));
    assert_int_equal(temporary_count(here, "."), 1);
    Str inside = temporary_path(here, "folder.py/inside");
    assert_int_equal(file_read(&arena, inside, 0, &bytes, NULL), FILE_OK);
    assert_str(bytes, "old");

    // A file where a folder is needed.
    assert_false(file_replace(temporary_path(here, "folder.py/inside/x"), STR("new"), 0644));
    assert_int_equal(errno, ENOTDIR);
    assert_int_equal(temporary_count(here, "folder.py"), 1);
    assert_false(file_replace((Str){"a\0b", 3}, STR("new"), 0644));
    assert_int_equal(errno, EINVAL);
    arena_release(&arena);
}

// Stands for a full disk: a limit on the size of files, which root has to respect too.
static void a_full_disk_leaves_the_old_file(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    Str bytes, path = temporary_path(here, "f.py");
    temporary_write(here, "f.py", STR("old"));
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    Str large = {arena_alloc(&arena, 5000), 5000};
    bool replaced = file_replace(path, large, 0644);
    int why = errno;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(replaced);
    assert_int_equal(why, EFBIG);
    assert_int_equal(file_read(&arena, path, 0, &bytes, NULL), FILE_OK);
    assert_str(bytes, "old");
    assert_int_equal(temporary_count(here, "."), 1);
    arena_release(&arena);
}

static mode_t type_of(Str path) {
    struct stat status;
    assert_int_equal(lstat(path.data, &status), 0);
    return status.st_mode & S_IFMT;
}

// As root, a file in place of /dev/null would be there for all programs of the machine.
static void what_is_no_file_is_written_into(void **state) {
    Temporary *here = *state;
    Str queue = temporary_path(here, "queue"), link = temporary_path(here, "link"), full = temporary_path(here, "full");
    assert_int_equal(mkfifo(queue.data, 0600), 0);
    assert_int_equal(symlink("queue", link.data), 0);
    assert_false(file_replace(queue, STR("new"), 0644)); // nobody reads, and nobody is waited for
    assert_int_equal(errno, ENXIO);
    assert_int_equal(type_of(queue), S_IFIFO);
    int reader = open(queue.data, O_RDONLY | O_NONBLOCK);
    assert_true(file_replace(queue, STR("one"), 0644));
    assert_true(file_replace(link, STR("two"), 0644));
    char bytes[16];
    assert_int_equal(read(reader, bytes, sizeof bytes), 6);
    assert_memory_equal(bytes, "onetwo", 6);
    close(reader);
    assert_int_equal(type_of(queue), S_IFIFO);
    assert_int_equal(type_of(link), S_IFLNK);
    if (mknod(full.data, S_IFCHR | 0600, makedev(1, 7)) == 0) { // root may
        assert_false(file_replace(full, STR("new"), 0644));
        assert_int_equal(type_of(full), S_IFCHR);
    }
    assert_true(temporary_count(here, ".") <= 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(reading),
        temporary_test(parts),
        temporary_test(a_change_shows_in_the_status),
        temporary_test(limits_are_inclusive),
        temporary_test(what_cannot_be_read),
        temporary_test(appending_keeps_what_is_there),
        temporary_test(replacing_sets_bytes_and_mode),
        temporary_test(a_relative_path_and_a_long_name),
        temporary_test(links_stay_links),
        temporary_test(what_is_no_file_is_written_into),
        temporary_test(failure_leaves_the_old_file),
        temporary_test(a_full_disk_leaves_the_old_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
