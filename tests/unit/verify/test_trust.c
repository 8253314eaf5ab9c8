// Trust in a tree's commands: exactly these, for the tree in this place.
#include "testing.h"

#include "temporary.h"
#include "verify/trust.h"

#define ROOT STR("/home/a/bot")

static void add_command(Rules *rules, const char *name, const char *const *words, bool shell) {
    VerifyCommand *command = vec_push(&rules->commands);
    *command = (VerifyCommand){.name = str_from(name), .shell = shell, .timeout = 600};
    for (size_t i = 0; words[i] != NULL; i++) vec_add(&command->run, str_from(words[i]));
}

static void lint_and_tests(Rules *rules) {
    add_command(rules, "lint", (const char *const[]){"ruff", "check", ".", NULL}, false);
    add_command(rules, "tests", (const char *const[]){"pytest -q", NULL}, true);
}

static void open_state(Temporary *here, StateFolder *folder) {
    const char *why = NULL;
    assert_int_equal(setenv("XDG_STATE_HOME", here->path.data, 1), 0);
    assert_true(state_folder_open(folder, ROOT, &why));
}

static void exactly_what_was_allowed(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    Rules rules = {0};
    open_state(here, &folder);
    lint_and_tests(&rules);
    assert_false(trust_holds(&folder, ROOT, &rules));
    assert_true(trust_add(&folder, ROOT, &rules));
    assert_true(trust_holds(&folder, ROOT, &rules));
    assert_false(trust_holds(&folder, STR("/home/a/bot2"), &rules));

    VerifyCommand *lint = &rules.commands.items[0];
    lint->run.items[1] = STR("fix");
    assert_false(trust_holds(&folder, ROOT, &rules));
    lint->run.items[1] = STR("check");
    lint->timeout = 601;
    assert_false(trust_holds(&folder, ROOT, &rules));
    lint->timeout = 600;
    lint->shell = true;
    assert_false(trust_holds(&folder, ROOT, &rules));
    lint->shell = false;
    assert_true(trust_holds(&folder, ROOT, &rules));
    rules.commands.count = 1;
    assert_false(trust_holds(&folder, ROOT, &rules));
    rules.commands.count = 2;
    rules_release(&rules);
    state_folder_close(&folder);
}

// Words cannot be moved over the ends of texts.
static void other_words_with_the_same_letters(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    Rules one = {0}, two = {0}, three = {0};
    open_state(here, &folder);
    add_command(&one, "a", (const char *const[]){"sh", "b", NULL}, false);
    add_command(&two, "a", (const char *const[]){"sh b", NULL}, false);
    add_command(&three, "a", (const char *const[]){"sh,1:b", NULL}, false);
    assert_true(trust_add(&folder, ROOT, &one));
    assert_false(trust_holds(&folder, ROOT, &two));
    assert_false(trust_holds(&folder, ROOT, &three));
    rules_release(&one);
    rules_release(&two);
    rules_release(&three);
    state_folder_close(&folder);
}

static void the_list_says_what_was_allowed(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    Rules rules = {0};
    TrustList trusted;
    open_state(here, &folder);
    lint_and_tests(&rules);
    assert_true(trust_add(&folder, STR("/home/b"), &rules));
    assert_true(trust_add(&folder, STR("/home/a"), &rules));
    rules.commands.count = 1;
    assert_true(trust_add(&folder, STR("/home/b"), &rules)); // in place of the first
    rules.commands.count = 2;
    trust_read(&folder, &trusted);
    assert_int_equal(trusted.list.count, 2);
    assert_str(trusted.list.items[0].root, "/home/a");
    assert_int_equal(trusted.list.items[0].commands.count, 2);
    assert_str(trusted.list.items[0].commands.items[0].run.items[2], ".");
    assert_true(trusted.list.items[0].commands.items[1].shell);
    assert_int_equal(trusted.list.items[1].commands.count, 1);
    trust_release(&trusted);

    uint32_t count;
    assert_true(trust_revoke(&folder, STR("/home/a"), &count));
    assert_int_equal(count, 1);
    assert_false(trust_holds(&folder, STR("/home/a"), &rules));
    assert_true(trust_revoke(&folder, STR("/home/a"), &count));
    assert_int_equal(count, 0);
    rules_release(&rules);
    state_folder_close(&folder);
}

// A record under another name, a cut one and noise: not trusted, not listed, no crash.
static void damaged_records(void **state) {
    Temporary *here = *state;
    StateFolder folder;
    Rules rules = {0};
    Arena arena = {0};
    StateNames names = {0};
    TrustList trusted;
    Str record;
    open_state(here, &folder);
    lint_and_tests(&rules);
    assert_true(trust_add(&folder, ROOT, &rules));
    state_folder_list(&folder, &arena, STR("trust"), &names);
    assert_int_equal(names.count, 1);
    Str name = path_join(&arena, STR("trust"), names.items[0]);
    assert_true(state_folder_read(&folder, &arena, name, 10000, &record));
    for (size_t length = 0; length < record.length; length++) {
        assert_true(state_folder_write(&folder, name, str_slice(record, 0, length), false));
        assert_false(trust_holds(&folder, ROOT, &rules));
        trust_read(&folder, &trusted);
        assert_int_equal(trusted.list.count, 0);
        trust_release(&trusted);
    }
    const char *noise[] = {"999999999:x,", "14:weft trust 1,", "14:weft trust 1,1:/,9:999999999,", ":,,"};
    for (size_t i = 0; i < 4; i++) {
        assert_true(state_folder_write(&folder, STR("trust/noise"), str_from(noise[i]), false));
        uint32_t count;
        assert_true(trust_revoke(&folder, STR("/"), &count));
        assert_int_equal(count, 0);
    }
    vec_release(&names);
    arena_release(&arena);
    rules_release(&rules);
    state_folder_close(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(exactly_what_was_allowed),
        temporary_test(other_words_with_the_same_letters),
        temporary_test(the_list_says_what_was_allowed),
        temporary_test(damaged_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
