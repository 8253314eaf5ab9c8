// Whatever is taken back, the rest still passes the check and leaves that place alone.
#include "testing.h"

#include "cli/run.h"

enum { STEP = 41 }; // one decision of so many is tried: each is a whole run of solver and check

typedef struct Fixture {
    Options options;
    Run run;
} Fixture;

static void open_fixture(Fixture *fixture) {
    char program[] = "diff", directory[] = "-C", folder[] = WEFT_PROJECT_DIR "/fixtures/maibot";
    char *arguments[] = {program, directory, folder, NULL};
    options_parse(COMMAND_DIFF, 3, arguments, &fixture->options);
    assert_true(run_pipeline(&fixture->run, &fixture->options, RUN_TO_PLAN));
    assert_int_equal(fixture->run.taken_back.count, 0);
}

static void close_fixture(Fixture *fixture) {
    run_release(&fixture->run);
    options_release(&fixture->options);
}

static void plan_again(Fixture *fixture) {
    Run *run = &fixture->run;
    solution_release(&run->solution);
    plan_release(&run->plan);
    run->solution = (Solution){0};
    run->plan = (Plan){0};
    assert_true(run_solve(run, &fixture->options));
    bool good =
        run_make_plan(run, &fixture->options, &run->solution, &run->plan, NULL, &run->diagnostics);
    if (!good) diagnostics_render(&run->diagnostics, &run->sources, SEVERITY_ERROR, false, stderr);
    assert_true(good);
}

static void assert_left_alone(const Fixture *fixture, const Edit *edit) {
    const Run *run = &fixture->run;
    for (uint32_t i = 0; i < run->plan.edits.list.count; i++) {
        const Edit *other = &run->plan.edits.list.items[i];
        assert_false(decision_same(other->cause, edit->cause));
        if (edit->cause.kind == DECISION_IMPORTS)
            assert_int_not_equal(other->file.index, edit->file.index);
    }
}

static void the_rest_passes_without_any_decision(void **state) {
    (void)state;
    Fixture fixture;
    open_fixture(&fixture);
    Plan whole = fixture.run.plan;
    fixture.run.plan = (Plan){0};
    bool tried[DECISION_IMPORTS + 1] = {false};
    for (uint32_t i = 0; i < whole.edits.list.count; i++) {
        const Edit *edit = &whole.edits.list.items[i];
        if (i % STEP != 0 && tried[edit->cause.kind]) continue;
        tried[edit->cause.kind] = true;
        vec_clear(&fixture.run.taken_back);
        vec_add(&fixture.run.taken_back,
                ((TakenBack){.decision = edit->cause, .fault = DIAGNOSTIC_E506, .what = STR("x")}));
        plan_again(&fixture);
        assert_left_alone(&fixture, edit);
        assert_int_equal(fixture.run.solution.taken_back.count, 1);
    }
    for (int kind = DECISION_SINK; kind <= DECISION_IMPORTS; kind++)
        assert_true(tried[kind] || kind == DECISION_CLASS); // no constructor is written there
    plan_release(&whole);
    close_fixture(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_rest_passes_without_any_decision)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
