// Files with changes that are not committed.
#include "temporary.h"

#include <git2.h>

#include "apply/transaction.h"
#include "source/git_library.h"

typedef struct Fixture {
    Temporary *here;
    git_repository *repository;
    Store store;
    Journal journal;
    Transaction transaction;
    ApplyControl control;
    Diagnostics diagnostics;
} Fixture;

static void commit(Fixture *f, const char *path) {
    git_index *index;
    git_oid tree_id, id;
    git_tree *tree;
    git_signature *author;
    assert_int_equal(git_repository_index(&index, f->repository), 0);
    assert_int_equal(git_index_add_bypath(index, path), 0);
    assert_int_equal(git_index_write(index), 0);
    assert_int_equal(git_index_write_tree(&tree_id, index), 0);
    assert_int_equal(git_tree_lookup(&tree, f->repository, &tree_id), 0);
    assert_int_equal(git_signature_new(&author, "a", "a@b.example", 0, 0), 0);
    assert_int_equal(
        git_commit_create(&id, f->repository, "HEAD", author, author, NULL, "x", tree, 0, NULL), 0);
    git_signature_free(author);
    git_tree_free(tree);
    git_index_free(index);
}

// A repository with work/a.py committed; the root is work.
static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state};
    temporary_write(f->here, "work/a.py", STR("a\n"));
    git_library_start();
    assert_int_equal(git_repository_init(&f->repository, f->here->path.data, 0), 0);
    commit(f, "work/a.py");
    store_name(&f->store, temporary_path(f->here, "work"));
    vec_add(&f->journal.files, ((JournalFile){.path = STR("a.py")}));
    vec_add(&f->journal.files, ((JournalFile){.path = STR("new.py"), .is_new = true}));
    transaction_open(&f->transaction, &f->store, &f->journal, &f->control, &f->diagnostics);
}

static void finish(Fixture *f) {
    transaction_close(&f->transaction);
    journal_release(&f->journal);
    store_close(&f->store);
    diagnostics_release(&f->diagnostics);
    git_repository_free(f->repository);
}

static void assert_dirty(Fixture *f, const char *message) {
    assert_false(transaction_check_committed(&f->transaction));
    assert_int_equal(vec_last(&f->diagnostics.list)->code, DIAGNOSTIC_E604);
    assert_str(vec_last(&f->diagnostics.list)->message, message);
}

static void a_committed_file_is_clean(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "work/other.py", STR("not of the run\n"));
    assert_true(transaction_check_committed(&f.transaction));
    assert_int_equal(f.diagnostics.list.count, 0);
    finish(&f);
}

static void names_what_is_not_committed(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "work/a.py", STR("mine\n"));
    assert_dirty(&f, "'a.py' is not written: it has changes that are not committed");
    temporary_write(f.here, "work/b[1].py", STR("b\n"));
    f.journal.files.items[0].path = STR("b[1].py");
    assert_dirty(&f, "'b[1].py' is not written: git does not know it");
    finish(&f);
}

static void what_the_repository_ignores_is_not_kept_by_it(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, ".gitignore", STR("build/\n"));
    temporary_write(f.here, "build/tree/a.py", STR("a\n"));
    f.store.root = temporary_path(f.here, "build/tree");
    assert_true(transaction_check_committed(&f.transaction));
    finish(&f);
}

static void line_ends_of_a_checkout_are_no_change(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "work/a.py", STR("a\r\n"));
    assert_true(transaction_check_committed(&f.transaction));
    finish(&f);
}

// git and libgit2 would try each star against each place.
static void many_stars_end(void **state) {
    Fixture f;
    start(&f, state);
    Str stars = STR("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b\n");
    temporary_write(f.here, ".gitignore", stars);
    temporary_write(f.here, ".gitattributes", stars);
    StrBuf name = {0};
    strbuf_add_text(&name, "work/");
    strbuf_add_repeat(&name, 'a', 200);
    temporary_write(f.here, name.data, STR("a\n"));
    f.journal.files.items[0].path = str_slice(strbuf_str(&name), 5, name.length);
    assert_false(transaction_check_committed(&f.transaction));
    strbuf_release(&name);
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(a_committed_file_is_clean),
        temporary_test(names_what_is_not_committed),
        temporary_test(what_the_repository_ignores_is_not_kept_by_it),
        temporary_test(line_ends_of_a_checkout_are_no_change),
        temporary_test(many_stars_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
