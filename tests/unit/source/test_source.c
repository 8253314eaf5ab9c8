// Loading a tree: states, diagnostics, order, threads; and trees built in memory.
#include "testing.h"

#include "base/path.h"

#include "source/source.h"
#include "temporary.h"

static bool is_python(Str path) {
    Str extension = path_extension(path_basename(path));
    return str_is(extension, "py") || str_is(extension, "pyi");
}

static const SourceFile *file_named(const Sources *sources, const char *path) {
    FileId id = sources_find(sources, str_from(path));
    assert_true(id.index > 0);
    return source_file(sources, id);
}

static void states_and_diagnostics(void **state) {
    Temporary *here = *state;
    temporary_write(here, "bom.py", STR("\xEF\xBB\xBFx = 1\r\n"));
    temporary_write(here, "bytes.py", STR("x = 1\ny = '\xFF'\n"));
    temporary_write(here, "empty.py", STR(""));
    temporary_write(here, "gbk.py", STR("# coding: gbk\nx = '\xD6\xD0'"));
    temporary_write(here, "large.py", STR("x = 1234567890123456789012345678901234567890\n"));
    temporary_write(here, "nul.py", (Str){"a\n\0\n", 4});
    temporary_write(here, "utf16.py",
                    (Str){"\xFF\xFE"
                          "a\0",
                          4});
    assert_int_equal(symlink("nowhere", temporary_path(here, "gone.py").data), 0);
    assert_int_equal(chmod(temporary_path(here, "gbk.py").data, 0755), 0);

    Sources sources;
    Diagnostics diagnostics = {0};
    SourceOptions options = {.accepts = is_python, .root = here->path, .size_limit = 40, .threads = 2};
    assert_true(sources_load(&options, &sources, &diagnostics));
    assert_true(str_equal(sources.root, here->path));
    assert_int_equal(sources.files.count, 9);

    const SourceFile *file = file_named(&sources, "bom.py");
    assert_int_equal(file->state, SOURCE_READ);
    assert_true(file->encoding.has_bom);
    assert_str(file->text, "x = 1\r\n");
    assert_int_equal(file->raw.length, 10);
    assert_str(file->newline, "\r\n");
    file = file_named(&sources, "gbk.py");
    assert_str(file->text, "# coding: gbk\nx = '中'");
    assert_int_equal(file->mode & 07777, 0755);
    assert_non_null(file_named(&sources, "empty.py")->text.data);
    assert_int_equal(file_named(&sources, "large.py")->state, SOURCE_TOO_LARGE);
    assert_int_equal(file_named(&sources, "gone.py")->state, SOURCE_UNREADABLE);
    assert_int_equal(file_named(&sources, "nul.py")->state, SOURCE_UNDECODABLE);
    assert_null(file_named(&sources, "nul.py")->text.data);

    const char *const expected[] = {
        "cannot decode 'bytes.py': byte 0xff at offset 11 (line 2) is not valid UTF-8",
        "cannot read 'gone.py': No such file or directory",
        "skipped 'large.py': over 40 bytes",
        "cannot decode 'nul.py': it has a NUL byte in line 2, which Python does not accept",
        "cannot decode 'utf16.py': it looks like UTF-16, which no Python source can be written in",
    };
    assert_int_equal(diagnostics.list.count, 5);
    for (size_t i = 0; i < 5; i++) assert_str(diagnostics.list.items[i].message, expected[i]);
    assert_int_equal(diagnostics.error_count, 4);
    assert_int_equal(diagnostics.unreadable_count, 4);
    diagnostics_release(&diagnostics);
    sources_release(&sources);
}

static void roots_that_are_wrong(void **state) {
    Temporary *here = *state;
    Sources sources;
    Diagnostics diagnostics = {0};
    temporary_write(here, "file", STR(""));
    SourceOptions options = {.accepts = is_python, .root = temporary_path(here, "file")};
    assert_false(sources_load(&options, &sources, &diagnostics));
    assert_int_equal(diagnostics.list.items[0].code, DIAGNOSTIC_E100);
    sources_release(&sources);
    options.root = temporary_path(here, "missing");
    assert_false(sources_load(&options, &sources, &diagnostics));
    assert_int_equal(diagnostics.list.count, 2);
    sources_release(&sources);
    diagnostics_release(&diagnostics);
}

static void an_empty_root_means_here(void **state) {
    Temporary *here = *state;
    char old[4096];
    temporary_write(here, "a.py", STR("x"));
    assert_non_null(getcwd(old, sizeof old));
    assert_int_equal(chdir(here->path.data), 0);
    Sources sources;
    Diagnostics diagnostics = {0};
    SourceOptions options = {.accepts = is_python};
    assert_true(sources_load(&options, &sources, &diagnostics));
    assert_int_equal(chdir(old), 0);
    assert_true(str_equal(sources.root, here->path));
    assert_str(file_named(&sources, "a.py")->text, "x");
    sources_release(&sources);
    diagnostics_release(&diagnostics);
}

static void threads_make_no_difference(void **state) {
    Temporary *here = *state;
    char path[32], text[64];
    for (int i = 0; i < 300; i++) {
        snprintf(path, sizeof path, "p%d/m%d.py", i % 7, i);
        snprintf(text, sizeof text, i % 11 ? "x = %d\n" : "# coding: gbk\nx = '\xD6\xD0%d'\n", i);
        temporary_write(here, path, i % 13 ? str_from(text) : STR("\xFF"));
    }
    Sources one, many;
    Diagnostics one_diagnostics = {0}, many_diagnostics = {0};
    SourceOptions options = {.accepts = is_python, .root = here->path, .threads = 1};
    assert_true(sources_load(&options, &one, &one_diagnostics));
    options.threads = 8;
    assert_true(sources_load(&options, &many, &many_diagnostics));
    assert_int_equal(one.files.count, 301);
    assert_int_equal(many.files.count, 301);
    for (uint32_t i = 1; i < 301; i++) {
        const SourceFile *a = &one.files.items[i], *b = &many.files.items[i];
        assert_true(str_equal(a->path, b->path));
        assert_true(str_equal(a->text, b->text));
        assert_int_equal(a->state, b->state);
        assert_int_equal(sources_find(&many, a->path).index, i);
    }
    assert_int_equal(one_diagnostics.list.count, many_diagnostics.list.count);
    diagnostics_release(&one_diagnostics);
    diagnostics_release(&many_diagnostics);
    sources_release(&one);
    sources_release(&many);
}

static void trees_in_memory(void **state) {
    (void)state;
    Sources sources = {0};
    Diagnostics diagnostics = {0};
    assert_int_equal(sources_find(&sources, STR("a.py")).index, 0);
    FileId b = sources_add_memory(&sources, STR("b.py"), STR("b"), &diagnostics);
    FileId rule = sources_add_auxiliary(&sources, STR("rule.yml"), STR("a: \xFF\n"));
    FileId a = sources_add_memory(&sources, STR("a.py"), STR("a"), &diagnostics);
    FileId bad = sources_add_memory(&sources, STR("c.py"), STR("\xFF"), &diagnostics);
    assert_int_equal(b.index, 1);
    assert_int_equal(sources_find(&sources, STR("a.py")).index, a.index);
    assert_int_equal(sources_find(&sources, STR("b.py")).index, b.index);
    assert_int_equal(sources_find(&sources, STR("c.py")).index, bad.index);
    assert_int_equal(sources_find(&sources, STR("rule.yml")).index, 0); // not of the tree
    assert_true(source_file(&sources, rule)->auxiliary);
    assert_str(source_line(source_file(&sources, rule), 1), "a: \xFF"); // shown as it is
    assert_int_equal(diagnostics.list.count, 1);
    assert_int_equal(diagnostics.list.items[0].code, DIAGNOSTIC_E102);
    diagnostics_release(&diagnostics);
    sources_release(&sources);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(states_and_diagnostics),   temporary_test(roots_that_are_wrong),
        temporary_test(an_empty_root_means_here), temporary_test(threads_make_no_difference),
        cmocka_unit_test(trees_in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
