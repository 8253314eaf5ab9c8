// Commands that are run in two folders, and what is made of what they say.
#include "testing.h"

#include <errno.h>
#include <signal.h>
#include "temporary.h"
#include "verify/command.h"

typedef struct Judged {
    Arena arena;
    VerifyCommand command;
    CommandResult result;
} Judged;

static void judge(Temporary *here, const char *text, CommandCompare compare, Judged *judged) {
    *judged = (Judged){.command = {.name = STR("test"),
                                   .shell = true,
                                   .compare = compare,
                                   .timeout = 20}};
    vec_add(&judged->command.run, str_from(text));
    command_judge(&judged->arena, &judged->command, temporary_path(here, "before"),
                  temporary_path(here, "after"), &judged->result);
}

static void release(Judged *judged) {
    command_result_release(&judged->result);
    vec_release(&judged->command.run);
    arena_release(&judged->arena);
}

static void check(Temporary *here, const char *text, Verdict verdict, const char *why) {
    Judged judged;
    judge(here, text, COMPARE_LINES, &judged);
    assert_str(judged.result.why, why);
    assert_int_equal(judged.result.verdict, verdict);
    release(&judged);
}

static void write_logs(Temporary *here, const char *before, const char *after) {
    temporary_write(here, "before/log", str_from(before));
    temporary_write(here, "after/log", str_from(after));
}

static void success_is_what_counts(void **state) {
    Temporary *here = *state;
    write_logs(here, "", "x");
    check(here, "true", VERDICT_SAME, "exit status 0");
    check(here, "test -s log", VERDICT_BETTER, "exit status 1 before, exit status 0 after");
    check(here, "! test -s log", VERDICT_WORSE, "exit status 0 before, exit status 1 after");
    // What a successful run says is no fault.
    check(here, "cat log", VERDICT_SAME, "exit status 0");
}

static void numbers_and_paths_are_no_news(void **state) {
    Temporary *here = *state;
    write_logs(here, "a.py:3:1: E501 long\n2 failed in 0.51s\n",
               "a.py:14:1: E501 long\n2 failed in 12ms\n");
    check(here, "cat log; pwd; false", VERDICT_SAME, "exit status 1");
    write_logs(here, "a.py:3:1: E501 long\n", "a.py:3:1: E502 long\n");
    check(here, "cat log; false", VERDICT_WORSE, "exit status 1, 1 new line of output");
    write_logs(here, "a.py:3: x1\na.py:9: x1\n", "a.py:3: x1\n");
    check(here, "cat log; false", VERDICT_BETTER, "exit status 1, 1 line of output fewer");
    // The same message once more is a new one.
    write_logs(here, "a.py:3: x1\n", "a.py:3: x1\na.py:9: x1\n");
    check(here, "cat log; false", VERDICT_WORSE, "exit status 1, 1 new line of output");
}

static void the_status_alone(void **state) {
    Temporary *here = *state;
    Judged judged;
    write_logs(here, "one\n", "two\n");
    judge(here, "cat log; false", COMPARE_EXIT, &judged);
    assert_int_equal(judged.result.verdict, VERDICT_SAME);
    assert_int_equal(judged.result.new_lines.count, 0);
    release(&judged);
}

static void missing_programs_judge_nothing(void **state) {
    Temporary *here = *state;
    write_logs(here, "", "");
    check(here, "no-such-program", VERDICT_NONE, "the shell found no such program");

    Arena arena = {0};
    ProcessResult result;
    Str arguments[] = {STR("no-such-program")};
    process_run(&arena, arguments, 1, here->path, 20, &result);
    assert_int_equal(result.start_error, ENOENT);
    arena_release(&arena);
}

static void time_runs_out(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    ProcessResult result;
    // A process that ignores the polite signals, and a child of it that holds the output open.
    Str arguments[] = {STR("/bin/sh"), STR("-c"), STR("trap '' TERM; echo here; sleep 60 & wait")};
    process_run(&arena, arguments, 3, here->path, 1, &result);
    assert_true(result.timed_out);
    assert_str(result.output, "here\n");
    assert_int_equal(result.status, PROCESS_SIGNALLED + SIGKILL);
    arena_release(&arena);
}

static void output_is_bounded(void **state) {
    Temporary *here = *state;
    Arena arena = {0};
    ProcessResult result;
    Str arguments[] = {STR("head"), STR("-c"), STR("9000000"), STR("/dev/zero")};
    process_run(&arena, arguments, 4, here->path, 20, &result);
    assert_int_equal(result.status, 0);
    assert_true(result.truncated);
    assert_int_equal(result.output.length, PROCESS_OUTPUT_MAX);
    arena_release(&arena);
}

static void arguments_are_shown_as_typed(void **state) {
    (void)state;
    Arena arena = {0};
    VerifyCommand command = {0};
    vec_add(&command.run, STR("ruff"));
    vec_add(&command.run, STR("--select=E,F"));
    vec_add(&command.run, STR("it's a.py"));
    assert_str(command_text(&arena, &command), "ruff --select=E,F 'it'\\''s a.py'");
    vec_release(&command.run);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(success_is_what_counts),
        temporary_test(numbers_and_paths_are_no_news),
        temporary_test(the_status_alone),
        temporary_test(missing_programs_judge_nothing),
        temporary_test(time_runs_out),
        temporary_test(output_is_bounded),
        cmocka_unit_test(arguments_are_shown_as_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
