// Catalogues as msgfmt writes them, and bytes that are none.
#include "testing.h"

#include <stdlib.h>

#include "base/catalogue.h"

// Two messages and the head of a .mo file, as msgfmt --no-hash lays it out.
typedef struct Made {
    uint32_t head[5], keys[6], texts[6];
    char strings[48];
} Made;

static Made make(void) {
    Made made = {.head = {0x950412de, 0, 3, offsetof(Made, keys), offsetof(Made, texts)}};
    static const char *const words[] = {"", "a", "b %u", "head", "eins", "zwei %u"};
    uint32_t at = 0;
    for (uint32_t i = 0; i < 6; i++) {
        uint32_t *pair = i < 3 ? &made.keys[2 * i] : &made.texts[2 * (i - 3)];
        pair[0] = (uint32_t)strlen(words[i]);
        pair[1] = (uint32_t)offsetof(Made, strings) + at;
        memcpy(made.strings + at, words[i], pair[0] + 1);
        at += pair[0] + 1;
    }
    return made;
}

static void gives_the_messages(void **state) {
    (void)state;
    Made made = make();
    MessageCatalogue catalogue;
    assert_true(catalogue_read((const unsigned char *)&made, sizeof made, &catalogue));
    assert_int_equal(catalogue.count, 2); // not what msgfmt says of the file
    message_use_catalogue(&catalogue);
    assert_string_equal(message_text("a"), "eins");
    assert_string_equal(message_text("b %u"), "zwei %u");
    assert_string_equal(message_text("c"), "c");
    message_use_catalogue(NULL);
    free((void *)catalogue.rows);
}

static bool is_read(const Made *made, size_t length) {
    MessageCatalogue catalogue;
    bool read = catalogue_read((const unsigned char *)made, length, &catalogue);
    for (size_t i = 0; i < catalogue.count; i++) assert_true(strlen(catalogue.rows[i].key) < sizeof *made);
    free((void *)catalogue.rows);
    return read;
}

static void refuses_what_is_none(void **state) {
    (void)state;
    Made made = make();
    for (size_t length = 0; length < offsetof(Made, strings); length++) assert_false(is_read(&made, length));
    made.head[0]++;
    assert_false(is_read(&made, sizeof made));
    made = make();
    made.head[2] = UINT32_MAX;
    assert_false(is_read(&made, sizeof made));
    made = make();
    made.keys[2] = UINT32_MAX; // a text that goes beyond the file is no message
    assert_true(is_read(&made, sizeof made));
    made.texts[5] = UINT32_MAX;
    assert_true(is_read(&made, sizeof made));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_messages),
        cmocka_unit_test(refuses_what_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
