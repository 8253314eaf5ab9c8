// Journals: what is written comes back, what was being written when the machine stopped does not
// count, and what is damaged is said to be.
#include "temporary.h"

#include <errno.h>

#include "apply/journal.h"

typedef struct Fixture {
    Temporary *here;
    Store store;
    Journal journal, again;
    Diagnostics diagnostics;
} Fixture;

static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state};
    store_name(&f->store, f->here->path);
    f->store.files.no_sync = true;
    assert_true(store_open(&f->store, STR("weft apply"), &f->diagnostics));
    assert_true(store_make_key(&f->store, &f->diagnostics));
    f->journal = (Journal){.run = 7, .command = STR("weft apply 100% \n a"), .version = STR("1.0")};
    vec_add(&f->journal.families, STR("objects"));
    vec_add(&f->journal.families, STR("rows"));
    vec_add(&f->journal.folders, STR("new dir"));
    vec_add(&f->journal.files, ((JournalFile){.path = STR("a b%41\xff.py"),
                                              .mode = 0751,
                                              .before = blob_id_of(STR("a")),
                                              .after = blob_id_of(STR("b"))}));
    vec_add(&f->journal.files, ((JournalFile){.path = STR("new dir/c.py"),
                                              .mode = 0644,
                                              .is_new = true,
                                              .after = blob_id_of(STR("c"))}));
    assert_true(journal_begin(&f->store, &f->journal, STR("{}")));
}

static bool read_again(Fixture *f) {
    journal_release(&f->again);
    return journal_read(&f->store, 7, &f->again, &f->diagnostics);
}

static void finish(Fixture *f) {
    journal_release(&f->journal);
    journal_release(&f->again);
    store_close(&f->store);
    diagnostics_release(&f->diagnostics);
}

static void comes_back_as_it_was_written(void **state) {
    Fixture f;
    start(&f, state);
    assert_true(read_again(&f));
    assert_int_equal(f.again.state, RUN_BEGUN);
    assert_str(f.again.command, "weft apply 100% \n a");
    assert_str(f.again.version, "1.0");
    assert_int_equal(f.again.families.count, 2);
    assert_str(f.again.families.items[1], "rows");
    assert_int_equal(f.again.folders.count, 1);
    assert_str(f.again.folders.items[0], "new dir");
    assert_int_equal(f.again.files.count, 2);
    assert_str(f.again.files.items[0].path, "a b%41\xff.py");
    assert_int_equal(f.again.files.items[0].mode, 0751);
    assert_true(blob_id_equal(&f.again.files.items[0].before, &f.journal.files.items[0].before));
    assert_true(blob_id_equal(&f.again.files.items[1].after, &f.journal.files.items[1].after));
    assert_true(f.again.files.items[1].is_new);
    finish(&f);
}

static void comes_from_state_to_state(void **state) {
    Fixture f;
    start(&f, state);
    assert_true(journal_advance(&f.store, &f.journal, RUN_COMMITTED));
    assert_true(journal_advance(&f.store, &f.journal, RUN_APPLIED));
    assert_true(read_again(&f));
    assert_int_equal(f.again.state, RUN_APPLIED);
    assert_true(journal_advance(&f.store, &f.again, RUN_UNDOING)); // another process goes on
    vec_add(&f.again.left, STR("x y"));
    assert_true(journal_advance(&f.store, &f.again, RUN_UNDONE));
    assert_true(read_again(&f));
    assert_int_equal(f.again.state, RUN_UNDONE);
    assert_int_equal(f.again.left.count, 1);
    assert_str(f.again.left.items[0], "x y");
    vec_clear(&f.again.left); // what was left is taken back too
    assert_true(journal_advance(&f.store, &f.again, RUN_UNDOING));
    assert_true(journal_advance(&f.store, &f.again, RUN_UNDONE));
    assert_true(read_again(&f));
    assert_int_equal(f.again.left.count, 0);
    finish(&f);
}

static Str journal_bytes(Fixture *f) {
    Str bytes = STR_NONE;
    assert_int_equal(file_read(&f->here->arena,
                               temporary_path(f->here, ".weft/runs/000007/journal"), 0, &bytes,
                               NULL),
                     FILE_OK);
    return bytes;
}

static void set_bytes(Fixture *f, Str bytes) {
    temporary_write(f->here, ".weft/runs/000007/journal", bytes);
}

// Whatever part of the last record was written: the run is in the state before, and goes on from there.
static void forgets_the_record_that_was_being_written(void **state) {
    Fixture f;
    start(&f, state);
    size_t begun = f.journal.length;
    assert_true(journal_advance(&f.store, &f.journal, RUN_COMMITTED));
    Str whole = journal_bytes(&f);
    for (size_t length = begun; length < whole.length; length++) {
        set_bytes(&f, str_slice(whole, 0, length));
        assert_true(read_again(&f));
        assert_int_equal(f.again.state, RUN_BEGUN);
        assert_true(journal_advance(&f.store, &f.again, RUN_COMMITTED));
        assert_true(read_again(&f));
        assert_int_equal(f.again.state, RUN_COMMITTED);
    }
    finish(&f);
}

// A flipped bit anywhere but in the last record, and a lost line anywhere before it.
static void says_when_it_is_damaged(void **state) {
    Fixture f;
    start(&f, state);
    assert_true(journal_advance(&f.store, &f.journal, RUN_COMMITTED));
    Str whole = journal_bytes(&f);
    size_t first = (size_t)str_find(whole, '\n');
    for (size_t at = 0; at < f.journal.length - 100; at += 13) {
        char *copy = arena_alloc(&f.here->arena, whole.length);
        memcpy(copy, whole.data, whole.length);
        copy[at] ^= 4;
        set_bytes(&f, (Str){copy, whole.length});
        assert_false(read_again(&f));
        // What is not even said to be of this format, or does not begin with our key, is not called damaged.
        assert_true(f.again.is_foreign || vec_last(&f.diagnostics.list)->code == DIAGNOSTIC_E607 ||
                    vec_last(&f.diagnostics.list)->code == DIAGNOSTIC_E612);
        assert_true(at < first || !f.again.is_foreign);
    }
    ptrdiff_t line = str_find(whole, '\n');
    set_bytes(&f, str_slice(whole, (size_t)line + 1, whole.length));
    assert_false(read_again(&f));
    set_bytes(&f, str_slice(whole, 0, (size_t)line + 1));
    assert_false(read_again(&f));
    finish(&f);
}

// Another key, none, and one that is recorded anew.
static void is_foreign_without_the_key(void **state) {
    Fixture f;
    start(&f, state);
    vec_add(&f.journal.left, STR("x y"));
    assert_true(journal_advance(&f.store, &f.journal, RUN_UNDONE));
    f.store.key.secret.bytes[0] ^= 1;
    assert_false(read_again(&f));
    assert_true(f.again.is_foreign);
    assert_int_equal(f.again.state, RUN_UNDONE);
    assert_true(journal_record_anew(&f.store, &f.again));
    assert_true(read_again(&f));
    assert_false(f.again.is_foreign);
    assert_str(f.again.left.items[0], "x y");
    assert_int_equal(f.again.files.count, 2);
    f.store.key.exists = false;
    assert_false(read_again(&f));
    assert_true(f.again.is_foreign);
    assert_int_equal(f.diagnostics.list.count, 0);
    finish(&f);
}

static void a_run_without_a_journal_never_began(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, ".weft/runs/000009/plan.json", STR("{}"));
    temporary_write(f.here, ".weft/runs/notes/x", STR("mine"));
    Numbers numbers = {0};
    assert_true(store_list_runs(&f.store, &numbers));
    assert_int_equal(numbers.count, 1);
    assert_int_equal(numbers.items[0], 7);
    assert_true(store_sweep_runs(&f.store));
    assert_int_equal(temporary_count(f.here, ".weft/runs"), 2);
    assert_true(store_remove_run(&f.store, 7));
    assert_int_equal(temporary_count(f.here, ".weft/runs"), 1);
    vec_release(&numbers);
    finish(&f);
}

static void only_one_holds_the_lock(void **state) {
    Fixture f;
    start(&f, state);
    Store other;
    Str holder;
    store_name(&other, f.here->path);
    assert_true(store_is_held(&other, &holder));
    assert_false(store_open(&other, STR("weft rollback"), &f.diagnostics));
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E605);
    assert_true(str_find_str(f.diagnostics.list.items[0].note, STR(": weft apply")) > 0);
    store_close(&other);
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(comes_back_as_it_was_written),
        temporary_test(comes_from_state_to_state),
        temporary_test(forgets_the_record_that_was_being_written),
        temporary_test(says_when_it_is_damaged),
        temporary_test(is_foreign_without_the_key),
        temporary_test(a_run_without_a_journal_never_began),
        temporary_test(only_one_holds_the_lock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
