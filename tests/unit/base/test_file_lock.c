// The lock of a file: one holder, and questions that do not get in its way.
#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "temporary.h"

enum { QUESTIONS = 400000 };

static int open_lock(Temporary *here, int flags) {
    int file = open(temporary_path(here, "lock").data, flags | O_CLOEXEC);
    assert_true(file >= 0);
    return file;
}

static void one_holder(void **state) {
    temporary_write(*state, "lock", STR(""));
    int first = open_lock(*state, O_RDWR), second = open_lock(*state, O_RDWR);
    int reader = open_lock(*state, O_RDONLY);
    assert_false(file_lock_is_held(reader));
    assert_true(file_lock_take(first));
    assert_false(file_lock_take(second));
    assert_int_equal(errno, EWOULDBLOCK);
    assert_true(file_lock_is_held(reader));
    close(reader); // frees nothing, though it is the same file in the same process
    assert_true(file_lock_is_held(second));
    close(first);
    assert_true(file_lock_take(second));
    close(second);
}

// What a child inherited holds after its parent has let go.
static void inherited(void **state) {
    temporary_write(*state, "lock", STR(""));
    int held = open_lock(*state, O_RDWR), reader = open_lock(*state, O_RDONLY), ends[2], status;
    assert_true(file_lock_take(held));
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        close(ends[1]);
        _exit(read(ends[0], &byte, 1) == 0 ? 0 : 1);
    }
    close(held);
    assert_true(file_lock_is_held(reader));
    close(ends[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_false(file_lock_is_held(reader));
    close(ends[0]);
    close(reader);
}

typedef struct Asking {
    int file;
    atomic_uint asked;
} Asking;

static void *ask(void *data) {
    Asking *asking = data;
    for (unsigned i = 0; i < QUESTIONS; i++) {
        (void)file_lock_is_held(asking->file);
        atomic_fetch_add(&asking->asked, 1);
    }
    return NULL;
}

// However often somebody asks, whoever wants the free lock gets it.
static void questions_do_not_hold(void **state) {
    temporary_write(*state, "lock", STR(""));
    Asking asking = {.file = open_lock(*state, O_RDONLY)};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, ask, &asking), 0);
    while (atomic_load(&asking.asked) < QUESTIONS) {
        int file = open_lock(*state, O_RDWR);
        assert_true(file_lock_take(file));
        close(file);
    }
    assert_int_equal(pthread_join(thread, NULL), 0);
    close(asking.file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(one_holder),
        temporary_test(inherited),
        temporary_test(questions_do_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
