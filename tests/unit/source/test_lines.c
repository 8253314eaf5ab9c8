// Line tables, line ends, indentation, columns.
#include "testing.h"

#include "source/source.h"

// The file stays in SOURCES until the test releases them.
static const SourceFile *add(Sources *sources, const char *text) {
    Diagnostics diagnostics = {0};
    FileId id = sources_add_memory(sources, STR("a.py"), str_from(text), &diagnostics);
    assert_int_equal(diagnostics.list.count, 0);
    diagnostics_release(&diagnostics);
    return source_file(sources, id);
}

static void check_newline(const char *text, const char *expected, uint32_t lines) {
    Sources sources = {0};
    const SourceFile *file = add(&sources, text);
    assert_str(file->newline, expected);
    assert_int_equal(file->line_starts.count, lines);
    sources_release(&sources);
}

static void line_ends(void **state) {
    (void)state;
    check_newline("", "\n", 1);
    check_newline("a", "\n", 1);
    check_newline("a\nb", "\n", 2);
    check_newline("a\nb\n", "\n", 3);
    check_newline("a\r\nb\r\n", "\r\n", 3);
    check_newline("a\rb\rc", "\r", 3);
    check_newline("a\r\nb\nc\r\n", "\r\n", 4);
    check_newline("a\r\nb\n", "\n", 3); // a draw
    check_newline("a\n\rb", "\n", 3);
}

static void lines_and_columns(void **state) {
    (void)state;
    Sources sources = {0};
    const SourceFile *file = add(&sources, "one\r\n\t中文 x\r\rlast");
    assert_str(source_line(file, 1), "one");
    assert_str(source_line(file, 2), "\t中文 x");
    assert_str(source_line(file, 3), "");
    assert_str(source_line(file, 4), "last");
    assert_str(source_line(file, 5), "");
    assert_str(source_line(file, 0), "");
    assert_int_equal(source_line_column(file, 0).line, 1);
    LineColumn place = source_line_column(file, 13); // the x
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 5);
    assert_int_equal(source_line_start(file, 13), 5);
    assert_int_equal(source_line_end(file, 13), 14);
    assert_int_equal(source_line_end(file, 0), 3);
    assert_str(source_line_indent(file, 13), "\t");
    assert_str(source_line_indent(file, 0), "");
    place = source_line_column(file, 100000); // past the end: the end
    assert_int_equal(place.line, 4);
    assert_int_equal(place.column, 5);
    sources_release(&sources);
}

static void indentation_behind_a_form_feed(void **state) {
    (void)state;
    Sources sources = {0};
    const SourceFile *file = add(&sources, "\f    one\n  \f\ttwo\n\fthree\n    \f\n");
    assert_str(source_line_indent(file, 0), "    ");
    assert_str(source_line_indent(file, source_line_start(file, 12)), "\t");
    assert_str(source_line_indent(file, source_line_start(file, 18)), "");
    sources_release(&sources);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends),
        cmocka_unit_test(lines_and_columns),
        cmocka_unit_test(indentation_behind_a_form_feed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
