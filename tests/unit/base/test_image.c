// Rows come back as they were, whatever they are; bytes that are no image are noticed, not followed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/image.h"

typedef struct Row {
    uint32_t id, zero, wild;
    uint16_t small;
    uint8_t kind, flag;
} Row;

enum { ROWS = 3000 };

static Row *make_rows(void) {
    Row *rows = calloc(ROWS, sizeof *rows);
    assert_non_null(rows);
    uint32_t number = 1;
    for (uint32_t i = 0; i < ROWS; i++) {
        number = number * 1664525u + 1013904223u;
        rows[i] = (Row){i * 3, 0, number, (uint16_t)(number >> 9), (uint8_t)(i % 7), 1};
    }
    rows[7].id = UINT32_MAX;
    rows[8].id = 0;
    return rows;
}

static void test_rows_come_back(void **state) {
    (void)state;
    Row *rows = make_rows(), *read = calloc(ROWS, sizeof *read);
    StrBuf out = {0};
    image_add_number(&out, UINT64_MAX);
    image_add_rows(&out, rows, ROWS, sizeof *rows);
    image_add_text(&out, STR("a\0b"));
    image_add_text(&out, STR_NONE);
    image_add_rows(&out, NULL, 0, sizeof *rows);
    assert_true(out.length < ROWS * sizeof *rows);
    ImageReader image = {strbuf_str(&out), false};
    assert_true(image_number(&image) == UINT64_MAX);
    image_rows(&image, read, ROWS, sizeof *read);
    assert_memory_equal(rows, read, ROWS * sizeof *rows);
    assert_true(str_equal(image_text(&image), STR("a\0b")));
    assert_int_equal(image_text(&image).length, 0);
    assert_int_equal(image.rest.length, 0);
    assert_false(image.failed);
    strbuf_release(&out);
    free(rows);
    free(read);
}

static void test_what_is_cut_short_fails(void **state) {
    (void)state;
    Row *rows = make_rows(), *read = calloc(ROWS, sizeof *read);
    StrBuf out = {0};
    image_add_rows(&out, rows, ROWS, sizeof *rows);
    image_add_text(&out, STR("text"));
    for (size_t length = 0; length < out.length; length += length < 50 ? 1 : 997) {
        char *part = malloc(length + 1); // as long as it is, so that a sanitizer sees a step too far
        assert_non_null(part);
        memcpy(part, out.data, length);
        ImageReader image = {{part, length}, false};
        image_rows(&image, read, ROWS, sizeof *read);
        assert_int_equal(image_text(&image).length, 0);
        assert_true(image.failed);
        assert_true(image_number(&image) == 0);
        free(part);
    }
    strbuf_release(&out);
    free(rows);
    free(read);
}

static void test_numbers_without_an_end_fail(void **state) {
    (void)state;
    ImageReader image = {STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), false};
    assert_true(image_number(&image) == 0);
    assert_true(image.failed);
    image = (ImageReader){STR("\x05"), false};
    assert_int_equal(image_count(&image, 4), 0);
    assert_true(image.failed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_come_back),
        cmocka_unit_test(test_what_is_cut_short_fails),
        cmocka_unit_test(test_numbers_without_an_end_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
