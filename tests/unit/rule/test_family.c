// Families: which words a set of rules has, and in which order.
#include "testing.h"

#include "rule/support.h"

#define SINK(id, family)                                                                           \
    "  - {id: " id ", family: " family ", symbol: a." id ", replace: 'a.b({context})'}\n"
#define HEAD "version: 1\n" CONTEXT

// The words of the rules in their order, and the family of each sink behind it.
static void check_families(const char *text, const char *words, const char *of_sinks) {
    Loaded loaded = load_rules(str_from(text));
    const Families *families = &loaded.rules.families;
    StrBuf said = {0};
    assert_true(loaded.good);
    for (Family i = 0; i < families->count; i++)
        strbuf_addf(&said, "%s%s", i > 0 ? " " : "", family_name(families, i));
    assert_str(strbuf_str(&said), words);
    strbuf_clear(&said);
    for (uint32_t i = 0; i < loaded.rules.sinks.count; i++)
        strbuf_addf(&said, "%s%s", i > 0 ? " " : "",
                    family_name(families, loaded.rules.sinks.items[i].family));
    assert_str(strbuf_str(&said), of_sinks);
    strbuf_release(&said);
    loaded_release(&loaded);
}

static void sinks_bring_their_words_along(void **state) {
    (void)state;
    check_families(HEAD "sinks:\n" SINK("x", "rows") SINK("y", "words") SINK("z", "rows"),
                   "ctx rows words", "rows words rows");
}

static void a_list_gives_the_order(void **state) {
    (void)state;
    check_families(HEAD "families: [words, rows]\nsinks:\n" SINK("x", "rows") SINK("y", "words"),
                   "ctx words rows", "rows words");
}

// "ctx" is the context parameter: what passes it and what is said to be of that family are one family.
static void the_context_has_one(void **state) {
    (void)state;
    check_families(HEAD "families: [rows, ctx, words]\nsinks:\n" SINK("x", "words") SINK("y", "ctx")
                       SINK("z", "rows"),
                   "ctx rows words", "words ctx rows");
}

static void weights_stay_with_their_words(void **state) {
    (void)state;
    Loaded loaded = load_rules(STR(HEAD "families: [rows, ctx, words]\n"
                                        "complexity: {weights: {ctx: 2, words: 3}}\n"));
    const uint32_t *weights = loaded.rules.complexity.weights;
    assert_true(loaded.good);
    assert_int_equal(weights[0], 2); // ctx
    assert_int_equal(weights[1], 1); // rows
    assert_int_equal(weights[2], 3); // words
    loaded_release(&loaded);
}

static void mistyped_words_are_told(void **state) {
    (void)state;
    check_said(HEAD "families: [rows]\nsinks: [{id: x, family: rovs, construct: a.x}]\n",
               "4:25 E407 unknown family 'rovs' ? did you mean 'rows'?\n");
    check_said(
        HEAD "sinks: [{id: x, family: 'two words', construct: a.x}]\n",
        "3:25 E407 'two words' is no name of a family ? it is made of a-z, 0-9, '-' and '_', "
        "and has at most 64 of them\n");
}

// A set of families is the bits of a number.
static void there_are_at_most_32(void **state) {
    (void)state;
    StrBuf text = {0};
    strbuf_add_text(&text, HEAD "families: [");
    for (int i = 0; i < FAMILY_MOST; i++) strbuf_addf(&text, "%sf%d", i > 0 ? ", " : "", i);
    strbuf_add_text(&text, "]\n");
    check_said(text.data, "3:157 E407 there are more than 31 families\n");
    strbuf_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sinks_bring_their_words_along),
        cmocka_unit_test(a_list_gives_the_order),
        cmocka_unit_test(the_context_has_one),
        cmocka_unit_test(weights_stay_with_their_words),
        cmocka_unit_test(mistyped_words_are_told),
        cmocka_unit_test(there_are_at_most_32),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
