// The YAML subset: spans in bytes, strictness, and files that nobody would write.
#include "testing.h"

#include <time.h>
#include "rule/support.h"
#include "rule/yaml_doc.h"

// ---- the tree ------------------------------------------------------------------------------------
static void check_span(const YamlNode *node, Str text, const char *expected) {
    assert_str(str_slice(text, node->span.start, node->span.end), expected);
}

static void spans_count_bytes(void **state) {
    (void)state;
    Str text =
        STR("# 配置\nkéy: [läst, \"twö\"]\nmap:\n  a: 1\n  b: ~\n\n# end\nflow: {x: true}\n");
    Arena arena = {0};
    Diagnostics diagnostics = {0};
    Mistakes mistakes = {.diagnostics = &diagnostics};
    const YamlNode *root = yaml_read(&arena, (FileId){1}, text, &mistakes);
    assert_non_null(root);
    assert_int_equal(mistakes.count, 0);

    const YamlNode *list = root->first;
    assert_str(list->key, "kéy");
    assert_str(str_slice(text, list->key_span.start, list->key_span.end), "kéy");
    check_span(list, text, "[läst, \"twö\"]");
    check_span(list->first->next, text, "\"twö\"");
    assert_str(list->first->next->text, "twö");

    const YamlNode *map = list->next;
    check_span(map, text, "a: 1\n  b: ~");
    assert_int_equal(map->first->kind, YAML_INTEGER);
    assert_int_equal(map->first->next->kind, YAML_NULL);
    check_span(map->next, text, "{x: true}");
    assert_int_equal(map->next->first->kind, YAML_BOOL);
    arena_release(&arena);
}

static void syntax(void **state) {
    (void)state;
    check_said("version: 1\nsinks: [a, b\n",
               "3:1 E401 not valid YAML: did not find expected ',' or ']' | while parsing a flow "
               "sequence that begins on line 2\n");
    check_said("version: 1\n\tpack: x\n",
               "2:1 E401 not valid YAML: found a tab character that violates indentation | while "
               "scanning a plain scalar that begins on line 1 ? indent with spaces: YAML takes no "
               "tabs\n");
    // Spans are offsets of bytes, also behind a mark of the byte order and under a cookie.
    check_said("\xEF\xBB\xBF\xEF\xBB\xBFm",
               "1:2 E404 a rule file must be a map, not a string\n");
    check_said("# coding: latin-1\n# \xC3\xA9\xC3\xA9\nverson: 1\nversion: 1\n",
               "3:1 E402 unknown key 'verson' ? did you mean 'version'?\n");
    check_said("version: 1\nsinks:\n  - id: a\n     family: b\n",
               "4:12 E401 not valid YAML: mapping values are not allowed in this context ? write "
               "the keys of one map under each other, and put quotes around a text with ': '\n");
    check_said(
        "version: 1\npublic_api: [*.x]\n",
        "2:15 E401 not valid YAML: did not find expected alphabetic or numeric character | "
        "while scanning an alias that begins on line 2 ? put quotes around a text that begins "
        "with '*'\n");
    check_said("version: 1\n---\nversion: 1\n",
               "2:1 E401 a second document begins here ? a rule file is one document\n");
}

static void duplicate_keys(void **state) {
    (void)state;
    check_said("version: 1\npack: a\n" CONTEXT "pack: b\nversion: 1\npack: c\n",
               "4:1 E403 duplicate key 'pack' | it is on line 2 already\n"
               "6:1 E403 duplicate key 'pack' | it is on line 2 already\n"
               "5:1 E403 duplicate key 'version' | it is on line 1 already\n");
}

static void anchors_aliases_tags(void **state) {
    (void)state;
    check_said("version: 1\npack: &name x\nexclude: [*name, !!str y]\n" CONTEXT,
               "2:7 E405 the anchor '&name' is not allowed ? rules are plain: write the value out\n"
               "3:11 E405 the alias '*name' is not allowed ? rules are plain: write the value out\n"
               "3:18 E405 the tag '!!str' is not allowed ? rules are plain: write the value out\n");
    check_said("%TAG ! tag:x,2000:\n---\nversion: 1\n" CONTEXT,
               "1:1 E405 tag directives are not allowed\n");
}

static void complex_keys(void **state) {
    (void)state;
    check_said("version: 1\n? [a, b]\n: c\n" CONTEXT,
               "2:3 E404 a key must be a string, not a list\n");
}

// ---- hostile -------------------------------------------------------------------------------------
// Sanitizers slow everything down; times are judged without them only.
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED true
#elif defined __has_feature
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define SANITIZED false
#endif

// Loads TEXT in less than a second, expecting CODE first.
static void check_hostile(Str text, DiagnosticCode code) {
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    Loaded loaded = load_rules(text);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    assert_false(loaded.good);
    assert_int_equal(loaded.diagnostics.list.items[0].code, code);
    assert_true(loaded.diagnostics.list.count <= MISTAKES_SHOWN);
    for (uint32_t i = 0; i < loaded.diagnostics.list.count; i++) {
        assert_true(loaded.diagnostics.list.items[i].message.length < 200);
    }
    double seconds =
        (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    assert_true(SANITIZED || seconds < 1.0);
    loaded_release(&loaded);
}

static void check_repeated(const char *unit, size_t count, DiagnosticCode code) {
    StrBuf text = {0};
    for (size_t i = 0; i < count; i++) strbuf_add_text(&text, unit);
    check_hostile(strbuf_str(&text), code);
    strbuf_release(&text);
}

static void deep_nesting(void **state) {
    (void)state;
    check_repeated("[", 500000, DIAGNOSTIC_E401);
    check_repeated("{a: ", 200000, DIAGNOSTIC_E401);
    check_repeated("- ", 400000, DIAGNOSTIC_E401);
    check_repeated("? ", 400000, DIAGNOSTIC_E401);
    check_said("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
               "1:65 E401 nested deeper than 64 levels\n");
}

static void many_keys(void **state) {
    (void)state;
    StrBuf text = {0};
    strbuf_add_text(&text, "version: 1\n");
    for (int i = 0; i < 100000; i++) strbuf_addf(&text, "k%d: 1\n", i);
    check_hostile(strbuf_str(&text), DIAGNOSTIC_E402);
    strbuf_clear(&text);
    for (int i = 0; i < 100000; i++) strbuf_add_text(&text, "same: 1\n");
    check_hostile(strbuf_str(&text), DIAGNOSTIC_E403);
    strbuf_release(&text);
    check_repeated("- ,\n", 100000, DIAGNOSTIC_E401);
}

static void many_values(void **state) {
    (void)state;
    StrBuf text = {0};
    strbuf_add_text(&text, "tests: [");
    for (uint32_t i = 0; i < YAML_NODES_MAX; i++) strbuf_add_text(&text, "a,");
    check_hostile(strbuf_str(&text), DIAGNOSTIC_E401);
    strbuf_release(&text);
}

static void huge_scalars(void **state) {
    (void)state;
    StrBuf text = {0};
    strbuf_add_repeat(&text, 'x', 900000);
    check_hostile(strbuf_str(&text), DIAGNOSTIC_E404); // not a map
    strbuf_add_text(&text, ": 1\n");
    check_hostile(strbuf_str(&text), DIAGNOSTIC_E401); // no key is that long
    strbuf_clear(&text);
    strbuf_add_text(&text, "version: ");
    strbuf_add_repeat(&text, '9', 900000);
    check_hostile(strbuf_str(&text), DIAGNOSTIC_E407);
    strbuf_clear(&text);
    strbuf_add_repeat(&text, '#', YAML_SIZE_MAX + 1);
    check_hostile(strbuf_str(&text), DIAGNOSTIC_E400);
    strbuf_release(&text);
}

static void bad_bytes(void **state) {
    (void)state;
    check_said("version: 1\npack: a\xff z\n",
               "2:8 E401 not valid YAML: invalid leading UTF-8 octet\n");
    check_said("version: 1\npack: \x01\n",
               "2:7 E401 not valid YAML: control characters are not allowed\n");
    check_hostile(STR("a\0b"), DIAGNOSTIC_E401);
    check_hostile(STR("\xff\xfe"
                      "v\0:\0"),
                  DIAGNOSTIC_E401);
    check_hostile(STR("x: \xe4\xb8"), DIAGNOSTIC_E401);
}

static void nothing_in_it(void **state) {
    (void)state;
    const char *said = "1:1 E406 a rule file lacks the key 'version'\n";
    check_said("", said);
    check_said("# only\n# comments\n", said);
    check_said("---\n...\n", "2:1 E404 a rule file must be a map, not nothing\n");
}

static void byte_order_mark(void **state) {
    (void)state;
    check_said("\xEF\xBB\xBFversion: 1\n" CONTEXT "pock: x\n",
               "3:1 E402 unknown key 'pock' ? did you mean 'pack'?\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_count_bytes), cmocka_unit_test(syntax),
        cmocka_unit_test(duplicate_keys),    cmocka_unit_test(anchors_aliases_tags),
        cmocka_unit_test(complex_keys),      cmocka_unit_test(deep_nesting),
        cmocka_unit_test(many_keys),         cmocka_unit_test(many_values),
        cmocka_unit_test(huge_scalars),      cmocka_unit_test(bad_bytes),
        cmocka_unit_test(nothing_in_it),     cmocka_unit_test(byte_order_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
