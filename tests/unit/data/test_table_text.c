// Definitions of SQLite's tables, changed in place.
#include "testing.h"

#include "data/table_text.h"

// SQL without UNIQUE on COLUMN (and on OTHER with it), and with a column more.
static void becomes(const char *sql, const char *column, const char *other, const char *expected) {
    Arena arena = {0};
    StrItems set = {0};
    TableText change = {.name = STR("new")};
    list_add(&arena, &set, str_from(column));
    if (other != NULL) list_add(&arena, &set, str_from(other));
    list_add(&arena, &change.without_unique, &set);
    list_add(&arena, &change.columns, STR("t TEXT"));
    assert_str(table_text_rewrite(&arena, str_from(sql), &change), expected);
    arena_release(&arena);
}

static void takes_unique_of_a_column(void **state) {
    (void)state;
    becomes("CREATE TABLE a (x TEXT UNIQUE, y INT)", "x", NULL,
            "CREATE TABLE \"new\" (x TEXT, y INT, t TEXT)");
    becomes("create table if not exists main.\"a\"(\"x\" TEXT CONSTRAINT u UNIQUE ON CONFLICT "
            "IGNORE NOT NULL) STRICT",
            "x", NULL, "CREATE TABLE \"new\" (\"x\" TEXT NOT NULL, t TEXT) STRICT");
    becomes("CREATE TABLE a ([x] TEXT DEFAULT ('UNIQUE, (') CHECK (x <> ')') UNIQUE) WITHOUT ROWID",
            "x", NULL,
            "CREATE TABLE \"new\" ([x] TEXT DEFAULT ('UNIQUE, (') CHECK (x <> ')'), t TEXT) "
            "WITHOUT ROWID");
}

static void takes_unique_of_the_table(void **state) {
    (void)state;
    becomes("CREATE TABLE a (x, y, CONSTRAINT \"a, b\" UNIQUE (Y, `x`), CHECK (x > 0))", "x", "y",
            "CREATE TABLE \"new\" (x, y, t TEXT, CHECK (x > 0))");
    becomes("CREATE TABLE a (x, -- one, (two\n y /* ) */, UNIQUE(x), UNIQUE(x, y))", "x", NULL,
            "CREATE TABLE \"new\" (x, y, t TEXT, UNIQUE(x, y))");
}

static void refuses_what_it_does_not_understand(void **state) {
    (void)state;
    becomes("CREATE TABLE a (x UNIQUE, y)", "y", NULL, "");
    becomes("CREATE TABLE a (x, y, UNIQUE (x COLLATE NOCASE))", "x", NULL, "");
    becomes("CREATE TABLE a AS SELECT 1 AS x", "x", NULL, "");
    becomes("CREATE VIRTUAL TABLE a USING fts5(x UNIQUE)", "x", NULL, "");
    becomes("CREATE TABLE a (x UNIQUE, y", "x", NULL, "");
    becomes("CREATE TABLE a (x UNIQUE, 'y)", "x", NULL, "");
    becomes("CREATE TABLE a (x UNIQUE,, y)", "x", NULL, "");
    becomes("", "x", NULL, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_unique_of_a_column),
        cmocka_unit_test(takes_unique_of_the_table),
        cmocka_unit_test(refuses_what_it_does_not_understand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
