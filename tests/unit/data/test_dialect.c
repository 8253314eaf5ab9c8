// SQL as each engine wants it.
#include "testing.h"

#include "data/dialect.h"

static void quotes_names_and_texts(void **state) {
    (void)state;
    StrBuf sql = {0};
    dialect_name(dialect_of(ENGINE_SQLITE), STR("a\"b"), &sql);
    dialect_name(dialect_of(ENGINE_MARIADB), STR("a`b"), &sql);
    dialect_text(dialect_of(ENGINE_POSTGRESQL), STR("it's \\"), &sql);
    dialect_text(dialect_of(ENGINE_MARIADB), STR("it's \\"), &sql);
    assert_str(strbuf_str(&sql), "\"a\"\"b\"`a``b`'it''s \\''it''s \\\\'");
    strbuf_release(&sql);
}

static void cuts_batches_by_key(void **state) {
    (void)state;
    Arena arena = {0};
    StrBuf sql = {0};
    Batch batch = {.pending = STR("\"t\" IS NULL")};
    list_add(&arena, &batch.key, STR("a"));
    list_add(&arena, &batch.set, ((Assignment){STR("t"), STR("'x'")}));
    dialect_batch(dialect_of(ENGINE_SQLITE), &batch, STR("m"), true, &sql);
    assert_str(strbuf_str(&sql),
               "UPDATE \"m\" SET \"t\" = 'x' WHERE \"a\" <= ?1 AND ((\"t\" IS NULL) IS TRUE)");
    list_add(&arena, &batch.key, STR("b"));
    strbuf_clear(&sql);
    dialect_batch(dialect_of(ENGINE_POSTGRESQL), &batch, STR("m"), false, &sql);
    assert_str(strbuf_str(&sql), "UPDATE \"m\" SET \"t\" = 'x' WHERE (\"a\", \"b\") > ($1, $2) "
                                 "AND (\"a\", \"b\") <= ($3, $4) AND ((\"t\" IS NULL) IS TRUE)");
    strbuf_clear(&sql);
    dialect_batch_end(dialect_of(ENGINE_MARIADB), &batch, STR("m"), false, 10, &sql);
    assert_str(strbuf_str(&sql),
               "SELECT * FROM (SELECT `a`, `b` FROM `m` WHERE (`a`, `b`) > (?, ?) "
               "ORDER BY `a`, `b` LIMIT 10) AS weft_slice "
               "ORDER BY `a` DESC, `b` DESC LIMIT 1");
    strbuf_release(&sql);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_names_and_texts),
        cmocka_unit_test(cuts_batches_by_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
