// A catalogue laid beside the program: messages in another language, and what keeps a bad one harmless.
#include "testing.h"

#include "base/message.h"
#include "source/diagnostic.h"

static const MessageRow ROWS[] = {
    {"%u of %u\n", "%u von %u\n"},
    {"a path does not exist", "ein Pfad fehlt"},
    {"cannot use '%.*s': %s", "'%.*s' ist nicht zu gebrauchen: %s"},
    {"of %u", "von %s"},
};

static const MessageCatalogue CATALOGUE = {ROWS, sizeof ROWS / sizeof *ROWS};

static void use(bool given) { message_use_catalogue(given ? &CATALOGUE : NULL); }

static void add(Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s",
                   STR_ARG(STR("tree")), "gone");
    diagnostic_help(diagnostics, "of %u", 3u);
}

static void diagnostics_speak_the_language_of_the_catalogue(void **state) {
    (void)state;
    Diagnostics diagnostics = {0};
    use(true);
    add(&diagnostics);
    assert_str(diagnostics.list.items[0].message, "'tree' ist nicht zu gebrauchen: gone");
    assert_string_equal(diagnostic_code_title(DIAGNOSTIC_E100), "ein Pfad fehlt");
    use(false);
    add(&diagnostics);
    assert_str(diagnostics.list.items[1].message, "cannot use 'tree': gone");
    assert_string_equal(diagnostic_code_title(DIAGNOSTIC_E100), "a path does not exist");
    diagnostics_release(&diagnostics);
}

static void a_translation_with_other_conversions_is_not_used(void **state) {
    (void)state;
    Diagnostics diagnostics = {0};
    use(true);
    add(&diagnostics);
    assert_str(diagnostics.list.items[0].help, "of 3");
    use(false);
    diagnostics_release(&diagnostics);
}

static void what_has_no_translation_stays(void **state) {
    (void)state;
    use(true);
    assert_string_equal(message_text("nobody knows this"), "nobody knows this");
    assert_string_equal(message_text(""), "");
    use(false);
}

static void what_is_printed_or_put_together_is_looked_up_too(void **state) {
    (void)state;
    char *printed = NULL;
    size_t length = 0;
    StrBuf text = {0};
    FILE *out = open_memstream(&printed, &length);
    use(true);
    message_print(out, "%u of %u\n", 1u, 2u);
    message_add(&text, "%u of %u\n", 3u, 4u);
    use(false);
    fclose(out);
    assert_string_equal(printed, "1 von 2\n");
    assert_str(strbuf_str(&text), "3 von 4\n");
    strbuf_release(&text);
    free(printed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diagnostics_speak_the_language_of_the_catalogue),
        cmocka_unit_test(a_translation_with_other_conversions_is_not_used),
        cmocka_unit_test(what_has_no_translation_stays),
        cmocka_unit_test(what_is_printed_or_put_together_is_looked_up_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
