// Defaults that become lazy, by exact resulting text.
#include "python/support_write.h"

#define COUNT(cases) (sizeof(cases) / sizeof *(cases))

static void make_lazy(const char *before, const char *after) {
    Page page;
    page_open(&page, before);
    const FunctionFact *function = facts_function(&page.facts, page_function(&page, "f"));
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        ParameterId id = {function->first_parameter + i};
        python_writer.make_default_lazy(&page.facts, id, &page.edits);
    }
    page_close(&page, after);
}

static void defaults(void **state) {
    (void)state;
    make_lazy("def f(a, b=g.x, *c, d=g.y()): pass\n", "def f(a, b=None, *c, d=None): pass\n");
    make_lazy(
        "def f(\n    a = (g.x),  # why\n    b=(\n        # of b\n        g.y\n    ),\n): pass\n",
        "def f(\n    a = None,  # why\n    b=(\n        # of b\n        None\n    ),\n): pass\n");
    make_lazy("def f(a=((\n    g.x)), b=(g, 1)): pass\n", "def f(a=None, b=None): pass\n");
    make_lazy("def f(a=None, b: int = None): pass\n", "def f(a=None, b: int = None): pass\n");
    make_lazy("f = lambda a=g.x: a\ndef f(a=g.x): pass\n",
              "f = lambda a=g.x: a\ndef f(a=None): pass\n");
}

static void annotations_that_gain_none(void **state) {
    (void)state;
    const char *const types[] = {
        "int",        "a.B",       "list[int]",         "int | str", "Union[int, str]",
        "list[None]", "list['A']", "Annotated[int, 1]",
    };
    for (size_t i = 0; i < COUNT(types); i++) {
        char before[128], after[128];
        snprintf(before, sizeof before, "def f(a: %s = g.x): pass\n", types[i]);
        snprintf(after, sizeof after, "def f(a: %s | None = None): pass\n", types[i]);
        make_lazy(before, after);
    }
    make_lazy("def f(a: 'A' = g.x): pass\n", "def f(a: 'A | None' = None): pass\n");
    make_lazy("def f(a: r\"\"\"A \"\"\" = g.x): pass\n",
              "def f(a: r\"\"\"A | None \"\"\" = None): pass\n");
    make_lazy("def f(a: (int) = g.x): pass\n", "def f(a: (int | None) = None): pass\n");
}

static void annotations_that_stay(void **state) {
    (void)state;
    const char *const types[] = {
        "Any",
        "t.Any",
        "object",
        "Optional[int]",
        "t.Optional[int]",
        "int | None",
        "None | int",
        "'A | None'",
        "'Optional[A]'",
        "Union[int, None]",
        "'A' 'B'",
        "f'{A}'",
        "Annotated[int | None, 1]",
        "lambda: 0",
    };
    for (size_t i = 0; i < COUNT(types); i++) {
        char before[128], after[128];
        snprintf(before, sizeof before, "def f(a: %s = g.x): pass\n", types[i]);
        snprintf(after, sizeof after, "def f(a: %s = None): pass\n", types[i]);
        make_lazy(before, after);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults),
        cmocka_unit_test(annotations_that_gain_none),
        cmocka_unit_test(annotations_that_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
