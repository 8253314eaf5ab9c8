// A libclang that is not there.
#include "clang/unit/library.h"

#include <stdlib.h>

#include "testing.h"

static void test_missing(void **state) {
    (void)state;
    Diagnostics diagnostics = {0};
    setenv("WEFT_LIBCLANG", "/nowhere/libclang.so", 1);
    assert_false(clang_library_load(&diagnostics));
    assert_int_equal(diagnostics.list.count, 1);
    assert_int_equal(diagnostics.list.items[0].code, DIAGNOSTIC_E906);
    assert_true(str_find_str(diagnostics.list.items[0].help, STR("libclang-19-dev")) >= 0);
    assert_int_equal(diagnostics.unreadable_count, 0); // no file was left out: nothing can be done
    diagnostics_release(&diagnostics);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_missing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
