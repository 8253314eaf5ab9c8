// Lazy defaults over small trees: what is edited inside them moves along.
#include "edit/support_weave.h"

#define M                                                                                          \
    { "m.py", "cfg = 1\n" }

static void a_default_moves_behind_the_context(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import cfg\n\n\ndef f(x: int = cfg.n, y=lambda: cfg.k):\n    'doc'\n"
                 "    return x, y\n\n\ndef g(n=cfg.n): return n, cfg.k\n"},
        M};
    Tree tree;
    tree_open(&tree, files, 2);
    tree_gains(&tree, "a.f")->optional = true;
    tree_plan(&tree, "a.g", SUPPLY_CREATED)->boundary = 1;
    tree_sinks(&tree, "a", "cfg", 0);
    tree_lazy(&tree, "a.f", "x");
    tree_lazy(&tree, "a.f", "y");
    tree_lazy(&tree, "a.g", "n");
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context, current, get_cfg\n\n\n"
               "def f(x: int | None = None, y=None, *, context: Context | None = None):\n"
               "    'doc'\n    if context is None:\n        context = current()\n"
               "    cfg_now = get_cfg(context)\n"
               "    if x is None:\n        x = cfg_now.n\n"
               "    if y is None:\n        y = lambda: cfg_now.k\n"
               "    return x, y\n\n\n"
               "def g(n=None):\n    context = Context.make(raw, \"a.b\")\n"
               "    cfg_now = get_cfg(context)\n    if n is None:\n        n = cfg_now.n\n"
               "    return n, cfg_now.k\n");
    tree_close(&tree);
}

static void calls_and_function_values_move_too(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "def f(x=make(), y=(bind(h) +\n    make(1)), z=h,\n      s=make('''a\n    ''', [\n"
                 "        1,\n    ])):\n    return x\n\n\n"
                 "def h(): pass\n"}};
    Tree tree;
    tree_open(&tree, files, 1);
    tree_gains(&tree, "a.f");
    tree_calls(&tree, "a", "make", false, 0);
    for (uint32_t i = 1; i < tree.facts.exprs.count; i++) {
        const ExprFact *expr = &tree.facts.exprs.items[i];
        if (str_is(facts_text(&tree.facts, (ModuleId){1}, expr->start, expr->end), "h")) {
            vec_add(&tree.solution.forwards, ((ForwardPlan){.expr = {i}}));
        }
    }
    tree_lazy(&tree, "a.f", "x");
    tree_lazy(&tree, "a.f", "y");
    tree_lazy(&tree, "a.f", "z");
    tree_lazy(&tree, "a.f", "s");
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from functools import partial\nfrom iso import Context\n\n\n"
               "def f(x=None, y=None, z=None,\n      s=None, *, context: Context):\n"
               "    if x is None:\n        x = make(context=context)\n"
               "    if y is None:\n        y = (bind(partial(h, context=context)) +\n"
               "            make(1, context=context))\n"
               "    if z is None:\n        z = partial(h, context=context)\n"
               "    if s is None:\n        s = (make('''a\n    ''', [\n            1,\n        ], "
               "context=context))\n"
               "    return x\n\n\n"
               "def h(): pass\n");
    tree_close(&tree);
}

static void what_was_refused_moves_as_it_is(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import cfg\n\n\nclass A:\n    def f(self, get_cfg, x=cfg.n): return x\n"},
        M};
    Tree tree;
    tree_open(&tree, files, 2);
    tree_plan(&tree, "a.A.f", SUPPLY_HELD);
    tree_sinks(&tree, "a", "cfg", 0);
    tree.solution.sinks.items[1].outcome = OUTCOME_REFUSED;
    tree_lazy(&tree, "a.A.f", "x");
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from m import cfg\n\n\nclass A:\n    def f(self, get_cfg, x=None):\n"
               "        if x is None:\n            x = cfg.n\n        return x\n");
    tree_close(&tree);
    // Not refused: the parameter hides the name that is put in.
    tree_open(&tree, files, 2);
    tree_plan(&tree, "a.A.f", SUPPLY_HELD);
    tree_sinks(&tree, "a", "cfg", 0);
    tree_lazy(&tree, "a.A.f", "x");
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from iso import get_cfg as weft_get_cfg\n\n\nclass A:\n"
               "    def f(self, get_cfg, x=None):\n        if x is None:\n"
               "            x = weft_get_cfg(self.context).n\n        return x\n");
    tree_close(&tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_default_moves_behind_the_context),
        cmocka_unit_test(calls_and_function_values_move_too),
        cmocka_unit_test(what_was_refused_moves_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
