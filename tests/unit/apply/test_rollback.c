// Taking back and finishing: what weft wrote goes, what others wrote stays.
#include "temporary.h"

#include "apply/apply.h"
#include "patch/plan_file.h"

typedef struct Fixture {
    Temporary *here;
    Plan plan;
    Diagnostics diagnostics;
    ApplyReport report;
    ApplyControl control;
    Str root;
} Fixture;

// Applies "two" -> "TWO" in the second line of a.py, and makes new/b.py.
static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state, .control = {.command = STR("weft apply"), .no_sync = true}};
    temporary_write(f->here, "a.py", STR("one\ntwo\nthree\nfour\nfive\n"));
    assert_int_equal(chmod(temporary_path(f->here, "a.py").data, 0751), 0);
    f->root = f->here->path;
    edits_add(&f->plan.edits,
              (Edit){.start = 4, .end = 7, .text = STR("TWO"), .family = STR("rows")});
    vec_add(&f->plan.files, ((PlannedFile){.path = STR("a.py"),
                                           .before = STR("one\ntwo\nthree\nfour\nfive\n"),
                                           .after = STR("one\nTWO\nthree\nfour\nfive\n"),
                                           .mode = 0751,
                                           .edit_count = 1}));
    vec_add(&f->plan.files,
            ((PlannedFile){
                .path = STR("new/b.py"), .after = STR("b\n"), .is_new = true, .mode = 0644}));
    plan_identify(&f->plan);
    StrBuf document = {0};
    PlanMaker maker = {0};
    plan_write(&f->plan, &maker, &document);
    assert_int_equal(apply_plan(f->root, &f->plan, strbuf_str(&document), &f->control, &f->report,
                                &f->diagnostics),
                     APPLY_DONE);
    strbuf_release(&document);
}

static void finish(Fixture *f) {
    plan_release(&f->plan);
    diagnostics_release(&f->diagnostics);
}

static void assert_bytes(Fixture *f, const char *path, const char *expected) {
    Str bytes = STR_NONE;
    assert_int_equal(file_read(&f->here->arena, temporary_path(f->here, path), 0, &bytes, NULL),
                     FILE_OK);
    assert_str(bytes, expected);
}

static ApplyResult rollback_how(Fixture *f, uint32_t run, UndoHow how) {
    diagnostics_release(&f->diagnostics);
    f->diagnostics = (Diagnostics){0};
    return apply_rollback(f->root, run, &how, &f->control, &f->report, &f->diagnostics);
}

static ApplyResult rollback(Fixture *f, uint32_t run, bool merge) {
    return rollback_how(f, run, (UndoHow){.merge = merge, .partial = true});
}

static void restores_bytes_modes_and_folders(void **state) {
    Fixture f;
    start(&f, state);
    assert_bytes(&f, "a.py", "one\nTWO\nthree\nfour\nfive\n");
    assert_int_equal(chmod(temporary_path(f.here, "a.py").data, 0600), 0);
    assert_int_equal(rollback(&f, 0, false), APPLY_DONE);
    assert_int_equal(f.report.written, 2);
    assert_bytes(&f, "a.py", "one\ntwo\nthree\nfour\nfive\n");
    struct stat status;
    assert_int_equal(stat(temporary_path(f.here, "a.py").data, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0751);
    assert_int_equal(temporary_count(f.here, ""), 2); // a.py and .weft
    assert_int_equal(rollback(&f, 1, false), APPLY_NOTHING);
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E608);
    finish(&f);
}

static void leaves_what_others_changed(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "a.py", STR("one\nTWO and me\nthree\nfour\nfive\n"));
    temporary_write(f.here, "new/mine.py", STR("mine\n"));
    assert_int_equal(rollback(&f, 0, false), APPLY_PARTLY);
    assert_int_equal(f.report.left, 1);
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E609);
    assert_bytes(&f, "a.py", "one\nTWO and me\nthree\nfour\nfive\n");
    assert_int_equal(temporary_count(f.here, "new"), 1); // b.py is gone, mine.py is not
    // A merge cannot tell what to do with that line either.
    assert_int_equal(rollback(&f, 1, true), APPLY_PARTLY);
    assert_bytes(&f, "a.py", "one\nTWO and me\nthree\nfour\nfive\n");
    // When the line is weft's again, the rest of the run can be taken back.
    temporary_write(f.here, "a.py", STR("one\nTWO\nthree\nfour\nfive\n"));
    assert_int_equal(rollback(&f, 1, false), APPLY_DONE);
    assert_bytes(&f, "a.py", "one\ntwo\nthree\nfour\nfive\n");
    finish(&f);
}

static void all_or_none_without_partial(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "a.py", STR("one\nTWO and me\nthree\nfour\nfive\n"));
    assert_int_equal(rollback_how(&f, 0, (UndoHow){.merge = true}), APPLY_REFUSED);
    assert_int_equal(f.report.left, 1);
    assert_false(f.report.undone);
    assert_bytes(&f, "new/b.py", "b\n");
    assert_int_equal(rollback_how(&f, 0, (UndoHow){.partial = true}), APPLY_PARTLY);
    assert_int_equal(temporary_count(f.here, ""), 2); // a.py and .weft
    finish(&f);
}

// Counts the files that stay, and those that go.
typedef struct Told {
    uint32_t stay, go;
} Told;

static void tell_file(void *context, Str path, Str now, Str after) {
    Told *told = context;
    (void)path;
    told->stay += str_equal(now, after);
    told->go += after.data == NULL;
}

static void a_dry_run_says_what_would_be(void **state) {
    Fixture f;
    start(&f, state);
    Told told = {0};
    UndoHow how = {.dry_run = true, .file = tell_file, .context = &told};
    assert_int_equal(rollback_how(&f, 0, how), APPLY_DONE);
    assert_int_equal(f.report.written, 2);
    assert_int_equal(told.go, 1);
    assert_bytes(&f, "a.py", "one\nTWO\nthree\nfour\nfive\n");
    assert_bytes(&f, "new/b.py", "b\n");
    temporary_write(f.here, "a.py", STR("mine\n"));
    assert_int_equal(rollback_how(&f, 0, how), APPLY_REFUSED);
    how.partial = true;
    assert_int_equal(rollback_how(&f, 0, how), APPLY_PARTLY);
    assert_int_equal(told.stay, 2);
    assert_bytes(&f, "new/b.py", "b\n");
    assert_int_equal(rollback_how(&f, 0, (UndoHow){.partial = true}), APPLY_PARTLY);
    finish(&f);
}

static void merges_lines_beside(void **state) {
    static const char *const CASES[][2] = {
        {"zero\none\nTWO\nthree and me\nfour\nfive\n", "zero\none\ntwo\nthree and me\nfour\nfive\n"},
        {"one and me\nTWO\nfour\nfive\n", "one and me\ntwo\nfour\nfive\n"},
        {"one\nmine\nTWO\nthree\nfour\nfive", "one\nmine\ntwo\nthree\nfour\nfive"},
        {"TWO\nmine\nthree\nfour\nfive\nsix\n", "two\nmine\nthree\nfour\nfive\nsix\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        start(&f, state);
        temporary_write(f.here, "a.py", str_from(CASES[i][0]));
        assert_int_equal(rollback_how(&f, 0, (UndoHow){.merge = true}), APPLY_DONE);
        assert_bytes(&f, "a.py", CASES[i][1]);
        finish(&f);
    }
}

static void merges_what_others_changed_elsewhere(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "a.py", STR("one\nTWO\nthree\nfour\nfive and me\n"));
    assert_int_equal(chmod(temporary_path(f.here, "a.py").data, 0700), 0);
    assert_int_equal(rollback(&f, 0, true), APPLY_DONE);
    assert_int_equal(f.report.merged, 1);
    assert_bytes(&f, "a.py", "one\ntwo\nthree\nfour\nfive and me\n");
    struct stat status;
    assert_int_equal(stat(temporary_path(f.here, "a.py").data, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    finish(&f);
}

static void touches_nothing_when_old_bytes_are_damaged(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, ".weft/objects/000001", STR("something else"));
    assert_int_equal(rollback(&f, 0, false), APPLY_REFUSED);
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E607);
    assert_bytes(&f, "a.py", "one\nTWO\nthree\nfour\nfive\n");
    assert_bytes(&f, "new/b.py", "b\n");
    finish(&f);
}

static void never_follows_a_link_that_came_since(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "elsewhere/b.py", STR("b\n")); // even with the bytes that weft wrote
    assert_int_equal(unlink(temporary_path(f.here, "new/b.py").data), 0);
    assert_int_equal(rmdir(temporary_path(f.here, "new").data), 0);
    assert_int_equal(symlink("elsewhere", temporary_path(f.here, "new").data), 0);
    assert_int_equal(rollback(&f, 0, false), APPLY_PARTLY);
    assert_bytes(&f, "elsewhere/b.py", "b\n");
    finish(&f);
}

// Cuts the journal after its last line but one: as if the machine had stopped before.
static void forget_last_record(Fixture *f) {
    Str bytes = STR_NONE;
    Str path = temporary_path(f->here, ".weft/runs/000001/journal");
    assert_int_equal(file_read(&f->here->arena, path, 0, &bytes, NULL), FILE_OK);
    Str body = str_slice(bytes, 0, bytes.length - 1);
    size_t end = (size_t)str_find_last(body, '\n') + 1;
    temporary_write(f->here, ".weft/runs/000001/journal", str_slice(bytes, 0, end));
}

static void an_interrupted_run_stands_in_the_way(void **state) {
    Fixture f;
    start(&f, state);
    forget_last_record(&f);
    temporary_write(f.here, "a.py", STR("one\ntwo\nthree\nfour\nfive\n"));
    assert_int_equal(apply_plan(f.root, &f.plan, STR("{}"), &f.control, &f.report, &f.diagnostics),
                     APPLY_INTERRUPTED);
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E606);
    assert_int_equal(apply_resume(f.root, &f.control, &f.report, &f.diagnostics), APPLY_DONE);
    assert_bytes(&f, "a.py", "one\nTWO\nthree\nfour\nfive\n");
    assert_int_equal(apply_resume(f.root, &f.control, &f.report, &f.diagnostics), APPLY_NOTHING);
    finish(&f);
}

static void a_resume_stops_at_what_others_changed(void **state) {
    Fixture f;
    start(&f, state);
    forget_last_record(&f);
    temporary_write(f.here, "a.py", STR("mine\n"));
    assert_int_equal(apply_resume(f.root, &f.control, &f.report, &f.diagnostics),
                     APPLY_INTERRUPTED);
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E602);
    assert_int_equal(rollback(&f, 0, false), APPLY_PARTLY);
    assert_bytes(&f, "a.py", "mine\n");
    finish(&f);
}

static void a_tree_without_runs_stays_without_a_folder(void **state) {
    Temporary *here = *state;
    Diagnostics diagnostics = {0};
    ApplyControl control = {0};
    ApplyReport report;
    assert_int_equal(apply_rollback(here->path, 0, &(UndoHow){0}, &control, &report, &diagnostics),
                     APPLY_NOTHING);
    assert_int_equal(apply_resume(here->path, &control, &report, &diagnostics), APPLY_NOTHING);
    assert_int_equal(temporary_count(here, ""), 0);
    diagnostics_release(&diagnostics);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(restores_bytes_modes_and_folders),
        temporary_test(leaves_what_others_changed),
        temporary_test(all_or_none_without_partial),
        temporary_test(a_dry_run_says_what_would_be),
        temporary_test(merges_lines_beside),
        temporary_test(merges_what_others_changed_elsewhere),
        temporary_test(touches_nothing_when_old_bytes_are_damaged),
        temporary_test(never_follows_a_link_that_came_since),
        temporary_test(an_interrupted_run_stands_in_the_way),
        temporary_test(a_resume_stops_at_what_others_changed),
        temporary_test(a_tree_without_runs_stays_without_a_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
