// Schemas as values: order, names, digests, types.
#include "testing.h"

#include "data/schema.h"

static Schema example(bool turned) {
    Schema schema = {0};
    const char *names[] = {"Messages", "agents"};
    for (int i = 0; i < 2; i++) {
        SchemaTable *table = list_push(&schema.arena, &schema.tables);
        *table = (SchemaTable){.name = str_from(names[turned ? 1 - i : i]), .rows = i};
        SchemaColumn *column = list_push(&schema.arena, &table->columns);
        *column = (SchemaColumn){.name = STR("id"), .declared = STR("INTEGER")};
    }
    schema_sort(&schema);
    return schema;
}

static void order_is_no_part_of_the_digest(void **state) {
    (void)state;
    Schema a = example(false), b = example(true);
    Digest first = schema_digest(&a), second = schema_digest(&b);
    assert_true(digest_equal(&first, &second));
    b.tables.items[0].columns.items[0].nullable = KNOWN_YES;
    second = schema_digest(&b);
    assert_false(digest_equal(&first, &second));
    schema_release(&a);
    schema_release(&b);
}

static void names_compare_as_the_engine_does(void **state) {
    (void)state;
    Schema schema = example(false);
    assert_non_null(schema_table(&schema, STR("MESSAGES")));
    schema.engine = ENGINE_POSTGRESQL;
    assert_null(schema_table(&schema, STR("MESSAGES")));
    assert_non_null(schema_table(&schema, STR("Messages")));
    schema_release(&schema);
}

static void types_have_classes(void **state) {
    (void)state;
    assert_int_equal(type_class_of(STR("VARCHAR(255)")), TYPE_TEXT);
    assert_int_equal(type_class_of(STR("bigint unsigned")), TYPE_INTEGER);
    assert_int_equal(type_class_of(STR("timestamp with time zone")), TYPE_DATETIME);
    assert_int_equal(type_class_of(STR("tinyint(1)")), TYPE_BOOLEAN);
    assert_int_equal(type_class_of(STR("double precision")), TYPE_REAL);
    assert_int_equal(type_class_of(STR("point")), TYPE_ANY);
    assert_int_equal(type_class_of(STR_NONE), TYPE_ANY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_no_part_of_the_digest),
        cmocka_unit_test(names_compare_as_the_engine_does),
        cmocka_unit_test(types_have_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
