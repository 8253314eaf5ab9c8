// blob_id: git's names for bytes.
#include "testing.h"

#include "source/blob_id.h"

static void is_what_git_hash_object_says(void **state) {
    (void)state;
    BlobId none = blob_id_of(STR_NONE), hello = blob_id_of(STR("hello\n"));
    assert_string_equal(blob_id_text(&none).digits, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    assert_string_equal(blob_id_text(&hello).digits, "ce013625030ba8dba906f756967f9e9ca394464a");
}

static void comes_back_from_its_digits(void **state) {
    (void)state;
    BlobId id = blob_id_of(STR("a\0b")), again;
    assert_true(blob_id_parse(str_from(blob_id_text(&id).digits), &again));
    assert_true(blob_id_equal(&id, &again));
    BlobId other = blob_id_of(STR("a\0c"));
    assert_false(blob_id_equal(&id, &other));
}

static void objects_of_other_kinds_have_other_ids(void **state) {
    (void)state;
    BlobId tree = blob_id_of_kind("tree", STR_NONE), blob = blob_id_of_kind("blob", STR_NONE), none = blob_id_of(STR_NONE);
    assert_string_equal(blob_id_text(&tree).digits, "4b825dc642cb6eb9a060e54bf8d69288fbee4904"); // git's empty tree
    assert_true(blob_id_equal(&blob, &none));
}

static void refuses_what_is_no_id(void **state) {
    (void)state;
    BlobId id;
    assert_false(blob_id_parse(STR(""), &id));
    assert_false(blob_id_parse(STR("e69de29bb2d1d6434b8b29ae775ad8c2e48c539"), &id));
    assert_false(blob_id_parse(STR("E69DE29BB2D1D6434B8B29AE775AD8C2E48C5391"), &id));
    assert_false(blob_id_parse(STR("g69de29bb2d1d6434b8b29ae775ad8c2e48c5391"), &id));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_what_git_hash_object_says),
        cmocka_unit_test(comes_back_from_its_digits),
        cmocka_unit_test(objects_of_other_kinds_have_other_ids),
        cmocka_unit_test(refuses_what_is_no_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
