// weave_edits over whole small trees: supplies, calls, forwards, locals, imports.
#include "edit/support_weave.h"

#define M                                                                                          \
    { "m.py", "cfg = 1\n" }

static void a_function_reads_through_its_parameter(void **state) {
    (void)state;
    const TreeFile files[] = {{"a.py", "from m import cfg\n\ndef f(n):\n    return cfg.n\n\n"
                                       "def g():\n    return f(1)\n"},
                              M};
    Tree tree;
    tree_open(&tree, files, 2);
    tree_gains(&tree, "a.f");
    tree_gains(&tree, "a.g")->optional = true;
    tree_sinks(&tree, "a", "cfg", 0);
    tree_calls(&tree, "a", "f", false, 0);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context, current, get_cfg\n\n"
               "def f(n, *, context: Context):\n    return get_cfg(context).n\n\n"
               "def g(*, context: Context | None = None):\n    if context is None:\n"
               "        context = current()\n    return f(1, context=context)\n");
    for (uint32_t i = 0; i < tree.edits.list.count; i++) {
        const Edit *edit = &tree.edits.list.items[i];
        bool config = str_is(edit->owner, "access 'cfg'") || str_is(edit->owner, "imports of 'a'");
        assert_str(edit->family, config ? "settings" : "context");
    }
    tree_close(&tree);
}

static void every_supply_has_its_expression(void **state) {
    (void)state;
    const TreeFile files[] = {{"a.py",
                               "def carried(msg): f()\n\ndef made(raw):\n    'doc'\n    f()\n\n"
                               "def bridged():\n    f()\n\n"
                               "class A:\n    def __init__(self, x):\n        f()\n    def m(me):\n"
                               "        def inner(): f()\n        f()\n\nf()\n"},
                              M};
    Tree tree;
    tree_open(&tree, files, 2);
    FunctionPlan *carried = tree_plan(&tree, "a.carried", SUPPLY_CARRIER);
    carried->carrier.index = tree.facts.functions.items[1].first_parameter;
    tree_plan(&tree, "a.made", SUPPLY_CREATED)->boundary = 1;
    tree_plan(&tree, "a.bridged", SUPPLY_BRIDGED);
    tree_gains(&tree, "a.A.__init__")->stores = true;
    tree_plan(&tree, "a.A.m", SUPPLY_HELD);
    tree_plan(&tree, "a.A.m.<locals>.inner", SUPPLY_CLOSURE);
    tree_calls(&tree, "a", "f", false, 0);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context, current\n\n\n"
               "def carried(msg): f(context=msg.context)\n\n"
               "def made(raw):\n    'doc'\n    context = Context.make(raw, \"a.b\")\n"
               "    f(context=context)\n\n"
               "def bridged():\n    context = current()\n    f(context=context)\n\n"
               "class A:\n    def __init__(self, x, *, context: Context):\n"
               "        self.context = context\n        f(context=context)\n    def m(me):\n"
               "        def inner(): f(context=me.context)\n        f(context=me.context)\n\n"
               "f(context=current())\n");
    tree_close(&tree);
}

static void a_repeated_read_goes_to_a_local(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import cfg\n\ndef f(cfg_now):\n    if cfg.a:\n        return cfg.a.b\n\n"
                 "def g():\n    def h():\n        return cfg.a\n    return cfg.b(lambda: cfg.c)\n\n"
                 "def once():\n    return lambda: (cfg.a, cfg.b)\n\n"
                 "def gen():\n    yield cfg.a\n    yield cfg.b\n"},
        M};
    Tree tree;
    tree_open(&tree, files, 2);
    tree_gains(&tree, "a.f");
    tree_gains(&tree, "a.g");
    tree_gains(&tree, "a.once");
    tree_gains(&tree, "a.gen");
    for (uint32_t i = 1; i < tree.facts.functions.count; i++) {
        if (fact_is(tree.facts.functions.items[i].enclosing)) {
            tree.solution.functions[i].supply = SUPPLY_CLOSURE;
        }
    }
    tree_sinks(&tree, "a", "cfg", 0);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context, get_cfg\n"
               "\n"
               "def f(cfg_now, *, context: Context):\n"
               "    isolated_cfg_now = get_cfg(context)\n"
               "    if isolated_cfg_now.a:\n"
               "        return isolated_cfg_now.a.b\n"
               "\n"
               "def g(*, context: Context):\n"
               "    def h():\n" // each call of h, and of the lambda, reads
               "        return get_cfg(context).a\n"
               "    return get_cfg(context).b(lambda: get_cfg(context).c)\n"
               "\n"
               "def once(*, context: Context):\n"
               "    return lambda: (get_cfg(context).a, get_cfg(context).b)\n"
               "\n"
               "def gen(*, context: Context):\n"
               "    yield get_cfg(context).a\n"
               "    yield get_cfg(context).b\n");
    tree_close(&tree);
}

static void forwards_bind_what_is_imported_already(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "import functools as ft\n\ndef f(): pass\n\ndef g():\n    run(f)\n"},
        {"b.py", "import os\n\ndef f(): pass\n\ndef g():\n    run(f)\n"}};
    Tree tree;
    tree_open(&tree, files, 2);
    const char *modules[] = {"a", "b"};
    for (int i = 0; i < 2; i++) {
        ForwardPlan plan = {.expr = tree_expr(&tree, modules[i], "f"), .ambient = i == 1};
        vec_add(&tree.solution.forwards, plan);
    }
    tree_gains(&tree, "a.g");
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "import functools as ft\nfrom iso import Context\n\ndef f(): pass\n\n"
               "def g(*, context: Context):\n    run(ft.partial(f, context=context))\n");
    assert_str(tree_text(&tree, "b.py"),
               "import os\nfrom functools import partial\nfrom iso import current\n\n"
               "def f(): pass\n\ndef g():\n    run(partial(f, context=current()))\n");
    tree_close(&tree);
}

static void an_existing_partial_gains_the_argument(void **state) {
    (void)state;
    const TreeFile files[] = {{"a.py",
                               "from functools import partial\n\ndef f(n): pass\n\ndef g():\n"
                               "    run(partial(f, n=1))\n"}};
    Tree tree;
    tree_open(&tree, files, 1);
    ExprId bound = tree_expr(&tree, "a", "partial(f, n=1)");
    ForwardPlan plan = {.expr = tree_expr(&tree, "a", "f"),
                        .call = facts_expr(&tree.facts, bound)->call};
    vec_add(&tree.solution.forwards, plan);
    tree_plan(&tree, "a.g", SUPPLY_PARAMETER);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from functools import partial\n\ndef f(n): pass\n\ndef g():\n"
               "    run(partial(f, n=1, context=context))\n");
    tree_close(&tree);
}

static void imports_go_only_when_nothing_needs_them(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import cfg, other\n\ndef f():\n    return cfg.n\n"},
        {"b.py", "from m import cfg\n\ndef f(x: cfg.T):\n    return cfg.n\n"},
        {"c.py",
         "from d import cfg\n\ndef f():\n    from m import cfg as later\n    return later.n\n"},
        {"d.py", "from m import cfg\n\ndef f():\n    return cfg.n\n"},
        {"e.py", "from m import cfg\n__all__ = ['cfg']\n\ndef f():\n    return cfg.n\n"},
        M};
    Tree tree;
    tree_open(&tree, files, 6);
    const char *modules[] = {"a", "b", "c", "d", "e"};
    for (int i = 0; i < 5; i++) {
        char name[8] = {modules[i][0], '.', 'f', 0};
        tree_plan(&tree, name, SUPPLY_PARAMETER);
        if (i != 1 && i != 2) tree_sinks(&tree, modules[i], "cfg", 0);
    }
    tree_sinks(&tree, "c", "later", 0);
    vec_add(&tree.solution.sinks,
            ((Sink){.expr = facts_expr(&tree.facts, tree_expr(&tree, "b", "cfg.n"))->base,
                    .function = tree_function(&tree, "b.f")}));
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"), "from iso import get_cfg\n"
                                         "from m import other\n"
                                         "\n"
                                         "def f():\n"
                                         "    return get_cfg(context).n\n");
    assert_str(tree_text(&tree, "b.py"), "from iso import get_cfg\n"
                                         "from m import cfg\n"
                                         "\n"
                                         "def f(x: cfg.T):\n"
                                         "    return get_cfg(context).n\n");
    assert_str(tree_text(&tree, "c.py"), "from d import cfg\nfrom iso import get_cfg\n\ndef f():\n"
                                         "    return get_cfg(context).n\n");
    assert_str(tree_text(&tree, "d.py"), "from iso import get_cfg\n"
                                         "from m import cfg\n"
                                         "\n"
                                         "def f():\n"
                                         "    return get_cfg(context).n\n");
    assert_str(tree_text(&tree, "e.py"), "from iso import get_cfg\n"
                                         "from m import cfg\n"
                                         "__all__ = ['cfg']\n"
                                         "\n"
                                         "def f():\n"
                                         "    return get_cfg(context).n\n");
    tree_close(&tree);
}

static void a_name_in_use_is_not_rebound(void **state) {
    (void)state;
    const TreeFile files[] = {{"a.py", "class Context: pass\n\n\ndef f(): pass\n"}, M};
    Tree tree;
    tree_open(&tree, files, 2);
    tree_gains(&tree, "a.f");
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context as weft_Context\n\n\nclass Context: pass\n\n\n"
               "def f(*, context: weft_Context): pass\n");
    tree_close(&tree);
}

static void written_constructors_may_be_optional(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "class A:\n    def f(self): g()\n\n\nclass B:\n    Context = 1\n"}};
    Tree tree;
    tree_open(&tree, files, 1);
    for (uint32_t i = 1; i <= 2; i++) tree.solution.classes[i].needs_constructor = true;
    tree.solution.classes[tree_class(&tree, "a.A").index].optional_constructor = true;
    tree_plan(&tree, "a.A.f", SUPPLY_HELD);
    tree_calls(&tree, "a", "g", false, 0);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context, Context as weft_Context, current\n\n\n"
               "class A:\n    def __init__(self, *, context: Context | None = None) -> None:\n"
               "        if context is None:\n            context = current()\n"
               "        self.context = context\n\n    def f(self): g(context=self.context)\n\n\n"
               "class B:\n    Context = 1\n\n"
               "    def __init__(self, *, context: weft_Context) -> None:\n"
               "        self.context = context\n");
    tree_close(&tree);
}

static void what_is_done_is_left_alone(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from iso import Context, current\n\n"
                 "class A:\n    def __init__(self, *, context: Context):\n"
                 "        self.context = context\n        f(context=context)\n\n"
                 "def made(raw):\n    context = Context.make(raw)\n    f(context=context)\n"},
        M};
    Tree tree;
    tree_open(&tree, files, 2);
    FunctionPlan *plan = tree_gains(&tree, "a.A.__init__");
    plan->gains_parameter = false;
    plan->has_parameter = plan->stores = true;
    tree_plan(&tree, "a.made", SUPPLY_CREATED)->boundary = 1;
    tree_calls(&tree, "a", "f", false, 0);
    tree_weave(&tree);
    assert_int_equal(tree.edits.list.count, 0);
    tree_close(&tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_function_reads_through_its_parameter),
        cmocka_unit_test(every_supply_has_its_expression),
        cmocka_unit_test(a_repeated_read_goes_to_a_local),
        cmocka_unit_test(forwards_bind_what_is_imported_already),
        cmocka_unit_test(an_existing_partial_gains_the_argument),
        cmocka_unit_test(imports_go_only_when_nothing_needs_them),
        cmocka_unit_test(a_name_in_use_is_not_rebound),
        cmocka_unit_test(written_constructors_may_be_optional),
        cmocka_unit_test(what_is_done_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
