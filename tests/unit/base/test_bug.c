// BUG aborts with a place; memory that cannot be had ends the program with 70.
#include "testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/bug.h"

typedef struct Ending {
    int status;
    char text[512]; // what the child wrote to stderr
} Ending;

// Runs BODY in a child process.
static Ending ending_of(void (*body)(void)) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        signal(SIGABRT, SIG_DFL); // cmocka catches it otherwise
        body();
        _exit(0);
    }
    close(ends[1]);
    Ending ending = {0};
    size_t length = 0;
    ssize_t got;
    while ((got = read(ends[0], ending.text + length, sizeof ending.text - 1 - length)) > 0) {
        length += (size_t)got;
    }
    close(ends[0]);
    waitpid(child, &ending.status, 0);
    return ending;
}

static void hit_bug(void) { BUG("number %d", 7); }
static void hit_bug_unless(void) { BUG_UNLESS(1 + 1 == 3); }
static void pass_bug_unless(void) { BUG_UNLESS(1 + 1 == 2); }
static void ask_too_much(void) { free(memory_alloc_zeroed((size_t)-1 / 2, 4)); }

static void bugs_abort_with_a_place(void **state) {
    (void)state;
    Ending ending = ending_of(hit_bug);
    assert_true(WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGABRT);
    assert_non_null(strstr(ending.text, "weft: BUG "));
    assert_non_null(strstr(ending.text, "test_bug.c:"));
    assert_non_null(strstr(ending.text, "number 7"));
    assert_non_null(strstr(ending_of(hit_bug_unless).text, "expected 1 + 1 == 3"));
    assert_int_equal(ending_of(pass_bug_unless).status, 0);
}

static void no_memory_is_exit_70(void **state) {
    (void)state;
    Ending ending = ending_of(ask_too_much);
    assert_true(WIFEXITED(ending.status));
    assert_int_equal(WEXITSTATUS(ending.status), 70);
    assert_non_null(strstr(ending.text, "out of memory"));
}

static void zero_sizes_are_fine(void **state) {
    (void)state;
    void *block = memory_alloc(0);
    assert_non_null(block);
    block = memory_resize(block, 0);
    assert_non_null(block);
    free(block);
    block = memory_alloc_zeroed(0, 8);
    assert_non_null(block);
    free(block);
}

// The sanitizers end the program at an impossible size unless they are told to return NULL.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "allocator_may_return_null=1"; }
const char *__tsan_default_options(void);
const char *__tsan_default_options(void) { return "allocator_may_return_null=1"; }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bugs_abort_with_a_place),
        cmocka_unit_test(no_memory_is_exit_70),
        cmocka_unit_test(zero_sizes_are_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
