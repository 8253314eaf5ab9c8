// Names that are put into functions: a name with another meaning there is imported under an alias.
#include "edit/support_weave.h"

#define M                                                                                          \
    { "m.py", "cfg = 1\n" }

static void a_local_hides_a_created_context(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "def made(raw):\n    Context = raw\n    f()\n\n\n"
                 "def bridged(current):\n    f()\n\n\n"
                 "def optional():\n    def inner():\n        f()\n    for current in x: pass\n"}};
    Tree tree;
    tree_open(&tree, files, 1);
    tree_plan(&tree, "a.made", SUPPLY_CREATED)->boundary = 1;
    tree_plan(&tree, "a.bridged", SUPPLY_BRIDGED);
    tree_gains(&tree, "a.optional.<locals>.inner")->optional = true;
    tree_calls(&tree, "a", "f", false, 0);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context, Context as weft_Context, current as weft_current\n\n\n"
               "def made(raw):\n    context = weft_Context.make(raw, \"a.b\")\n    Context = raw\n"
               "    f(context=context)\n\n\n"
               "def bridged(current):\n    context = weft_current()\n    f(context=context)\n\n\n"
               "def optional():\n    def inner(*, context: Context | None = None):\n"
               "        if context is None:\n            context = weft_current()\n"
               "        f(context=context)\n    for current in x: pass\n");
    tree_close(&tree);
}

// Only what the text can see counts: not other functions, and the class body around a method only for
// what stands in the class body.
static void names_out_of_sight_do_not_count(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import cfg\n\n\nclass A:\n    get_cfg = 1\n    Context = 2\n\n"
                 "    def f(self):\n        return cfg.a\n\n    def g(self):\n"
                 "        return [get_cfg for get_cfg in cfg.b if cfg]\n\n\n"
                 "def other(get_cfg): pass\n"},
        M};
    Tree tree;
    tree_open(&tree, files, 2);
    tree_gains(&tree, "a.A.f");
    tree_plan(&tree, "a.A.g", SUPPLY_HELD);
    tree_sinks(&tree, "a", "cfg", 0);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context as weft_Context, get_cfg, get_cfg as weft_get_cfg\n\n\n"
               "class A:\n    get_cfg = 1\n    Context = 2\n\n"
               "    def f(self, *, context: weft_Context):\n        return get_cfg(context).a\n\n"
               "    def g(self):\n        return [get_cfg for get_cfg in get_cfg(self.context).b "
               "if weft_get_cfg(self.context)]\n\n\n"
               "def other(get_cfg): pass\n");
    tree_close(&tree);
}

static void a_binder_may_be_hidden(void **state) {
    (void)state;
    const TreeFile files[] = {{"a.py", "from functools import partial\n\n\ndef f(): pass\n\n\n"
                                       "def g(partial):\n    run(f)\n"}};
    Tree tree;
    tree_open(&tree, files, 1);
    vec_add(&tree.solution.forwards, ((ForwardPlan){.expr = tree_expr(&tree, "a", "f")}));
    tree_gains(&tree, "a.g");
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from functools import partial, partial as weft_partial\nfrom iso import Context\n"
               "\n\ndef f(): pass\n\n\ndef g(partial, *, context: Context):\n"
               "    run(weft_partial(f, context=context))\n");
    tree_close(&tree);
}

// The local that holds a value must not have the name of the function that gives it.
static void our_own_locals_hide_names_too(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import cfg\n\n\ndef f():\n    return cfg.a, cfg.b\n"}, M};
    const char *locals[] = {"get_cfg", "current"};
    const char *after[] = {
        "from iso import current, get_cfg\n\n\ndef f():\n    context = current()\n"
        "    isolated_get_cfg = get_cfg(context)\n"
        "    return isolated_get_cfg.a, isolated_get_cfg.b\n",
        "from iso import current as weft_current, get_cfg\n\n\ndef f():\n"
        "    context = weft_current()\n    current = get_cfg(context)\n"
        "    return current.a, current.b\n"};
    for (int i = 0; i < 2; i++) {
        Tree tree;
        tree_open(&tree, files, 2);
        tree.rules.sinks.items[0].local = str_from(locals[i]);
        tree_plan(&tree, "a.f", SUPPLY_BRIDGED);
        tree_sinks(&tree, "a", "cfg", 0);
        tree_weave(&tree);
        assert_str(tree_text(&tree, "a.py"), after[i]);
        tree_close(&tree);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_local_hides_a_created_context),
        cmocka_unit_test(names_out_of_sight_do_not_count),
        cmocka_unit_test(a_binder_may_be_hidden),
        cmocka_unit_test(our_own_locals_hide_names_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
