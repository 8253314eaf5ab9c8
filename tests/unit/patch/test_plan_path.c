// Which paths a plan or a journal may name.
#include "testing.h"

#include "patch/plan_path.h"

static void paths_below_the_root(void **state) {
    (void)state;
    static const char *const good[] = {"a.py", "a/b.py", ".gitignore", ".github/x.py", "git/a",
                                       "..a",  "a/...",  "a b",        "\xff.py",      ".weft.yml"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(plan_path_is_harmless(str_from(good[i])));
}

static void all_others(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",           "/",           "/etc/passwd", "..",       "../a",
        "a/../b",     "a/..",        "./a",         "a/./b",    "a//b",
        "a/",         ".git/config", ".GIT/HEAD",   "a/.git/x", "a/.Git",
        ".weft/runs", "a/.WEFT/x",   ".git",        ".weft",    "a/b/.giT/hooks/post-checkout"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(plan_path_is_harmless(str_from(bad[i])));
    assert_false(plan_path_is_harmless((Str){"a\0b", 3}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_below_the_root),
        cmocka_unit_test(all_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
