// Paths and globs.
#include "testing.h"

#include <errno.h>
#include "base/path.h"

static void joining_and_normalising(void **state) {
    (void)state;
    Arena arena = {0};
    assert_str(path_join(&arena, STR("a"), STR("b/c")), "a/b/c");
    assert_str(path_join(&arena, STR("a/"), STR("b")), "a/b");
    assert_str(path_join(&arena, STR("/"), STR("b")), "/b");
    assert_str(path_join(&arena, STR(""), STR("b")), "b");
    assert_str(path_join(&arena, STR("."), STR("b")), "b");
    assert_str(path_join(&arena, STR("a"), STR(".")), "a");
    assert_str(path_join(&arena, STR("a"), STR("")), "a");
    assert_str(path_join(&arena, STR("a"), STR("/b")), "/b");
    assert_str(path_join(&arena, STR("."), STR("")), "");
    static const char *const PAIRS[][2] = {
        {"a//b/./c", "a/b/c"},
        {"a/../b", "b"},
        {"../a", "../a"},
        {"a/../../b", "../b"},
        {"/../a", "/a"},
        {"/", "/"},
        {"//", "/"},
        {"", ""},
        {".", ""},
        {"a/b/../..", ""},
        {"a/", "a"},
        {"./a/.", "a"},
        {"../../x/..", "../.."},
        {"...", "..."},
    };
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        assert_str(path_normalize(&arena, str_from(PAIRS[i][0])), PAIRS[i][1]);
    }
    arena_release(&arena);
}

static void parts(void **state) {
    (void)state;
    assert_str(path_basename(STR("a/b.py")), "b.py");
    assert_str(path_basename(STR("b")), "b");
    assert_str(path_dirname(STR("a/b/c")), "a/b");
    assert_str(path_dirname(STR("c")), "");
    assert_str(path_dirname(STR("/c")), "/");
    assert_str(path_extension(STR("a.d/b.tar.gz")), "gz");
    assert_str(path_extension(STR("a.d/b")), "");
    assert_str(path_extension(STR(".gitignore")), "");
    assert_str(path_extension(STR("b.")), "");
}

static void relative_paths(void **state) {
    (void)state;
    Str relative;
    assert_true(path_relative(STR("/a"), STR("/a/b/c"), &relative));
    assert_str(relative, "b/c");
    assert_true(path_relative(STR("/a"), STR("/a"), &relative));
    assert_str(relative, "");
    assert_true(path_relative(STR("/"), STR("/a"), &relative));
    assert_str(relative, "a");
    assert_true(path_relative(STR(""), STR("a"), &relative));
    assert_str(relative, "a");
    assert_false(path_relative(STR("/a"), STR("/ab"), &relative));
    assert_false(path_relative(STR("/a/b"), STR("/a"), &relative));
    assert_false(path_relative(STR(""), STR("../a"), &relative));
    assert_false(path_relative(STR(""), STR("/a"), &relative));
}

static void real_paths(void **state) {
    (void)state;
    Arena arena = {0};
    Str real;
    assert_true(path_real(&arena, STR("/usr/../usr/./bin"), &real));
    assert_str(real, "/usr/bin");
    assert_false(path_real(&arena, STR("/no/such/folder"), &real));
    assert_int_equal(errno, ENOENT);
    arena_release(&arena);
}

typedef struct GlobCase {
    const char *pattern, *path;
    bool matches;
} GlobCase;

static void globs(void **state) {
    (void)state;
    static const GlobCase CASES[] = {
        {"*.py", "a.py", true},
        {"*.py", "deep/er/a.py", true},
        {"*.py", "a.pyi", false},
        {"tests", "tests/a.py", true},
        {"tests", "src/tests/a.py", true},
        {"tests", "src/mytests/a.py", false},
        {"tests/", "src/tests/a.py", true},
        {"tests/", "tests", false},
        {"/tests", "src/tests/a.py", false},
        {"/tests", "tests/a.py", true},
        {"src/*.py", "src/a.py", true},
        {"src/*.py", "src/b/a.py", false},
        {"src/*.py", "x/src/a.py", false},
        {"src/api", "src/api/v1/a.py", true},
        {"src/api", "src/apis/a.py", false},
        {"src/**/a.py", "src/a.py", true},
        {"src/**/a.py", "src/x/y/a.py", true},
        {"src/**/a.py", "src/x/y/b.py", false},
        {"**/a.py", "a.py", true},
        {"**/a.py", "x/y/a.py", true},
        {"src/**", "src/x/y.py", true},
        {"src/**", "src", false},
        {"**", "anything/at/all", true},
        {"a/**/b/**/c", "a/x/b/b/y/c", true},
        {"a/**/b/**/c", "a/x/b/b/y/d", false},
        {"?.py", "ab.py", false},
        {"?.py", "\xe4\xb8\xad.py", true}, // one character of three bytes
        {"[ab].py", "b.py", true},
        {"[!ab].py", "b.py", false},
        {"[a-c]x.py", "bx.py", true},
        {"[]a].py", "].py", true},
        {"[a.py", "[a.py", true}, // never closed: an ordinary character
        {"\\*.py", "*.py", true},
        {"\\*.py", "a.py", false},
        {"a*b*c", "aXbXbXc", true},
        {"a*b*c", "aXbXbX", false},
        {"*", ".hidden", true},
        {"", "a", false},
        {"a", "", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        bool matches = path_glob(str_from(CASES[i].pattern), str_from(CASES[i].path));
        if (matches == CASES[i].matches) continue;
        fail_msg("'%s' against '%s' gave %d", CASES[i].pattern, CASES[i].path, matches);
    }
}

static void hostile_globs_stay_fast(void **state) {
    (void)state;
    StrBuf pattern = {0}, path = {0};
    for (int i = 0; i < 50; i++) strbuf_add_text(&pattern, "*a");
    strbuf_add_text(&pattern, "b");
    strbuf_add_repeat(&path, 'a', 2000);
    assert_false(path_glob(strbuf_str(&pattern), strbuf_str(&path)));
    strbuf_clear(&pattern);
    strbuf_clear(&path);
    for (int i = 0; i < 50; i++) strbuf_add_text(&pattern, "**/a/");
    strbuf_add_text(&pattern, "b");
    for (int i = 0; i < 1000; i++) strbuf_add_text(&path, "a/");
    assert_false(path_glob(strbuf_str(&pattern), strbuf_str(&path)));
    strbuf_release(&pattern);
    strbuf_release(&path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joining_and_normalising),
        cmocka_unit_test(parts),
        cmocka_unit_test(relative_paths),
        cmocka_unit_test(real_paths),
        cmocka_unit_test(globs),
        cmocka_unit_test(hostile_globs_stay_fast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
