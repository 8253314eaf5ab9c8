// plan_between: what is left of a bigger plan, on the texts that a smaller one leaves.
#include "testing.h"

#include "edit/plan_between.h"

// A text, the edits of two plans on it, and what is expected of the step between them.
typedef struct Fixture {
    Sources sources;
    Rules rules;
    Diagnostics diagnostics;
    FileId file;
    Plan before, after, step;
} Fixture;

static void open(Fixture *f, Str text) {
    *f = (Fixture){0};
    f->file = sources_add_memory(&f->sources, STR("a.py"), text, &f->diagnostics);
}

static void edit(Fixture *f, Plan *plan, uint32_t start, uint32_t end, const char *text) {
    edits_add(&plan->edits, (Edit){.file = f->file,
                                   .start = start,
                                   .end = end,
                                   .text = str_from(text),
                                   .owner = str_from(text)});
}

static void build(Fixture *f, Plan *plan) {
    assert_true(edits_finish(&plan->edits, &f->sources, NULL, &f->diagnostics));
    assert_true(plan_build(&f->sources, &f->rules, plan, NULL, &f->diagnostics));
}

static void make_step(Fixture *f) {
    build(f, &f->before);
    build(f, &f->after);
    plan_between(&f->sources, &f->before, &f->after, &f->step);
}

static void close(Fixture *f) {
    plan_release(&f->step);
    plan_release(&f->after);
    plan_release(&f->before);
    diagnostics_release(&f->diagnostics);
    sources_release(&f->sources);
}

// The edits of the step make the one text of the other.
static void assert_step(Fixture *f, uint32_t edit_count) {
    assert_int_equal(f->step.files.count, 1);
    const PlannedFile *file = &f->step.files.items[0];
    assert_true(str_equal(file->before, f->before.files.items[0].after));
    assert_true(str_equal(file->after, f->after.files.items[0].after));
    assert_int_equal(file->edit_count, edit_count);
    const Edit *edits = &f->step.edits.list.items[file->first_edit];
    Str made = edits_apply(&f->step.arena, file->before, edits, file->edit_count);
    assert_true(str_equal(made, file->after));
    assert_memory_equal(&file->before_id, &f->before.files.items[0].after_id, sizeof(BlobId));
    assert_memory_equal(&file->after_id, &f->after.files.items[0].after_id, sizeof(BlobId));
}

static const Edit *edit_of(const Fixture *f, uint32_t index) {
    return &f->step.edits.list.items[index];
}

static void what_both_do_moves_the_rest(void **state) {
    (void)state;
    Fixture f;
    open(&f, STR("a = 1\nb = 2\nc = 3\n"));
    edit(&f, &f.before, 0, 1, "first");
    edit(&f, &f.after, 0, 1, "first");
    edit(&f, &f.after, 6, 7, "second");
    edit(&f, &f.after, 12, 12, "x\n");
    make_step(&f);
    assert_step(&f, 2);
    assert_int_equal(edit_of(&f, 0)->start, 10);
    assert_str(edit_of(&f, 0)->owner, "second");
    assert_int_equal(edit_of(&f, 1)->start, 16);
    close(&f);
}

static void only_the_difference_of_a_stretch_is_written(void **state) {
    (void)state;
    Fixture f;
    open(&f, STR("import m\n"));
    edit(&f, &f.before, 7, 8, "iso, one");
    edit(&f, &f.after, 7, 8, "iso, and, one");
    make_step(&f);
    assert_step(&f, 1);
    assert_str(edit_of(&f, 0)->text, "and, ");
    assert_int_equal(edit_of(&f, 0)->start, 12);
    assert_int_equal(edit_of(&f, 0)->end, 12);
    close(&f);
}

static void insertions_at_one_place_stay_in_order(void **state) {
    (void)state;
    Fixture f;
    open(&f, STR("def f():\n    pass\n"));
    edit(&f, &f.before, 9, 9, "    b = 2\n");
    edit(&f, &f.after, 9, 9, "    a = 1\n");
    edit(&f, &f.after, 9, 9, "    b = 2\n");
    edit(&f, &f.after, 9, 17, "    return\n");
    make_step(&f);
    assert_step(&f, 1);
    close(&f);
}

static void what_the_smaller_plan_alone_does_is_taken_back(void **state) {
    (void)state;
    Fixture f;
    open(&f, STR("a = 1\nb = 2\n"));
    edit(&f, &f.before, 4, 5, "one");
    edit(&f, &f.after, 10, 11, "two");
    make_step(&f);
    assert_step(&f, 2);
    assert_str(edit_of(&f, 0)->text, "1");
    close(&f);
}

static void characters_are_not_cut(void **state) {
    (void)state;
    Fixture f;
    open(&f, STR("x\n"));
    edit(&f, &f.before, 0, 1, "\xe4\xbd\xa0"); // two characters of three bytes that
    edit(&f, &f.after, 0, 1, "\xe4\xbd\xa1");  // differ in the last one
    make_step(&f);
    assert_step(&f, 1);
    assert_int_equal(edit_of(&f, 0)->text.length, 3);
    close(&f);
}

static void the_same_plan_leaves_nothing(void **state) {
    (void)state;
    Fixture f;
    open(&f, STR("a = 1\n"));
    edit(&f, &f.before, 0, 1, "b");
    edit(&f, &f.after, 0, 1, "b");
    make_step(&f);
    assert_int_equal(f.step.files.count, 0);
    close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_both_do_moves_the_rest),
        cmocka_unit_test(only_the_difference_of_a_stretch_is_written),
        cmocka_unit_test(insertions_at_one_place_stay_in_order),
        cmocka_unit_test(what_the_smaller_plan_alone_does_is_taken_back),
        cmocka_unit_test(characters_are_not_cut),
        cmocka_unit_test(the_same_plan_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
