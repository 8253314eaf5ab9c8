// First statements and constructors, by exact resulting text.
#include "python/support_write.h"

#define COUNT(cases) (sizeof(cases) / sizeof *(cases))

static void add_lines(const BeforeAfter *one) {
    const FirstStatement first = {.kind = FIRST_FALLBACK, .name = STR("c"), .value = STR("now()")};
    Page page;
    page_open(&page, one->before);
    python_writer.add_first_statements(&page.facts, page_function(&page, "f"), STR("context"), &first,
                                       1, &page.edits);
    page_close(&page, one->after);
}

static void bodies_on_their_own_lines(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"def f():\n    return 1\n",
         "def f():\n    if c is None:\n        c = now()\n    return 1\n"},
        {"def f():\n    'doc'\n    return 1\n",
         "def f():\n    'doc'\n    if c is None:\n        c = now()\n    return 1\n"},
        {"def f():\n    '''doc\n  more\n    '''  # end\n\n    return 1\n",
         "def f():\n    '''doc\n  more\n    '''  # end\n    if c is None:\n        c = now()\n"
         "\n    return 1\n"},
        {"def f():\n    'doc'; x = 1\n",
         "def f():\n    'doc'\n    if c is None:\n        c = now()\n    x = 1\n"},
        {"def f():\n    'doc'", "def f():\n    'doc'\n    if c is None:\n        c = now()"},
        {"def f():  # why\n    # of x\n    x = 1\n",
         "def f():  # why\n    if c is None:\n        c = now()\n    # of x\n    x = 1\n"},
        {"def f():\n\n    x = 1\n",
         "def f():\n\n    if c is None:\n        c = now()\n    x = 1\n"},
        {"def f():\n\tx = 1\n", "def f():\n\tif c is None:\n\t\tc = now()\n\tx = 1\n"},
        {"def f():\r\n  x = 1\r\n", "def f():\r\n  if c is None:\r\n    c = now()\r\n  x = 1\r\n"},
        {"def f():\n    @g\n    def h(): pass\n",
         "def f():\n"
         "    if c is None:\n"
         "        c = now()\n"
         "\n"
         "    @g\n"
         "    def h(): pass\n"},
        {"def g():\n    def f(\n        a,\n    ):\n        return a\n    return f\n",
         "def g():\n    def f(\n        a,\n    ):\n        if c is None:\n            c = now()\n"
         "        return a\n    return f\n"},
        {"async def f():\n    async with x: pass\n",
         "async def f():\n    if c is None:\n        c = now()\n    async with x: pass\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) add_lines(&cases[i]);
}

static void bodies_on_the_header_line(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"def f(): return g()\n",
         "def f():\n    if c is None:\n        c = now()\n    return g()\n"},
        {"def f():return g()  # why\n",
         "def f():\n    if c is None:\n        c = now()\n    return g()  # why\n"},
        {"def f(): ...", "def f():\n    if c is None:\n        c = now()\n    ..."},
        {"def f(): 'doc'\n", "def f():\n    'doc'\n    if c is None:\n        c = now()\n"},
        {"def f(): 'doc'; x = 1\n",
         "def f():\n    'doc'\n    if c is None:\n        c = now()\n    x = 1\n"},
        {"def f(): \\\n  x = 1\n", "def f():\n    if c is None:\n        c = now()\n    x = 1\n"},
        {"class A:\n    def f(self): x = 1; y = 2\n",
         "class A:\n    def f(self):\n        if c is None:\n            c = now()\n"
         "        x = 1; y = 2\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) add_lines(&cases[i]);
}

#define INIT                                                                                       \
    "    def __init__(self, *, context: Context) -> None:\n        self.context = context\n"

static void add_constructor(const BeforeAfter *one, bool optional) {
    Page page;
    page_open(&page, one->before);
    uint32_t methods[8];
    ClassMethods klass = {page_class(&page, "A"), methods, 0};
    for (uint32_t i = 1; i < page.facts.functions.count && klass.count < COUNT(methods); i++)
        if (fact_same(page.facts.functions.items[i].klass, klass.id)) methods[klass.count++] = i;
    python_writer.add_constructor(&page.facts, &klass, &CONTEXT, optional, &page.edits);
    page_close(&page, one->after);
}

static void constructors(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"class A:\n    def g(self): pass\n", "class A:\n" INIT "\n    def g(self): pass\n"},
        {"class A:\n    'doc'\n\n    x = 1\n    y: int\n\n    # of g\n    @d\n    def g(self): "
         "pass\n",
         "class A:\n    'doc'\n\n    x = 1\n    y: int\n\n" INIT
         "\n    # of g\n    @d\n    def g(self): pass\n"},
        {"class A:\n    'doc'\n    def g(self): pass\n",
         "class A:\n    'doc'\n\n" INIT "\n    def g(self): pass\n"},
        {"class A:\n    x = 1\n\n\ny = 1\n", "class A:\n    x = 1\n\n" INIT "\n\ny = 1\n"},
        {"class A:\n    'doc'\n", "class A:\n    'doc'\n\n" INIT},
        {"class A:\n    pass\n", "class A:\n" INIT},
        {"class A: pass\n", "class A:\n" INIT},
        {"class A: ...\n", "class A:\n" INIT},
        {"class A: x = 1\n", "class A:\n    x = 1\n\n" INIT},
        {"class A:\n    def __init__(self): pass\n", "class A:\n    def __init__(self): pass\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) add_constructor(&cases[i], false);
    const BeforeAfter optional = {
        "class A:\n\tpass\n",
        "class A:\n\tdef __init__(self, *, context: Context | None = None) -> None:\n"
        "\t\tif context is None:\n\t\t\tcontext = current_context()\n\t\tself.context = context\n"};
    add_constructor(&optional, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_on_their_own_lines),
        cmocka_unit_test(bodies_on_the_header_line),
        cmocka_unit_test(constructors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
