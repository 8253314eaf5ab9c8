// What a run spends by stage: nesting, workers, both forms of output; nothing without a start.
#include "testing.h"

#include "base/parallel.h"
#include "base/profile.h"

static void spend(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    volatile uint32_t *sums = context;
    for (uint32_t i = 0; i < 100000; i++) sums[index] += i;
}

static uint32_t count(Str text, const char *part) {
    uint32_t found = 0;
    for (ptrdiff_t at; (at = str_find_str(text, str_from(part))) >= 0; found++)
        text = str_slice(text, (size_t)at + 1, text.length);
    return found;
}

static void stages_inside_stages(void **state) {
    (void)state;
    uint32_t sums[2] = {0};
    StrBuf text = {0}, trace = {0};
    profile_start();
    assert_true(profile_is_on());
    profile_enter("outer");
    profile_enter("inner");
    parallel_for(2, 2, spend, sums);
    profile_leave();
    profile_leave();
    profile_write_text(&text);
    profile_write_trace(&trace);
    assert_int_equal(count(strbuf_str(&text), "\n"), 4); // a head, the whole, two stages
    assert_int_equal(count(strbuf_str(&text), "\n  outer "), 1);
    assert_int_equal(count(strbuf_str(&text), "\n    inner "), 1);
    assert_int_equal(count(strbuf_str(&trace), "\"name\": \"inner\""), 3); // and two workers
    assert_int_equal(count(strbuf_str(&trace), "\"tid\": 2"), 1);
    assert_int_equal(count(strbuf_str(&trace), "\"resident_bytes\""), 3);
    profile_stop();
    assert_false(profile_is_on());
    strbuf_release(&text);
    strbuf_release(&trace);
}

static void nothing_without_a_start(void **state) {
    (void)state;
    StrBuf text = {0};
    profile_enter("outer");
    profile_leave();
    profile_write_text(&text);
    profile_write_trace(&text);
    assert_int_equal(text.length, 0);
    profile_stop();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_inside_stages),
        cmocka_unit_test(nothing_without_a_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
