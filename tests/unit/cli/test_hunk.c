// Hunks: which edits a person is asked about together, and what their lines are.
#include "testing.h"

#include "cli/hunk.h"

typedef struct Fixture {
    Sources sources;
    Rules rules;
    Diagnostics diagnostics;
    FileId file;
    Plan plan;
    Stretches split;
    Hunks hunks;
    Arena arena;
} Fixture;

// Twelve lines, "01\n" to "12\n": line N begins at 3 * (N - 1).
static void open(Fixture *f) {
    StrBuf text = {0};
    for (int i = 1; i <= 12; i++) strbuf_addf(&text, "%02d\n", i);
    *f = (Fixture){0};
    f->file = sources_add_memory(&f->sources, STR("a.py"), strbuf_str(&text), &f->diagnostics);
    strbuf_release(&text);
}

static void edit(Fixture *f, uint32_t start, uint32_t end, const char *text) {
    edits_add(&f->plan.edits, (Edit){.file = f->file,
                                     .start = start,
                                     .end = end,
                                     .text = str_from(text),
                                     .owner = STR("test")});
}

static void find(Fixture *f, uint32_t context) {
    if (f->plan.files.count == 0) {
        assert_true(edits_finish(&f->plan.edits, &f->sources, NULL, &f->diagnostics));
        assert_true(plan_build(&f->sources, &f->rules, &f->plan, NULL, &f->diagnostics));
    }
    hunks_find(&f->sources, &f->plan, context, &f->split, &f->hunks);
}

static void close(Fixture *f) {
    vec_release(&f->hunks);
    vec_release(&f->split);
    plan_release(&f->plan);
    diagnostics_release(&f->diagnostics);
    sources_release(&f->sources);
    arena_release(&f->arena);
}

static void edits_with_shared_context_are_one(void **state) {
    (void)state;
    Fixture f;
    open(&f);
    edit(&f, 0, 2, "one");     // line 1
    edit(&f, 21, 23, "eight"); // line 8: six lines between
    find(&f, 3);
    assert_int_equal(f.hunks.count, 1);
    assert_int_equal(f.hunks.items[0].start, 0);
    assert_int_equal(f.hunks.items[0].end, 24);
    find(&f, 2);
    assert_int_equal(f.hunks.count, 2);
    assert_int_equal(f.hunks.items[1].start, 21);
    close(&f);
}

static void a_split_hunk_is_as_small_as_can_be(void **state) {
    (void)state;
    Fixture f;
    open(&f);
    edit(&f, 0, 2, "one");
    edit(&f, 4, 5, "x"); // line 2: no line between
    edit(&f, 9, 11, "four");
    find(&f, 3);
    assert_int_equal(f.hunks.count, 1);
    assert_true(hunk_can_split(&f.sources, &f.plan, &f.hunks.items[0]));
    vec_add(&f.split, ((Stretch){f.file, f.hunks.items[0].start, f.hunks.items[0].end}));
    find(&f, 3);
    assert_int_equal(f.hunks.count, 2);
    assert_int_equal(f.hunks.items[0].count, 2);
    assert_false(hunk_can_split(&f.sources, &f.plan, &f.hunks.items[0]));
    close(&f);
}

static void lines_that_are_added_or_go_change_no_others(void **state) {
    (void)state;
    Fixture f;
    open(&f);
    edit(&f, 6, 6, "new\n"); // before line 3
    edit(&f, 18, 21, "");    // line 7 goes
    find(&f, 0);
    assert_int_equal(f.hunks.count, 2);
    assert_int_equal(f.hunks.items[0].start, 6);
    assert_int_equal(f.hunks.items[0].end, 6);
    assert_int_equal(f.hunks.items[1].end, 21);
    assert_str(hunk_text(&f.sources, &f.plan, &f.hunks.items[0], &f.arena), "new\n");
    assert_str(hunk_text(&f.sources, &f.plan, &f.hunks.items[1], &f.arena), "");
    close(&f);
}

static void a_hunk_is_shown_alone(void **state) {
    (void)state;
    Fixture f;
    open(&f);
    edit(&f, 0, 2, "one");
    edit(&f, 33, 35, "twelve");
    find(&f, 1);
    StrBuf text = {0};
    hunk_show(&f.plan, &f.hunks.items[1], 1, DIFF_BYTES, &text);
    assert_true(str_find_str(strbuf_str(&text), STR("@@ -11,2 +11,2 @@\n 11\n-12\n+twelve\n")) > 0);
    assert_true(str_find_str(strbuf_str(&text), STR("one")) < 0);
    strbuf_release(&text);
    close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_with_shared_context_are_one),
        cmocka_unit_test(a_split_hunk_is_as_small_as_can_be),
        cmocka_unit_test(lines_that_are_added_or_go_change_no_others),
        cmocka_unit_test(a_hunk_is_shown_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
