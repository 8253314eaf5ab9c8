// A sum of pages tells what a disk may do to a file.
#include "testing.h"

#include "engine/page_sum.h"

enum { PAGE = 512, PAGES = 4 };

static uint64_t sum_of(const unsigned char *bytes, size_t length) {
    uint64_t sum = 0;
    for (size_t at = 0; at < length; at += PAGE)
        sum += page_sum_of(at, bytes + at, length - at < PAGE ? length - at : PAGE);
    return sum;
}

static void fill(unsigned char *bytes) {
    for (size_t i = 0; i < (size_t)PAGE * PAGES; i++) bytes[i] = (unsigned char)(i * 7 + i / PAGE);
}

static void every_bit_counts(void **state) {
    (void)state;
    unsigned char bytes[PAGE * PAGES];
    fill(bytes);
    uint64_t sum = sum_of(bytes, sizeof bytes);
    for (size_t bit = 0; bit < sizeof bytes * 8; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_not_equal(sum_of(bytes, sizeof bytes), sum);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
}

static void places_count(void **state) {
    (void)state;
    unsigned char bytes[PAGE * PAGES], other[PAGE * PAGES];
    fill(bytes);
    memcpy(other, bytes, sizeof bytes);
    memcpy(other, bytes + PAGE, PAGE); // the first two pages for each other
    memcpy(other + PAGE, bytes, PAGE);
    assert_int_not_equal(sum_of(other, sizeof other), sum_of(bytes, sizeof bytes));
    memcpy(other, bytes, sizeof bytes);
    for (size_t i = 0; i < 8; i++) { // two words of a page for each other
        other[i] = bytes[i + 64];
        other[i + 64] = bytes[i];
    }
    assert_int_not_equal(sum_of(other, sizeof other), sum_of(bytes, sizeof bytes));
}

static void lost_pages_count(void **state) {
    (void)state;
    unsigned char bytes[PAGE * PAGES];
    fill(bytes);
    uint64_t sum = sum_of(bytes, sizeof bytes);
    assert_int_not_equal(sum_of(bytes, sizeof bytes - PAGE), sum);
    assert_int_not_equal(sum_of(bytes, sizeof bytes - 1), sum);
    memset(bytes + PAGE, 0, PAGE);
    assert_int_not_equal(sum_of(bytes, sizeof bytes), sum);
}

// A hole of a file, and a page that SQLite has not written yet.
static void zeros_add_nothing(void **state) {
    (void)state;
    unsigned char zeros[PAGE] = {0};
    assert_int_equal(page_sum_of(0, zeros, sizeof zeros), 0);
    assert_int_equal(page_sum_of(12345 * PAGE, zeros, 100), 0);
    zeros[PAGE - 1] = 1;
    assert_int_not_equal(page_sum_of(0, zeros, sizeof zeros), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(places_count),
        cmocka_unit_test(lost_pages_count),
        cmocka_unit_test(zeros_add_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
