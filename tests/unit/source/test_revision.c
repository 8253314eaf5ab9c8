// revision_open on a real repository: a commit becomes a folder, and the repository stays as it is.
#include "testing.h"

#include <git2.h>
#include "source/git_library.h"
#include "source/revision.h"
#include "temporary.h"

// Commits what is in the folder.
static void commit(git_repository *repository, const char *message) {
    git_index *index = NULL;
    git_oid tree_id, id, parent_id;
    git_tree *tree = NULL;
    git_signature *who = NULL;
    git_commit *parent = NULL;
    char all[] = "*";
    char *patterns[] = {all};
    git_strarray paths = {patterns, 1};
    assert_int_equal(git_repository_index(&index, repository), 0);
    assert_int_equal(git_index_add_all(index, &paths, 0, NULL, NULL), 0);
    assert_int_equal(git_index_write(index), 0);
    assert_int_equal(git_index_write_tree(&tree_id, index), 0);
    assert_int_equal(git_tree_lookup(&tree, repository, &tree_id), 0);
    assert_int_equal(git_signature_new(&who, "a", "a@example.org", 1, 0), 0);
    bool first = git_reference_name_to_id(&parent_id, repository, "HEAD") != 0;
    if (!first) assert_int_equal(git_commit_lookup(&parent, repository, &parent_id), 0);
    const git_commit *parents[] = {parent};
    assert_int_equal(git_commit_create(&id, repository, "HEAD", who, who, NULL, message, tree,
                                       first ? 0 : 1, parents),
                     0);
    git_commit_free(parent);
    git_signature_free(who);
    git_tree_free(tree);
    git_index_free(index);
}

static git_repository *open_repository(Temporary *here) {
    git_repository *repository = NULL;
    git_library_start();
    assert_int_equal(git_repository_init(&repository, here->path.data, 0), 0);
    temporary_write(here, "a.py", STR("old\n"));
    temporary_write(here, "sub/b.py", STR("b\n"));
    commit(repository, "one");
    temporary_write(here, "a.py", STR("new\n"));
    commit(repository, "two");
    temporary_write(here, "a.py", STR("not committed\n"));
    return repository;
}

static void check_file(const Revision *revision, const char *path, const char *expected) {
    Arena arena = {0};
    Str bytes = STR_NONE;
    assert_int_equal(
        file_read(&arena, path_join(&arena, revision->root, str_from(path)), 0, &bytes, NULL),
        FILE_OK);
    assert_str(bytes, expected);
    arena_release(&arena);
}

static void a_commit_is_a_folder(void **state) {
    Temporary *here = *state;
    Diagnostics diagnostics = {0};
    Revision revision;
    git_repository_free(open_repository(here));

    assert_true(revision_open(here->path, STR("HEAD"), &revision, &diagnostics));
    check_file(&revision, "a.py", "new\n");
    check_file(&revision, "sub/b.py", "b\n");
    Arena arena = {0};
    Str temporary = arena_copy(&arena, revision.temporary);
    revision_close(&revision);
    assert_int_not_equal(access(temporary.data, F_OK), 0);
    arena_release(&arena);

    assert_true(revision_open(temporary_path(here, "sub"), STR("HEAD~1"), &revision, &diagnostics));
    check_file(&revision, "b.py", "b\n");
    check_file(&revision, "../a.py", "old\n");
    revision_close(&revision);
    assert_int_equal(diagnostics.list.count, 0);
    diagnostics_release(&diagnostics);
}

static void the_repository_stays_as_it_is(void **state) {
    Temporary *here = *state;
    Diagnostics diagnostics = {0};
    Revision revision;
    git_repository *repository = open_repository(here);
    unsigned before = 0, after = 0;
    assert_int_equal(git_status_file(&before, repository, "a.py"), 0);
    assert_true(revision_open(here->path, STR("HEAD~1"), &revision, &diagnostics));
    assert_int_equal(git_status_file(&after, repository, "a.py"), 0);
    assert_int_equal(before, GIT_STATUS_WT_MODIFIED);
    assert_int_equal(after, before);
    revision_close(&revision);
    git_repository_free(repository);
}

static void check_refused(Str folder, const char *name, const char *message) {
    Diagnostics diagnostics = {0};
    Revision revision;
    assert_false(revision_open(folder, str_from(name), &revision, &diagnostics));
    assert_int_equal(diagnostics.list.count, 1);
    assert_int_equal(diagnostics.list.items[0].code, DIAGNOSTIC_E808);
    assert_str(diagnostics.list.items[0].message, message);
    revision_close(&revision);
    diagnostics_release(&diagnostics);
}

static void what_is_no_commit_is_refused(void **state) {
    Temporary *here = *state;
    git_repository_free(open_repository(here));
    check_refused(here->path, "nowhere",
                  "cannot read the commit 'nowhere': revspec 'nowhere' not found");
    temporary_write(here, "later/c.py", STR("c\n"));
    check_refused(temporary_path(here, "later"), "HEAD",
                  "cannot read the commit 'HEAD': the folder is not in it");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(a_commit_is_a_folder),
        temporary_test(the_repository_stays_as_it_is),
        temporary_test(what_is_no_commit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
