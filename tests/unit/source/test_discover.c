// Discovery on real folders: ignore rules, links, skipped folders, globs, named paths.
#include "testing.h"

#include "base/path.h"

#include <git2.h>
#include "source/discover.h"
#include "source/git_library.h"
#include "temporary.h"

static bool is_python(Str path) {
    Str extension = path_extension(path_basename(path));
    return str_is(extension, "py") || str_is(extension, "pyi");
}

static void touch(Temporary *here, const char *path) { temporary_write(here, path, STR("")); }

static void make_link(Temporary *here, const char *path, const char *target) {
    assert_int_equal(symlink(target, temporary_path(here, path).data), 0);
}

// Compares what is found below ROOT (in the folder) with EXPECTED, joined by blanks.
static void check_below(Temporary *here, const char *root, const SourceOptions *options,
                        const char *expected) {
    Diagnostics diagnostics = {0};
    Arena arena = {0};
    PathList paths = {0}, left_out = {0};
    StrBuf found = {0};
    Str real = root[0] ? temporary_path(here, root) : here->path;
    assert_true(discover(options, real, &arena, &paths, &left_out, &diagnostics));
    for (uint32_t i = 0; i < paths.count; i++) {
        if (i) strbuf_add_char(&found, ' ');
        strbuf_add(&found, paths.items[i]);
    }
    assert_int_equal(diagnostics.list.count, 0);
    assert_str(strbuf_str(&found), expected);
    strbuf_release(&found);
    vec_release(&paths);
    vec_release(&left_out);
    arena_release(&arena);
    diagnostics_release(&diagnostics);
}

static void check_all(Temporary *here, const char *expected) {
    SourceOptions options = {.accepts = is_python};
    check_below(here, "", &options, expected);
}

static void python_files_in_order(void **state) {
    Temporary *here = *state;
    touch(here, "b.py");
    touch(here, "a.pyi");
    touch(here, "a/z.py");
    touch(here, "a-b/z.py");
    touch(here, "a.txt");
    touch(here, "py");
    touch(here, ".py");
    touch(here, ".hidden/x.py");
    touch(here, "名/文 件.py");
    check_all(here, ".hidden/x.py a-b/z.py a.pyi a/z.py b.py 名/文 件.py");
}

static void skipped_folders_and_kinds(void **state) {
    Temporary *here = *state;
    touch(here, "a.py");
    touch(here, "__pycache__/x.py");
    touch(here, "node_modules/x.py");
    touch(here, ".git/x.py");
    touch(here, ".weft/x.py");
    touch(here, "venv/pyvenv.cfg");
    touch(here, "venv/lib/x.py");
    touch(here, "folder.py/inside.py");
    assert_int_equal(mkfifo(temporary_path(here, "fifo.py").data, 0600), 0);
    check_all(here, "a.py folder.py/inside.py");
}

static void links(void **state) {
    Temporary *here = *state;
    touch(here, "root/real.py");
    touch(here, "root/pkg/x.py");
    touch(here, "root/script");
    touch(here, "root/venv/pyvenv.cfg");
    touch(here, "root/venv/lib/y.py");
    touch(here, "outside/o.py");
    make_link(here, "root/again.py", "real.py");
    make_link(here, "root/tool.py", "script");
    make_link(here, "root/pkg/loop", "..");
    make_link(here, "root/out", "../outside");
    make_link(here, "root/out.py", "../outside/o.py");
    make_link(here, "root/y.py", "venv/lib/y.py");
    make_link(here, "root/gone.py", "nowhere");
    make_link(here, "root/.#lock.py", "user@host.1234");
    SourceOptions options = {.accepts = is_python};
    check_below(here, "root", &options, "gone.py pkg/x.py real.py script");
    // A link to a folder that is otherwise not asked for.
    touch(here, "root/other/o.py");
    make_link(here, "root/pkg/other", "../other");
    unlink(temporary_path(here, "root/pkg/loop").data);
    vec_add(&options.paths, STR("pkg"));
    check_below(here, "root", &options, "other/o.py pkg/x.py");
    vec_release(&options.paths);
}

static void write_ignore_rules(Temporary *here) {
    touch(here, "a.py");
    touch(here, "skip.py");
    touch(here, "out/x.py");
    touch(here, "sub/keep.py");
    touch(here, "sub/drop.py");
    touch(here, "sub/skip.py");
    touch(here, "sub/deep/local.py");
    touch(here, "sub/again/skip.py");
    temporary_write(here, ".gitignore", STR("skip.py\nout/\n"));
    temporary_write(here, "sub/.gitignore", STR("drop.py\n!skip.py\n/deep/l*.py\n"));
    temporary_write(here, "sub/again/.gitignore", STR("s*.py\n"));
}

static void gitignore_without_a_repository(void **state) {
    Temporary *here = *state;
    write_ignore_rules(here);
    check_all(here, "a.py sub/keep.py sub/skip.py");
    assert_int_equal(temporary_count(here, "."), 5); // nothing was made there
}

static git_repository *make_repository(Temporary *here) {
    git_library_start();
    git_repository *repository = NULL;
    assert_int_equal(git_repository_init(&repository, here->path.data, 0), 0);
    return repository;
}

static void gitignore_with_a_repository(void **state) {
    Temporary *here = *state;
    git_repository_free(make_repository(here));
    write_ignore_rules(here);
    temporary_write(here, ".git/info/exclude", STR("keep.py\n"));
    check_all(here, "a.py sub/skip.py");
    SourceOptions options = {.accepts = is_python};
    check_below(here, "sub", &options, "skip.py"); // rules of the folders above hold
}

static void tracked_files_are_not_ignored(void **state) {
    Temporary *here = *state;
    git_repository *repository = make_repository(here);
    write_ignore_rules(here);
    git_index *index;
    assert_int_equal(git_repository_index(&index, repository), 0);
    assert_int_equal(git_index_add_bypath(index, "out/x.py"), 0);
    assert_int_equal(git_index_write(index), 0);
    git_index_free(index);
    git_repository_free(repository);
    touch(here, "out/untracked.py");
    check_all(here, "a.py out/x.py sub/keep.py sub/skip.py");
}

static void a_root_that_is_ignored_itself(void **state) {
    Temporary *here = *state;
    git_repository_free(make_repository(here));
    temporary_write(here, ".gitignore", STR("build/\n"));
    touch(here, "build/tree/a.py");
    touch(here, "build/tree/b.py");
    temporary_write(here, "build/tree/.gitignore", STR("b.py\n"));
    SourceOptions options = {.accepts = is_python};
    check_below(here, "build/tree", &options, "a.py");
}

// As git has it: which of the files below are left with these rules.
static void rules_as_git_reads_them(void **state) {
    Temporary *here = *state;
    touch(here, "a b.py");
    touch(here, "#c.py");
    touch(here, "d/e.py");
    touch(here, "d/f/e.py");
    touch(here, "g/h.py");
    touch(here, "i/j/k.py");
    temporary_write(here, ".gitignore", STR("\xef\xbb\xbf# a comment\n\\#c.py\r\na b.py  \n/*/e.py\ng/*\n!g/h.py\ni/\n!i/j/k.py\n"));
    check_all(here, "d/f/e.py g/h.py");
}

static void many_stars_end(void **state) {
    Temporary *here = *state;
    touch(here, "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/b.py");
    temporary_write(here, ".gitignore", STR("**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/c\n*a*a*a*a*a*a*a*a*a*a*a*c\n"));
    check_all(here, "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/b.py");
}

static void globs_select(void **state) {
    Temporary *here = *state;
    touch(here, "src/a.py");
    touch(here, "src/tests/t.py");
    touch(here, "bot.py");
    SourceOptions options = {.accepts = is_python};
    vec_add(&options.include, STR("src"));
    check_below(here, "", &options, "src/a.py src/tests/t.py");
    vec_add(&options.exclude, STR("tests"));
    check_below(here, "", &options, "src/a.py");
    vec_clear(&options.include);
    check_below(here, "", &options, "bot.py src/a.py");
    vec_release(&options.include);
    vec_release(&options.exclude);
}

static void named_paths(void **state) {
    Temporary *here = *state;
    touch(here, "src/a.py");
    touch(here, "src/b.py");
    touch(here, "node_modules/x.py");
    touch(here, "script");
    temporary_write(here, ".gitignore", STR("b.py\n"));
    SourceOptions options = {.accepts = is_python};
    vec_add(&options.paths, STR("src/b.py")); // named, so taken
    vec_add(&options.paths, STR("./node_modules/../src/"));
    vec_add(&options.paths, STR("node_modules"));
    vec_add(&options.paths, STR("script"));
    vec_add(&options.paths, temporary_path(here, "src/a.py"));
    check_below(here, "", &options, "node_modules/x.py script src/a.py src/b.py");
    vec_release(&options.paths);
}

static void named_paths_that_are_wrong(void **state) {
    Temporary *here = *state;
    touch(here, "root/a.py");
    touch(here, "outside.py");
    Diagnostics diagnostics = {0};
    Arena arena = {0};
    PathList paths = {0}, left_out = {0};
    SourceOptions options = {.accepts = is_python};
    vec_add(&options.paths, STR("nothing.py"));
    vec_add(&options.paths, STR("../outside.py"));
    assert_false(discover(&options, temporary_path(here, "root"), &arena, &paths, &left_out, &diagnostics));
    assert_int_equal(diagnostics.list.count, 2);
    assert_int_equal(diagnostics.list.items[0].code, DIAGNOSTIC_E100);
    assert_str(diagnostics.list.items[0].message,
               "cannot use 'nothing.py': No such file or directory");
    assert_str(diagnostics.list.items[1].message,
               "cannot use '../outside.py': it is outside of the root");
    vec_release(&options.paths);
    vec_release(&paths);
    vec_release(&left_out);
    arena_release(&arena);
    diagnostics_release(&diagnostics);
}

static void deep_trees(void **state) {
    Temporary *here = *state;
    StrBuf path = {0};
    for (int i = 0; i < 400; i++) strbuf_add_text(&path, "d/");
    strbuf_add_text(&path, "a.py");
    touch(here, path.data);
    check_all(here, path.data);
    strbuf_release(&path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(python_files_in_order),
        temporary_test(skipped_folders_and_kinds),
        temporary_test(links),
        temporary_test(gitignore_without_a_repository),
        temporary_test(gitignore_with_a_repository),
        temporary_test(rules_as_git_reads_them),
        temporary_test(many_stars_end),
        temporary_test(tracked_files_are_not_ignored),
        temporary_test(a_root_that_is_ignored_itself),
        temporary_test(globs_select),
        temporary_test(named_paths),
        temporary_test(named_paths_that_are_wrong),
        temporary_test(deep_trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
