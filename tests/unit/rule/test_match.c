// Patterns over dotted names.
#include "testing.h"

#include "rule/rule.h"

static bool matches(const char *pattern, const char *dotted) {
    return rule_name_matches(str_from(pattern), str_from(dotted));
}

static void exact(void **state) {
    (void)state;
    assert_true(matches("a.b.c", "a.b.c"));
    assert_false(matches("a.b", "a.b.c"));
    assert_false(matches("a.b.c", "a.b"));
    assert_false(matches("a", ""));
    assert_false(matches("", "a"));
}

static void star_in_a_part(void **state) {
    (void)state;
    assert_true(matches("a.get_*", "a.get_x"));
    assert_true(matches("a.*_b_*.c", "a.x_b_y.c"));
    assert_false(matches("a.get_*", "a.get_x.y"));
    assert_true(matches("a.*.c", "a.b.c"));
    assert_false(matches("a.*.c", "a.b.b.c"));
    assert_true(matches("*", "a"));
    assert_false(matches("*", "a.b"));
}

static void leading_and_final_star(void **state) {
    (void)state;
    assert_true(matches("*.get", "router.get"));
    assert_true(matches("*.get", "self.app.get"));
    assert_true(matches("*.get", "get.get.get"));
    assert_false(matches("*.get", "get"));
    assert_false(matches("*.get", "self.get.x"));
    assert_true(matches("a.b.*", "a.b.c"));
    assert_true(matches("a.b.*", "a.b.c.d"));
    assert_false(matches("a.b.*", "a.b"));
    assert_true(matches("*.b.*", "a.a.b.c.c"));
    assert_false(matches("*.b.*", "a.b"));
    assert_true(matches("*.*", "a.b"));
}

static void any_parts(void **state) {
    (void)state;
    assert_true(matches("a.**", "a"));
    assert_true(matches("a.**", "a.b.c"));
    assert_true(matches("a.**.z", "a.z"));
    assert_true(matches("a.**.z", "a.b.z.c.z"));
    assert_false(matches("a.**.z", "a.b.c"));
    assert_true(matches("**", "a.b"));
    assert_true(matches("**.x.*", "x.x"));
}

static void hostile_pattern(void **state) {
    (void)state;
    StrBuf pattern = {0}, dotted = {0};
    for (int i = 0; i < 2000; i++) {
        strbuf_add_text(&pattern, "**.*a*a*a.");
        strbuf_add_text(&dotted, "aaaaaaaaaa.");
    }
    strbuf_add_text(&pattern, "x");
    strbuf_add_text(&dotted, "a");
    assert_false(rule_name_matches(strbuf_str(&pattern), strbuf_str(&dotted)));
    strbuf_release(&pattern);
    strbuf_release(&dotted);
}

static void names(void **state) {
    (void)state;
    assert_string_equal(origin_name(ORIGIN_IMPORT_TIME), "import_time");
    assert_string_equal(mode_name(MODE_REQUIRED), "required");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact),
        cmocka_unit_test(star_in_a_part),
        cmocka_unit_test(leading_and_final_star),
        cmocka_unit_test(any_parts),
        cmocka_unit_test(hostile_pattern),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
