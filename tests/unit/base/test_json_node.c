// JSON documents: what is in the tree, and which bytes are none.
#include "testing.h"

#include "base/json_node.h"

static Arena arena;
static JsonFault fault;

static int forget(void **state) {
    (void)state;
    arena_release(&arena);
    fault = (JsonFault){0};
    return 0;
}

static const JsonNode *parse(const char *document) {
    return json_node_parse(&arena, str_from(document), &fault);
}

static void holds_every_kind_in_order(void **state) {
    (void)state;
    static const JsonKind kinds[] = {JSON_NODE_NULL,  JSON_NODE_BOOLEAN, JSON_NODE_INTEGER,
                                     JSON_NODE_REAL,  JSON_NODE_TEXT,    JSON_NODE_LIST,
                                     JSON_NODE_OBJECT};
    const JsonNode *list = parse(" [null, true, -9223372036854775807, 1.5, \"t\", [], {}]\n");
    assert_true(json_node_is(list, JSON_NODE_LIST));
    size_t count = 0;
    for (const JsonNode *item = list->first; item != NULL; item = item->next)
        assert_int_equal(item->kind, kinds[count++]);
    assert_int_equal(count, sizeof kinds / sizeof *kinds);
    assert_int_equal(list->first->next->number, 1);
    assert_true(list->first->next->next->number == -INT64_MAX);
}

static void finds_members(void **state) {
    (void)state;
    const JsonNode *object =
        parse("{\"a\": {\"b\": \"inner\"}, \"\\u0061b\": \"x\\ny\", \"a\": 2}");
    assert_str(json_node_member(json_node_member(object, "a"), "b")->text, "inner");
    assert_str(json_node_member(object, "ab")->text, "x\ny");
    assert_null(json_node_member(object, "b"));
    assert_null(json_node_member(json_node_member(object, "ab"), "a"));
    assert_null(json_node_member(NULL, "a"));
}

static void assert_fault(const char *document, uint32_t line, uint32_t column, const char *why) {
    assert_null(parse(document));
    if (fault.line != line || fault.column != column || !str_is(fault.why, why))
        fail_msg("%s: %u:%u: %.*s", document, fault.line, fault.column, STR_ARG(fault.why));
}

static void says_where_it_is_wrong(void **state) {
    (void)state;
    assert_fault("", 1, 1, "parse error: premature EOF");
    assert_fault("{\n \"a\": [1, 2", 2, 12, "parse error: premature EOF");
    assert_fault("{\n \"a\" 1}", 2, 7,
                 "parse error: object key and value must be separated by a colon (':')");
    assert_fault("[1] 2", 1, 6, "parse error: trailing garbage");
    assert_fault("[\"\\ude00 x\"]", 1, 12, "a text holds half a surrogate pair");
    assert_fault("[\"\\u0000\"]", 1, 10, "a text holds a NUL");
    assert_fault("[99999999999999999999]", 1, 2, "parse error: integer overflow");
    assert_fault("[// one\n1]", 1, 2,
                 "lexical error: probable comment found in input text, comments are not enabled");
}

static void does_not_nest_without_end(void **state) {
    (void)state;
    char document[200];
    memset(document, '[', 64);
    memset(document + 64, ']', 64);
    document[128] = '\0';
    assert_non_null(parse(document));
    memset(document, '[', 65);
    memset(document + 65, ']', 65);
    document[130] = '\0';
    assert_fault(document, 1, 66, "it nests too deep");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(holds_every_kind_in_order, forget),
        cmocka_unit_test_teardown(finds_members, forget),
        cmocka_unit_test_teardown(says_where_it_is_wrong, forget),
        cmocka_unit_test_teardown(does_not_nest_without_end, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
