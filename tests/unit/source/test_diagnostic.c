// The list of diagnostics and how it is printed.
#include "testing.h"

#include <stdlib.h>
#include "source/source.h"

static void codes(void **state) {
    (void)state;
    DiagnosticCode code;
    assert_string_equal(diagnostic_code_name(DIAGNOSTIC_W201), "W201");
    assert_non_null(strstr(diagnostic_code_title(DIAGNOSTIC_E101), "read"));
    assert_int_equal(diagnostic_code_severity(DIAGNOSTIC_W201), SEVERITY_WARNING);
    assert_true(diagnostic_code_find(STR("E101"), &code));
    assert_int_equal(code, DIAGNOSTIC_E101);
    assert_false(diagnostic_code_find(STR("E1"), &code));
}

static void counting_and_merging(void **state) {
    (void)state;
    Diagnostics all = {0}, part = {0};
    diagnostic_add(&all, DIAGNOSTIC_W103, SPAN_NONE, "first");
    diagnostic_add(&part, DIAGNOSTIC_E101, SPAN_NONE, "cannot read '%s'", "x");
    diagnostic_note(&part, "because of %d", 7);
    diagnostic_help(&part, "look there");
    diagnostic_add(&part, DIAGNOSTIC_E902, SPAN_NONE, "wrong");
    diagnostics_merge(&all, &part);
    assert_int_equal(part.list.count, 0);
    assert_int_equal(part.error_count, 0);
    assert_int_equal(all.list.count, 3);
    assert_int_equal(all.error_count, 2);
    assert_int_equal(all.unreadable_count, 1);
    assert_str(all.list.items[1].message, "cannot read 'x'");
    assert_str(all.list.items[1].note, "because of 7");
    assert_str(all.list.items[1].help, "look there");
    diagnostics_release(&all);
}

static void sorting(void **state) {
    (void)state;
    Sources sources = {0};
    Diagnostics all = {0};
    FileId z = sources_add_memory(&sources, STR("z.py"), STR("zzzzz"), &all);
    FileId a = sources_add_memory(&sources, STR("a.py"), STR("aaaaa"), &all);
    diagnostic_add(&all, DIAGNOSTIC_W201, (Span){z, 1, 2}, "5");
    diagnostic_add(&all, DIAGNOSTIC_W202, (Span){a, 3, 4}, "3");
    diagnostic_add(&all, DIAGNOSTIC_W201, (Span){a, 3, 4}, "2");
    diagnostic_add(&all, DIAGNOSTIC_W202, (Span){a, 3, 4}, "4");
    diagnostic_add(&all, DIAGNOSTIC_W209, (Span){a, 0, 4}, "1");
    diagnostic_add(&all, DIAGNOSTIC_E902, SPAN_NONE, "0");
    diagnostics_sort(&all, &sources);
    const char *const expected[] = {"0", "1", "2", "3", "4", "5"};
    for (size_t i = 0; i < 6; i++) assert_str(all.list.items[i].message, expected[i]);
    diagnostics_release(&all);
    sources_release(&sources);
}

static void check_rendered(const Diagnostics *all, const Sources *sources, Severity least,
                           bool color, const char *expected) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    diagnostics_render(all, sources, least, color, out);
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
}

static void excerpts(void **state) {
    (void)state;
    Sources sources = {0};
    Diagnostics all = {0};
    FileId id = sources_add_memory(&sources, STR("pkg/a.py"),
                                   STR("import x\n\tname = '中文' + cfg.a\n"), &all);
    diagnostic_add(&all, DIAGNOSTIC_W201, (Span){id, 28, 33}, "no context for 'cfg.a'");
    diagnostic_note(&all, "it runs on import\nand once only");
    diagnostic_help(&all, "move it into a function");
    check_rendered(&all, &sources, SEVERITY_NOTE, false,
                   "pkg/a.py:2:16: warning[W201]: no context for 'cfg.a'\n"
                   "     |\n"
                   "   2 |     name = '中文' + cfg.a\n"
                   "     |                     ^^^^^\n"
                   "  note: it runs on import\n"
                   "        and once only\n"
                   "  help: move it into a function\n");
    check_rendered(&all, &sources, SEVERITY_ERROR, false, "");
    diagnostics_release(&all);
    sources_release(&sources);
}

static void places_without_text(void **state) {
    (void)state;
    Sources sources = {0};
    Diagnostics all = {0};
    FileId empty = sources_add_memory(&sources, STR("b.py"), STR(""), &all);
    diagnostic_add(&all, DIAGNOSTIC_E902, SPAN_NONE, "no such command 'dif'");
    diagnostic_add(&all, DIAGNOSTIC_W209, (Span){empty, 0, 0}, "empty");
    check_rendered(&all, &sources, SEVERITY_NOTE, false,
                   "weft: error[E902]: no such command 'dif'\n"
                   "b.py:1:1: warning[W209]: empty\n"
                   "     |\n"
                   "   1 | \n"
                   "     | ^\n");
    diagnostics_release(&all);
    FileId bad = sources_add_memory(&sources, STR("c.py"), STR("\xFF"), &all);
    assert_int_equal(source_file(&sources, bad)->state, SOURCE_UNDECODABLE);
    all.list.items[0].help = STR_NONE;
    check_rendered(&all, &sources, SEVERITY_NOTE, false,
                   "c.py: error[E102]: cannot decode 'c.py': byte 0xff at offset 0 (line 1) is not "
                   "valid UTF-8\n");
    diagnostics_release(&all);
    sources_release(&sources);
}

static void hostile_text_is_escaped(void **state) {
    (void)state;
    Sources sources = {0};
    Diagnostics all = {0};
    FileId id = sources_add_memory(&sources, STR("\033[2J.py"),
                                   STR("a\033]0;b\xE2\x80\xAE"
                                       "c\n"),
                                   &all);
    diagnostic_add(&all, DIAGNOSTIC_W201, (Span){id, 1, 2}, "bell \a and bad \xFF");
    check_rendered(&all, &sources, SEVERITY_NOTE, false,
                   "\\x1b[2J.py:1:2: warning[W201]: bell \\x07 and bad \\xff\n"
                   "     |\n"
                   "   1 | a\\x1b]0;b\\u202ec\n"
                   "     |  ^^^^\n");
    diagnostics_release(&all);
    sources_release(&sources);
}

static void spans_of_several_lines_and_long_lines(void **state) {
    (void)state;
    Sources sources = {0};
    Diagnostics all = {0};
    FileId id = sources_add_memory(&sources, STR("a.py"), STR("f(a,\n  b)\n"), &all);
    diagnostic_add(&all, DIAGNOSTIC_W304, (Span){id, 1, 9}, "two lines");
    check_rendered(&all, &sources, SEVERITY_NOTE, false,
                   "a.py:1:2: warning[W304]: two lines\n"
                   "     |\n"
                   "   1 | f(a,\n"
                   "     |  ^^^\n");
    diagnostics_release(&all);

    StrBuf line = {0};
    strbuf_add_repeat(&line, 'a', 500);
    strbuf_add_text(&line, "HERE");
    strbuf_add_repeat(&line, 'b', 500);
    id = sources_add_memory(&sources, STR("b.py"), strbuf_str(&line), &all);
    diagnostic_add(&all, DIAGNOSTIC_W304, (Span){id, 500, 504}, "far right");
    check_rendered(&all, &sources, SEVERITY_NOTE, false,
                   "b.py:1:501: warning[W304]: far right\n"
                   "     |\n"
                   "   1 | ...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaHEREbbbbbbbbbbbbbbbbbbbbbbb"
                   "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb...\n"
                   "     |                                            ^^^^\n");
    strbuf_release(&line);
    diagnostics_release(&all);
    sources_release(&sources);
}

static void colors(void **state) {
    (void)state;
    Diagnostics all = {0};
    Sources sources = {0};
    diagnostic_add(&all, DIAGNOSTIC_E902, SPAN_NONE, "x");
    check_rendered(&all, &sources, SEVERITY_NOTE, true,
                   "\033[1mweft: \033[0m\033[1;31merror[E902]: \033[0mx\n");
    diagnostics_release(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes),
        cmocka_unit_test(counting_and_merging),
        cmocka_unit_test(sorting),
        cmocka_unit_test(excerpts),
        cmocka_unit_test(places_without_text),
        cmocka_unit_test(hostile_text_is_escaped),
        cmocka_unit_test(spans_of_several_lines_and_long_lines),
        cmocka_unit_test(colors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
