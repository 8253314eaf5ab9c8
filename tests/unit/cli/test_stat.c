// The numbers of a run: the table is the one of `git diff --stat`, and the sums follow it.
#include "temporary.h"

#include "report/stat.h"

static Str repeat(Arena *arena, const char *line, unsigned count) {
    StrBuf text = {0};
    for (unsigned i = 0; i < count; i++) strbuf_add_text(&text, line);
    Str copy = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}

static void add_change(Plan *plan, const char *path, Str before, Str after) {
    vec_add(
        &plan->files,
        ((PlannedFile){
            .file = {1}, .path = str_from(path), .before = before, .after = after, .mode = 0644}));
}

static void write_files(Temporary *here, const Plan *plan, bool after) {
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *file = &plan->files.items[i];
        Str path = path_join(&here->arena, here->path, file->path);
        assert_true(file_replace(path, after ? file->after : file->before, file->mode));
    }
}

static Str text_of(Arena *arena, const Plan *plan, uint32_t width) {
    DiffRow rows[8];
    const Families families = {{STR("context"), STR("objects")}, 2};
    Stat stat = {.families = &families,
                 .rows = rows,
                 .sinks = 3,
                 .by_outcome = {2, 0, 0, 0, 0, 0, 1},
                 .isolated = 1};
    stat.by_family[1] = 3;
    stat.diff = diff_count(plan, rows);
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    stat_write_text(&stat, plan, width, false, out);
    fclose(out);
    Str text = arena_copy(arena, (Str){bytes, length});
    free(bytes);
    return text;
}

static void assert_git_table(Temporary *here, const Plan *plan, unsigned width) {
    Str expected = STR_NONE;
    const char *command =
        arena_format(&here->arena, "cd '%.*s' && git diff --stat=%u --cached > .git/stat",
                     STR_ARG(here->path), width)
            .data;
    assert_int_equal(system(command), 0);
    assert_int_equal(file_read(&here->arena, temporary_path(here, ".git/stat"), 0, &expected, NULL),
                     FILE_OK);
    Str text = text_of(&here->arena, plan, width);
    assert_str(str_slice(text, 0, expected.length), expected.data);
}

static void table_is_that_of_git(void **state) {
    Temporary *here = *state;
    Plan plan = {0};
    add_change(&plan, "a/very/long/folder/name/that/goes/on/and/on/for/ever/and/a/day/more/file.py",
               STR("x\n"), STR("y\n"));
    add_change(&plan, "big.py", repeat(&here->arena, "x\n", 100), repeat(&here->arena, "y\n", 337));
    add_change(&plan, "less.py", repeat(&here->arena, "x\n", 9), repeat(&here->arena, "y\n", 2));
    add_change(&plan, "one.py", STR(""), STR("y\n"));
    add_change(&plan, "\xe4\xbd\xa0.py", STR("x\n"), STR(""));
    write_files(here, &plan, false);
    Str command = arena_format(&here->arena,
                               "cd '%.*s' && git init -q . && git add -A && git -c user.name=a "
                               "-c user.email=a commit -qm a",
                               STR_ARG(here->path));
    assert_int_equal(system(command.data), 0);
    write_files(here, &plan, true);
    command = arena_format(&here->arena, "cd '%.*s' && git add -A", STR_ARG(here->path));
    assert_int_equal(system(command.data), 0);
    static const unsigned widths[] = {80, 120, 40, 200, 20, 1000};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++)
        assert_git_table(here, &plan, widths[i]);
    vec_release(&plan.files);
}

static void sums_follow_the_table(void **state) {
    Temporary *here = *state;
    Plan plan = {0};
    add_change(&plan, "a.py", STR("x\n"), STR("y\n"));
    Str text = text_of(&here->arena, &plan, 80);
    assert_true(str_starts_with(text, STR(" a.py | 2 +-\n 1 file changed, 1 insertion(+), "
                                          "1 deletion(-)\n\nsinks                     3\n"
                                          "  threaded                2   from a parameter")));
    assert_true(str_find_str(text, STR("  objects                 3\n")) >= 0);
    assert_true(str_find_str(text, STR("isolated                  1")) >= 0);
    vec_release(&plan.files);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(table_is_that_of_git),
        temporary_test(sums_follow_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
