// A .weft that is not this user's own: what is said of it, and that a yes takes a run over.
#include "temporary.h"

#include "apply/adopt.h"
#include "apply/trust.h"

typedef struct Fixture {
    Temporary *here;
    Store store;
    Diagnostics diagnostics;
} Fixture;

static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state};
    store_name(&f->store, f->here->path);
    f->store.files.no_sync = true;
}

static void finish(Fixture *f) {
    store_close(&f->store);
    diagnostics_release(&f->diagnostics);
}

static void assert_said(Fixture *f, DiagnosticCode code, const char *part) {
    assert_true(f->diagnostics.list.count > 0);
    assert_int_equal(vec_last(&f->diagnostics.list)->code, code);
    assert_true(str_find_str(vec_last(&f->diagnostics.list)->message, str_from(part)) >= 0);
}

static void trusts_what_is_its_own(void **state) {
    Fixture f;
    start(&f, state);
    assert_true(store_check(&f.store, &f.diagnostics)); // there is none
    assert_true(store_open(&f.store, STR("weft apply"), &f.diagnostics));
    assert_true(store_check(&f.store, &f.diagnostics));
    temporary_write(f.here, ".weft/runs/notes/x", STR("mine"));
    assert_true(store_check(&f.store, &f.diagnostics));
    finish(&f);
}

static void no_links_and_nothing_that_others_may_write(void **state) {
    Fixture f;
    start(&f, state);
    assert_true(store_open(&f.store, STR("weft apply"), &f.diagnostics));
    const char *name = temporary_path(f.here, ".weft/runs/000001").data;
    assert_int_equal(symlink("..", name), 0);
    assert_false(store_check(&f.store, &f.diagnostics));
    assert_said(&f, DIAGNOSTIC_E611, "'.weft/runs/000001' is not used: it is a link");
    assert_int_equal(unlink(name), 0);
    assert_int_equal(mkdir(name, 0700), 0);
    assert_int_equal(chmod(name, 0770), 0);
    assert_false(store_check(&f.store, &f.diagnostics));
    assert_said(&f, DIAGNOSTIC_E611, "others may write to it");
    assert_int_equal(chmod(name, 0700), 0);
    assert_true(store_check(&f.store, &f.diagnostics));
    finish(&f);
}

static void a_key_that_others_may_read_is_none(void **state) {
    Fixture f;
    start(&f, state);
    assert_true(store_make_key(&f.store, &f.diagnostics));
    Str key = path_join(&f.here->arena, f.here->state, STR("weft/key"));
    assert_int_equal(chmod(key.data, 0640), 0);
    f.store.key_is_known = false;
    assert_null(store_key(&f.store, &f.diagnostics));
    assert_said(&f, DIAGNOSTIC_E613, "others may read or write it");
    finish(&f);
}

// ---- adoption ------------------------------------------------------------------------------------

static const char PLAN[] =
    "{\"schema_version\": 1, \"made_by\": {\"weft\": \"0\", \"tree-sitter\": \"0\", "
    "\"tree-sitter-python\": \"0\", \"packs\": \"\", \"rules\": []}, \"types\": [], \"files\": "
    "[{\"path\": \"new/a.py\", \"action\": \"create\", \"mode\": \"100644\", \"result\": "
    "\"78981922613b2afb6025042ff6bd878ac1994e85\", \"text\": \"a\\n\"}]}";

// A run with another key, that makes PATH.
static void record_foreign(Fixture *f, const char *path) {
    Journal journal = {.run = 1, .command = STR("weft apply"), .version = STR("1")};
    vec_add(&journal.folders, STR("new"));
    vec_add(&journal.files, ((JournalFile){.path = str_from(path),
                                           .mode = 0777,
                                           .is_new = true,
                                           .after = blob_id_of(STR("a\n"))}));
    assert_true(store_open(&f->store, STR("weft apply"), &f->diagnostics));
    assert_true(store_make_key(&f->store, &f->diagnostics));
    f->store.key.secret.bytes[0] ^= 1;
    assert_true(journal_begin(&f->store, &journal, str_from(PLAN)));
    f->store.key.secret.bytes[0] ^= 1;
    journal_release(&journal);
}

static bool answer(void *context, const Journal *runs, uint32_t count) {
    assert_int_equal(count, 1);
    assert_str(runs[0].files.items[0].path, "new/a.py");
    return *(bool *)context;
}

static void a_foreign_run_needs_a_yes(void **state) {
    Fixture f;
    History history;
    bool yes = false;
    ApplyControl control = {.adopt = answer, .adopt_context = &yes};
    start(&f, state);
    record_foreign(&f, "new/a.py");
    assert_true(history_read(&f.store, &history, &f.diagnostics));
    assert_int_equal(history.runs.count, 0);
    assert_int_equal(history.foreign.count, 1);
    assert_false(adopt_refuse(&history, &f.diagnostics));
    assert_said(&f, DIAGNOSTIC_E610, "run 1 was not recorded by your weft");
    assert_false(adopt_runs(&f.store, &history, &control, &f.diagnostics));
    yes = true;
    assert_true(adopt_runs(&f.store, &history, &control, &f.diagnostics));
    history_release(&history);
    assert_true(history_read(&f.store, &history, &f.diagnostics));
    assert_int_equal(history.foreign.count, 0);
    // The mode that the plan gives, not the one that the journal claimed.
    assert_int_equal(history.runs.items[0].files.items[0].mode, 0644);
    history_release(&history);
    finish(&f);
}

static void a_run_that_is_not_its_plan_is_not_taken_over(void **state) {
    Fixture f;
    History history;
    bool yes = true;
    ApplyControl control = {.adopt = answer, .adopt_context = &yes};
    start(&f, state);
    record_foreign(&f, "new/b.py");
    assert_true(history_read(&f.store, &history, &f.diagnostics));
    assert_false(adopt_runs(&f.store, &history, &control, &f.diagnostics));
    assert_said(&f, DIAGNOSTIC_E607, "does not fit its journal at 'new/b.py'");
    history_release(&history);
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(trusts_what_is_its_own),
        temporary_test(no_links_and_nothing_that_others_may_write),
        temporary_test(a_key_that_others_may_read_is_none),
        temporary_test(a_foreign_run_needs_a_yes),
        temporary_test(a_run_that_is_not_its_plan_is_not_taken_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
