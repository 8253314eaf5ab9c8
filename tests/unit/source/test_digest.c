// SHA-256 and HMAC-SHA-256, by the vectors of FIPS 180-4 and RFC 4231.
#include "testing.h"

#include "source/digest.h"

static void is_sha_256(void **state) {
    (void)state;
    Digest digest = digest_of(STR("abc"));
    assert_string_equal(digest_text(&digest).digits,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest = digest_of(STR_NONE);
    assert_string_equal(digest_text(&digest).digits,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// RFC 4231, case 1; its key of 20 bytes is one of 32 with zeros behind it.
static void is_hmac_sha_256(void **state) {
    (void)state;
    DigestKey key = {{0}};
    memset(key.bytes, 0x0b, 20);
    Digest whole = digest_keyed(&key, STR("Hi There"), STR_NONE);
    assert_string_equal(digest_text(&whole).digits,
                        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    Digest parts = digest_keyed(&key, STR("Hi"), STR(" There"));
    assert_true(digest_equal(&whole, &parts));
    key.bytes[31] ^= 1;
    parts = digest_keyed(&key, STR("Hi There"), STR_NONE);
    assert_false(digest_equal(&whole, &parts));
}

static void text_comes_back(void **state) {
    (void)state;
    Digest digest = digest_of(STR("abc")), again;
    Str text = str_from(digest_text(&digest).digits);
    assert_true(digest_parse(text, &again));
    assert_true(digest_equal(&digest, &again));
    assert_false(digest_parse(str_slice(text, 0, text.length - 1), &again));
    assert_false(digest_parse(
        STR("BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &again));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_sha_256),
        cmocka_unit_test(is_hmac_sha_256),
        cmocka_unit_test(text_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
