// plan_check: what a compiler says of new texts (E509). The compiler here dislikes a word.
#include "edit/support_check.h"
#include "python/python.h"

static void dislike(const Facts *facts, const NewText *texts, uint32_t count, unsigned threads, Arena *arena,
                    CompileFaults *faults) {
    (void)facts;
    (void)threads;
    for (uint32_t i = 0; i < count; i++) {
        ptrdiff_t at = str_find_str(texts[i].text, STR("ugly"));
        CompileFault fault = {.file = texts[i].file, .text = i + 1, .message = arena_copy(arena, STR("ugly word"))};
        fault.offset = (uint32_t)at;
        if (at >= 0) vec_add(faults, fault);
    }
}

// As if a file that does not change had become wrong.
static void dislike_another(const Facts *facts, const NewText *texts, uint32_t count, unsigned threads, Arena *arena,
                            CompileFaults *faults) {
    (void)texts;
    (void)threads;
    assert_int_equal(count, 1);
    FileId other = sources_find(facts->sources, STR("b.py"));
    vec_add(faults, ((CompileFault){.file = other, .offset = 2, .message = arena_copy(arena, STR("no more"))}));
}

static void open_with(Case *c, Language *language, const Language **list, Languages *languages) {
    case_open(c, {"a.py", "def f(n): pass\n"}, {"b.py", "x = 1\n"});
    *language = language_python;
    list[0] = language;
    *languages = (Languages){list, 1};
    c->languages = languages;
}

static void a_new_text_does_not_compile(void **state) {
    (void)state;
    Case c;
    Language language;
    const Language *list[1];
    Languages languages;
    open_with(&c, &language, list, &languages);
    language.judge = dislike;
    case_append(&c, "a.py", "n", ", ugly");
    case_wrong(&c, DIAGNOSTIC_E509, "the changed tree would not compile here: ugly word");
    assert_int_equal(c.tree.diagnostics.list.items[0].span.start, 7);
    case_close(&c);
}

static void a_new_text_compiles(void **state) {
    (void)state;
    Case c;
    Language language;
    const Language *list[1];
    Languages languages;
    open_with(&c, &language, list, &languages);
    language.judge = dislike;
    case_append(&c, "a.py", "n", ", nice");
    case_good(&c);
    case_close(&c);
}

static void another_file_does_not_compile_any_more(void **state) {
    (void)state;
    Case c;
    Language language;
    const Language *list[1];
    Languages languages;
    open_with(&c, &language, list, &languages);
    language.judge = dislike_another;
    case_append(&c, "a.py", "n", ", nice");
    case_wrong(&c, DIAGNOSTIC_E509, "the changed tree would not compile here: no more");
    assert_int_equal(c.tree.diagnostics.list.items[0].span.start, 2);
    case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_new_text_does_not_compile),
                                       cmocka_unit_test(a_new_text_compiles),
                                       cmocka_unit_test(another_file_does_not_compile_any_more)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
