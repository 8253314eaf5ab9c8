// Parameters, arguments, bound arguments and replaced expressions, by exact resulting text.
#include "python/support_write.h"

#define COUNT(cases) (sizeof(cases) / sizeof *(cases))

static void add_parameter(const BeforeAfter *one, bool optional) {
    Page page;
    page_open(&page, one->before);
    python_writer.add_parameter(&page.facts, page_function(&page, "f"), &CONTEXT, optional,
                                &page.edits);
    page_close(&page, one->after);
}

static void parameters_on_one_line(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"def f(): pass\n", "def f(*, context: Context): pass\n"},
        {"def f(a): pass\n", "def f(a, *, context: Context): pass\n"},
        {"def f(a, ): pass\n", "def f(a, *, context: Context, ): pass\n"},
        {"def f(a,): pass\n", "def f(a, *, context: Context,): pass\n"},
        {"def f(a=1, b: int = 2) -> int: pass\n",
         "def f(a=1, b: int = 2, *, context: Context) -> int: pass\n"},
        {"def f(a, *, b): pass\n", "def f(a, *, b, context: Context): pass\n"},
        {"def f(*args): pass\n", "def f(*args, context: Context): pass\n"},
        {"def f(*args, b=1): pass\n", "def f(*args, b=1, context: Context): pass\n"},
        {"def f(**kw): pass\n", "def f(*, context: Context, **kw): pass\n"},
        {"def f(a, **kw: int): pass\n", "def f(a, *, context: Context, **kw: int): pass\n"},
        {"def f(*a, **kw): pass\n", "def f(*a, context: Context, **kw): pass\n"},
        {"def f(a, /): pass\n", "def f(a, /, *, context: Context): pass\n"},
        {"async def f(a): pass\n", "async def f(a, *, context: Context): pass\n"},
        {"def f[T](a: T) -> T: pass\n", "def f[T](a: T, *, context: Context) -> T: pass\n"},
        {"def f(a, context=None): pass\n", "def f(a, context=None): pass\n"},
        {"class A:\n    def f(self): pass\n",
         "class A:\n    def f(self, *, context: Context): pass\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) add_parameter(&cases[i], false);
}

static void parameters_on_several_lines(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"def f(\n    a,\n    b,\n): pass\n",
         "def f(\n    a,\n    b,\n    *,\n    context: Context,\n): pass\n"},
        {"def f(\n    a,\n    b\n): pass\n",
         "def f(\n    a,\n    b,\n    *,\n    context: Context\n): pass\n"},
        {"def f(\n    a,\n    b,  # why\n): pass\n",
         "def f(\n    a,\n    b,  # why\n    *,\n    context: Context,\n): pass\n"},
        {"def f(\n    a,  # one\n    b  # two\n): pass\n",
         "def f(\n    a,  # one\n    b,  # two\n    *,\n    context: Context\n): pass\n"},
        {"def f(\n    a,\n    # of b\n    b,\n    # end\n): pass\n",
         "def f(\n    a,\n    # of b\n    b,\n    *,\n    context: Context,\n    # end\n): pass\n"},
        {"def f(a,\n      b): pass\n",
         "def f(a,\n      b,\n      *,\n      context: Context): pass\n"},
        {"def f(\n    self, a, b\n): pass\n",
         "def f(\n    self, a, b, *, context: Context\n): pass\n"},
        {"def f(\n    a,\n    *,\n    b,\n): pass\n",
         "def f(\n    a,\n    *,\n    b,\n    context: Context,\n): pass\n"},
        {"def f(\n    a,\n    **kw,\n): pass\n",
         "def f(\n    a,\n    *,\n    context: Context,\n    **kw,\n): pass\n"},
        {"def f(\n    a=[\n        1,\n    ],\n): pass\n",
         "def f(\n    a=[\n        1,\n    ],\n    *,\n    context: Context,\n): pass\n"},
        {"def f(a, b=[\n    1,\n]): pass\n",
         "def f(a, b=[\n    1,\n], *, context: Context): pass\n"},
        {"def f(\r\n\ta,\r\n): pass\r\n",
         "def f(\r\n\ta,\r\n\t*,\r\n\tcontext: Context,\r\n): pass\r\n"},
        {"def f(\n    # none yet\n): pass\n",
         "def f(\n    # none yet\n    *, context: Context\n): pass\n"},
        {"def f(\n    ): pass\n", "def f(*, context: Context): pass\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) add_parameter(&cases[i], false);
}

static void parameters_can_be_optional(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"def f(a): pass\n", "def f(a, *, context: Context | None = None): pass\n"},
        {"def f(\n    a,\n): ...\n",
         "def f(\n    a,\n    *,\n    context: Context | None = None,\n): ...\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) add_parameter(&cases[i], true);
}

static void lambdas_gain_no_parameter(void **state) {
    (void)state;
    Page page;
    page_open(&page, "g = lambda x: x\n");
    python_writer.add_parameter(&page.facts, (FunctionId){1}, &CONTEXT, false, &page.edits);
    page_close(&page, "g = lambda x: x\n");
}

// Every call of `f` gets c=x.
static void add_arguments(const BeforeAfter *one) {
    Page page;
    page_open(&page, one->before);
    for (uint32_t i = 1; i < page.facts.calls.count; i++) {
        const ExprFact *callee = facts_expr(&page.facts, page.facts.calls.items[i].callee);
        if (!str_is(facts_name(&page.facts, callee->name), "f")) continue;
        python_writer.add_argument(&page.facts, (CallId){i}, STR("c"), STR("x"), &page.edits);
    }
    page_close(&page, one->after);
}

static void arguments_on_one_line(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"f()\n", "f(c=x)\n"},
        {"f( )\n", "f(c=x)\n"},
        {"f(\n)\n", "f(c=x)\n"},
        {"f(1)\n", "f(1, c=x)\n"},
        {"f(1,)\n", "f(1, c=x,)\n"},
        {"f(1, )\n", "f(1, c=x, )\n"},
        {"f(a=1)\n", "f(a=1, c=x)\n"},
        {"f(*a)\n", "f(*a, c=x)\n"},
        {"f(**k)\n", "f(**k, c=x)\n"},
        {"f(c=y)\n", "f(c=y)\n"},
        {"f(f(1))\n", "f(f(1, c=x), c=x)\n"},
        {"f(1)(f)\n", "f(1, c=x)(f)\n"},
        {"a.f(b.f())\n", "a.f(b.f(c=x), c=x)\n"},
        {"f(i for i in y)\n", "f((i for i in y), c=x)\n"},
        {"f((i for i in y))\n", "f((i for i in y), c=x)\n"},
        {"f(i for i in f())\n", "f((i for i in f(c=x)), c=x)\n"},
        {"z = f\"{f(1)!r} {f():>4}\"\n", "z = f\"{f(1, c=x)!r} {f(c=x):>4}\"\n"},
        {"@f(1)\ndef g(): pass\n", "@f(1, c=x)\ndef g(): pass\n"},
        {"y = [f(i) for i in z if (w := f())]\n", "y = [f(i, c=x) for i in z if (w := f(c=x))]\n"},
        {"g = lambda: f(1)\n", "g = lambda: f(1, c=x)\n"},
        {"await_ = f(lambda: 1)\n", "await_ = f(lambda: 1, c=x)\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) add_arguments(&cases[i]);
}

static void arguments_on_several_lines(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"f(\n    1,\n    2,\n)\n", "f(\n    1,\n    2,\n    c=x,\n)\n"},
        {"f(\n    1,\n    2\n)\n", "f(\n    1,\n    2,\n    c=x\n)\n"},
        {"f(\n    a=1,  # why\n)\n", "f(\n    a=1,  # why\n    c=x,\n)\n"},
        {"f(\n    a=1  # why\n)\n", "f(\n    a=1,  # why\n    c=x\n)\n"},
        {"f(\n    a=1,\n    # end\n)\n", "f(\n    a=1,\n    c=x,\n    # end\n)\n"},
        {"f(1,\n  2)\n", "f(1,\n  2,\n  c=x)\n"},
        {"f(1, 2,\n  3, 4)\n", "f(1, 2,\n  3, 4, c=x)\n"},
        {"f(1,\n  2, \\\n)\n", "f(1,\n  2,\n  c=x, \\\n)\n"},
        {"f(1, \\\n  2)\n", "f(1, \\\n  2,\n  c=x)\n"},
        {"f([\n    1,\n])\n", "f([\n    1,\n], c=x)\n"},
        {"f(\n    [\n        1,\n    ],\n)\n", "f(\n    [\n        1,\n    ],\n    c=x,\n)\n"},
        {"f(\n    f(\n        1\n    )\n)\n",
         "f(\n    f(\n        1,\n        c=x\n    ),\n    c=x\n)\n"},
        {"f(\n    i\n    for i in y\n)\n", "f((\n    i\n    for i in y\n), c=x)\n"},
        {"f(\n    # nothing\n)\n", "f(\n    # nothing\n    c=x\n)\n"},
        {"if y:\n\tf(  # nothing\n\t)\n", "if y:\n\tf(  # nothing\n\t\tc=x\n\t)\n"},
        {"f(\r\n  # a\r\n\r\n )\r\n", "f(\r\n  # a\r\n  c=x\r\n\r\n )\r\n"},
        {"f(\r\n\t1,\r\n)\r\n", "f(\r\n\t1,\r\n\tc=x,\r\n)\r\n"},
        {"(a\n .f(1)\n .f())\n", "(a\n .f(1, c=x)\n .f(c=x))\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) add_arguments(&cases[i]);
}

static void bound_arguments(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"run(work, 1)\n", "run(partial(work, c=x), 1)\n"},
        {"run(target=(work))\n", "run(target=(partial(work, c=x)))\n"},
        {"run(\n    work\n)\n", "run(\n    partial(work, c=x)\n)\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Page page;
        page_open(&page, cases[i].before);
        python_writer.bind_argument(&page.facts, page_expr(&page, "work"), STR("partial"), STR("c"),
                                    STR("x"), &page.edits);
        page_close(&page, cases[i].after);
    }
}

static void replaced_expressions(void **state) {
    (void)state;
    const struct {
        const char *before, *expr, *text, *after;
    } cases[] = {
        {"y = old.a\n", "old", "get(c)", "y = get(c).a\n"},
        {"def g():\n    return(old)\n", "old", "get(c)", "def g():\n    return(get(c))\n"},
        {"y = not(old)\n", "old", "new", "y = not(new)\n"},
        {"y = 1 if(old)else 2\n", "old", "new", "y = 1 if(new)else 2\n"},
        {"y = old()if z else 2\n", "old()", "new", "y = new if z else 2\n"},
        {"y = z and(old).b\n", "(old).b", "new", "y = z and new\n"},
        {"y = f'{old.a!r}'\n", "old", "get(c)", "y = f'{get(c).a!r}'\n"},
        {"y = (old\n     .a)\n", "old", "get(c)", "y = (get(c)\n     .a)\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Page page;
        page_open(&page, cases[i].before);
        python_writer.replace_expression(&page.facts, page_expr(&page, cases[i].expr),
                                         str_from(cases[i].text), &page.edits);
        page_close(&page, cases[i].after);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_on_one_line),
        cmocka_unit_test(parameters_on_several_lines),
        cmocka_unit_test(parameters_can_be_optional),
        cmocka_unit_test(lambdas_gain_no_parameter),
        cmocka_unit_test(arguments_on_one_line),
        cmocka_unit_test(arguments_on_several_lines),
        cmocka_unit_test(bound_arguments),
        cmocka_unit_test(replaced_expressions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
