// edits: order, duplicates, overlap, and applying them.
#include "testing.h"

#include "edit/edit.h"

typedef struct Fixture {
    Sources sources;
    Edits edits;
    Diagnostics diagnostics;
    FileId file;
} Fixture;

static void start(Fixture *f, const char *text) {
    *f = (Fixture){0};
    f->file = sources_add_memory(&f->sources, STR("a.py"), str_from(text), &f->diagnostics);
}

static void finish(Fixture *f) {
    edits_release(&f->edits);
    diagnostics_release(&f->diagnostics);
    sources_release(&f->sources);
}

static void add(Fixture *f, uint32_t from, uint32_t to, const char *text, const char *owner) {
    edits_add(&f->edits, (Edit){.file = f->file,
                                .start = from,
                                .end = to,
                                .text = str_from(text),
                                .owner = str_from(owner)});
}

static void assert_result(Fixture *f, const char *expected) {
    Arena arena = {0};
    assert_true(edits_finish(&f->edits, &f->sources, NULL, &f->diagnostics));
    assert_str(edits_apply(&arena, source_file(&f->sources, f->file)->text, f->edits.list.items,
                           f->edits.list.count),
               expected);
    arena_release(&arena);
}

static void applies_in_order_of_position(void **state) {
    (void)state;
    Fixture f;
    start(&f, "abcdef");
    add(&f, 4, 5, "E", "one");
    add(&f, 0, 0, "<", "two");
    add(&f, 6, 6, ">", "three");
    add(&f, 1, 3, "", "four");
    assert_result(&f, "<adEf>");
    finish(&f);
}

static void keeps_insertions_in_the_order_of_adding(void **state) {
    (void)state;
    Fixture f;
    start(&f, "ab");
    add(&f, 1, 1, "1", "one");
    add(&f, 1, 1, "2", "two");
    add(&f, 1, 1, "2", "two again");
    assert_result(&f, "a122b");
    finish(&f);
}

static void inserts_before_a_replacement_at_the_same_place(void **state) {
    (void)state;
    Fixture f;
    start(&f, "abc");
    add(&f, 1, 2, "B", "replace");
    add(&f, 1, 1, "<", "insert");
    add(&f, 2, 2, ">", "insert behind");
    assert_result(&f, "a<B>c");
    finish(&f);
}

static void keeps_an_identical_replacement_once(void **state) {
    (void)state;
    Fixture f;
    start(&f, "abc");
    add(&f, 1, 2, "B", "one");
    add(&f, 1, 2, "B", "two");
    assert_result(&f, "aBc");
    assert_int_equal(f.edits.list.count, 1);
    assert_str(f.edits.list.items[0].owner, "one");
    finish(&f);
}

static void assert_overlap(Fixture *f) {
    assert_false(edits_finish(&f->edits, &f->sources, NULL, &f->diagnostics));
    assert_int_equal(f->diagnostics.list.count, 1);
    const Diagnostic *diagnostic = &f->diagnostics.list.items[0];
    assert_int_equal(diagnostic->code, DIAGNOSTIC_E502);
    assert_true(str_find_str(diagnostic->message, STR("'one'")) >= 0);
    assert_true(str_find_str(diagnostic->message, STR("'two'")) >= 0);
}

static void refuses_overlap_and_names_both_owners(void **state) {
    (void)state;
    static const uint32_t second[][2] = {{1, 3}, {2, 2}, {2, 4}, {0, 2}};
    for (size_t i = 0; i < sizeof second / sizeof second[0]; i++) {
        Fixture f;
        start(&f, "abcdef");
        add(&f, 1, 3, "x", "one");
        add(&f, second[i][0], second[i][1], "y", "two");
        assert_overlap(&f);
        finish(&f);
    }
}

static void accepts_neighbours_and_nothing_at_all(void **state) {
    (void)state;
    Fixture f;
    start(&f, "abcd");
    assert_result(&f, "abcd");
    add(&f, 0, 2, "x", "one");
    add(&f, 2, 4, "y", "two");
    assert_result(&f, "xy");
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(applies_in_order_of_position),
        cmocka_unit_test(keeps_insertions_in_the_order_of_adding),
        cmocka_unit_test(inserts_before_a_replacement_at_the_same_place),
        cmocka_unit_test(keeps_an_identical_replacement_once),
        cmocka_unit_test(refuses_overlap_and_names_both_owners),
        cmocka_unit_test(accepts_neighbours_and_nothing_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
