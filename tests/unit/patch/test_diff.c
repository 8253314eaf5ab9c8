// Diffs: what git writes for the same change, and what `git apply` and `patch -p1` make of them.
#include "temporary.h"

#include "patch/diff.h"

static void add_change(Plan *plan, const char *path, Str before, Str after, mode_t mode) {
    vec_add(&plan->files, ((PlannedFile){.file = {1},
                                         .path = str_from(path),
                                         .before = before,
                                         .after = after,
                                         .before_id = blob_id_of(before),
                                         .after_id = blob_id_of(after),
                                         .mode = mode}));
}

static void add_new(Plan *plan, const char *path, Str after) {
    vec_add(&plan->files, ((PlannedFile){.path = str_from(path),
                                         .after = after,
                                         .after_id = blob_id_of(after),
                                         .is_new = true,
                                         .mode = 0644}));
}

static Str diff_of(Arena *arena, const Plan *plan, uint32_t context, DiffLook look) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    assert_non_null(out);
    diff_write(plan, context, look, out);
    fclose(out);
    Str diff = arena_copy(arena, (Str){bytes, length});
    free(bytes);
    return diff;
}

// One file of each kind that ever broke a patch tool.
static void fill_zoo(Plan *plan) {
    add_change(plan, "a b/with space.py", STR("x = 1\n"), STR("x = 2\n"), 0644);
    add_change(plan, "bom.py", STR("\xef\xbb\xbfx = 1\n"), STR("\xef\xbb\xbfy = 0\nx = 1\n"), 0644);
    add_change(plan, "crlf.py", STR("a\r\nb\r\nc\r\n"), STR("a\r\nB\r\nc\r\n"), 0644);
    add_change(plan, "end_gained.py", STR("a\nb"), STR("a\nb\n"), 0644);
    add_change(plan, "end_lost.py", STR("a\nb\n"), STR("a\nb"), 0644);
    add_change(plan, "gbk.py", STR("# coding: gbk\nx = '\xc4\xe3'\n"),
               STR("# coding: gbk\nx = '\xc4\xe3\xc4\xe3'\n"), 0644);
    add_change(plan, "latin.py", STR("# \xe9\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
               STR("# \xe9\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"), 0644);
    add_change(plan, "lone_cr.py", STR("a\rb\r"), STR("a\rc\r"), 0644);
    add_new(plan, "new/empty.py", STR(""));
    add_new(plan, "new/no_end.py", STR("x = 1"));
    add_new(plan, "new/plain.py", STR("x = 1\ny = 2\n"));
    add_change(plan, "no_end.py", STR("a\nb"), STR("A\nb"), 0644);
    add_change(plan, "no_end_both.py", STR("a\nb"), STR("a\nc"), 0644);
    add_change(plan, "program.py", STR("#!/bin/sh\n"), STR("#!/bin/sh\n1\n"), 0755);
    add_change(plan, "tab\t\"quote\".py", STR("a\n"), STR("b\n"), 0644);
    add_change(plan, "was_empty.py", STR(""), STR("a\n"), 0644);
    add_change(plan, "\xe4\xbd\xa0 \xe5\xa5\xbd.py", STR("a\n"), STR("b\n"), 0644);
}

static void write_before(Temporary *here, const Plan *plan) {
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *file = &plan->files.items[i];
        if (file->is_new) continue;
        Str path = path_join(&here->arena, here->path, file->path);
        assert_true(file_replace(path, file->before, file->mode));
    }
}

static void assert_after(Temporary *here, const Plan *plan) {
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *file = &plan->files.items[i];
        Str path = path_join(&here->arena, here->path, file->path), bytes = STR_NONE;
        struct stat status;
        assert_int_equal(file_read(&here->arena, path, 0, &bytes, &status), FILE_OK);
        if (!str_equal(bytes, file->after)) fail_msg("'%.*s' differs", STR_ARG(file->path));
        assert_int_equal(status.st_mode & 0100, file->mode & 0100);
    }
}

static int run_in(Temporary *here, const char *command) {
    return system(arena_format(&here->arena, "cd '%.*s' && %s", STR_ARG(here->path), command).data);
}

static void assert_tool_accepts(Temporary *here, uint32_t context, const char *command) {
    Plan plan = {0};
    fill_zoo(&plan);
    write_before(here, &plan);
    temporary_write(here, "the.diff", diff_of(&here->arena, &plan, context, DIFF_BYTES));
    assert_int_equal(run_in(here, command), 0);
    assert_after(here, &plan);
    vec_release(&plan.files);
}

static void git_apply_accepts_it(void **state) {
    assert_tool_accepts(*state, 3,
                        "git apply --check the.diff && git apply --whitespace=nowarn "
                        "the.diff 2>errors && test ! -s errors");
}

static void git_apply_accepts_it_without_context(void **state) {
    assert_tool_accepts(*state, 0, "git apply --unidiff-zero --whitespace=nowarn the.diff");
}

static void patch_accepts_it(void **state) {
    assert_tool_accepts(*state, 3, "patch --binary -s -p1 < the.diff");
}

static void patch_accepts_it_without_being_told_of_line_ends(void **state) {
    assert_tool_accepts(*state, 3, "patch -s -p1 < the.diff");
}

// git writes the same bytes for the same change.
static void is_what_git_writes(void **state) {
    Temporary *here = *state;
    Plan plan = {0};
    fill_zoo(&plan);
    write_before(here, &plan);
    assert_int_equal(run_in(here, "git init -q . && git config core.autocrlf false && "
                                  "git add -A && git -c user.name=a -c user.email=a commit -qm a"),
                     0);
    for (uint32_t i = 0; i < plan.files.count; i++) {
        const PlannedFile *file = &plan.files.items[i];
        Str path = path_join(&here->arena, here->path, file->path);
        assert_true(file_replace(path, file->after, file->mode));
    }
    assert_int_equal(run_in(here, "git add -A && git -c core.abbrev=7 diff --cached > .git/diff"),
                     0);
    Str expected = STR_NONE;
    assert_int_equal(file_read(&here->arena, temporary_path(here, ".git/diff"), 0, &expected, NULL),
                     FILE_OK);
    Str actual = diff_of(&here->arena, &plan, 3, DIFF_BYTES);
    assert_str(actual, expected.data);
    vec_release(&plan.files);
}

static void colours_lines_and_not_their_ends(void **state) {
    Temporary *here = *state;
    Plan plan = {0};
    add_change(&plan, "a.py", STR("a\r\n"), STR("b\r\n"), 0644);
    Str diff = diff_of(&here->arena, &plan, 3, DIFF_COLORED);
    assert_true(str_find_str(diff, STR("\033[31m-a\033[m\r\n\033[32m+b\033[m\r\n")) >= 0);
    assert_true(str_find_str(diff, STR("\033[36m@@ -1 +1 @@\033[m\n")) >= 0);
    assert_true(str_starts_with(diff, STR("\033[1mdiff --git a/a.py b/a.py\033[m\n")));
    vec_release(&plan.files);
}

static void drives_no_terminal(void **state) {
    Temporary *here = *state;
    Plan plan = {0};
    add_change(&plan, "a.py", STR("\t# \033[31m \xe9\r\r\n1\n"),
               STR("\t# \033[31m \xe9\r\r\n\xe2\x80\xae\xe4\xbd\xa0"), 0644);
    Str diff = diff_of(&here->arena, &plan, 3, DIFF_SHOWN);
    assert_true(str_find_str(diff, STR("\n \t# \\x1b[31m \\xe9\\x0d\r\n-1\n")) >= 0);
    assert_true(str_ends_with(diff, STR("\n+\\u202e\xe4\xbd\xa0\n\\ No newline at end of file\n")));
    assert_true(str_find(diff, '\033') < 0);
    assert_true(str_find(diff_of(&here->arena, &plan, 3, DIFF_BYTES), '\033') >= 0);
    vec_release(&plan.files);
}

static void counts_lines(void **state) {
    (void)state;
    Plan plan = {0};
    fill_zoo(&plan);
    DiffRow rows[32];
    DiffStat stat = diff_count(&plan, rows);
    assert_int_equal(stat.files, plan.files.count);
    assert_int_equal(stat.new_files, 3);
    assert_int_equal(rows[0].insertions, 1);
    assert_int_equal(rows[0].deletions, 1);
    assert_int_equal(rows[10].insertions, 2);
    uint32_t insertions = 0, deletions = 0;
    for (uint32_t i = 0; i < plan.files.count; i++) {
        insertions += rows[i].insertions;
        deletions += rows[i].deletions;
    }
    assert_int_equal(stat.insertions, insertions);
    assert_int_equal(stat.deletions, deletions);
    vec_release(&plan.files);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(git_apply_accepts_it),
        temporary_test(git_apply_accepts_it_without_context),
        temporary_test(patch_accepts_it),
        temporary_test(patch_accepts_it_without_being_told_of_line_ends),
        temporary_test(is_what_git_writes),
        temporary_test(colours_lines_and_not_their_ends),
        temporary_test(drives_no_terminal),
        cmocka_unit_test(counts_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
