// Singletons over a small tree: the accessor, its readers, importers and export lists.
#include "edit/support_thread.h"

#define INSTANCE "class C:\n    def __init__(self, n): pass\n\n\none = C(1)\n"

static Accessor *add_instance(Tree *tree) {
    Accessor accessor = {.kind = ACCESSOR_INSTANCE,
                         .family = FAMILY_MEMORY,
                         .symbol = tree_symbol(tree, "m", "one"),
                         .construction = tree_expr(tree, "m", "C(1)"),
                         .klass = tree_class(tree, "m.C"),
                         .name = STR("get_isolated_one")};
    accessor.binding = tree->facts.symbols.items[accessor.symbol.index].first_binding;
    vec_add(&tree->solution.accessors, accessor);
    return vec_last(&tree->solution.accessors);
}

static void importers_and_exports_follow(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from p import one as it\n\ndef f():\n    return it.x\n"},
        {"b.py", "import m\n\ndef f():\n    from m import one\n    return one.x, one.y, m.one.z\n"},
        {"m.py", INSTANCE},
        {"p/__init__.py", "from m import C, one\n\n__all__ = [\"C\", \"one\"]\n"}};
    Tree tree;
    tree_open(&tree, files, 4);
    add_instance(&tree)->passes_context = true;
    tree_gains(&tree, "m.C.__init__");
    tree_gains(&tree, "a.f");
    tree_gains(&tree, "b.f");
    tree_sinks(&tree, "a", "it", 1);
    tree_sinks(&tree, "b", "one", 1);
    tree_sinks(&tree, "b", "m.one", 1);
    tree_calls(&tree, "m", "C", false, 1);
    tree_thread(&tree);
    assert_str(tree_text(&tree, "m.py"),
               "from iso import Context, accessor\n\n"
               "class C:\n    def __init__(self, n, *, context: Context): pass\n\n\n"
               "@accessor(\"tenant\")\ndef get_isolated_one(context: Context) -> C:\n"
               "    return C(1, context=context)\n");
    assert_str(tree_text(&tree, "p/__init__.py"),
               "from m import C, get_isolated_one\n\n__all__ = [\"C\", \"get_isolated_one\"]\n");
    assert_str(tree_text(&tree, "a.py"),
               "from p import get_isolated_one\nfrom iso import Context\n\n"
               "def f(*, context: Context):\n    return get_isolated_one(context).x\n");
    assert_str(tree_text(&tree, "b.py"),
               "import m\nfrom iso import Context\n\ndef f(*, context: Context):\n"
               "    from m import get_isolated_one\n"
               "    return get_isolated_one(context).x, get_isolated_one(context).y, "
               "m.get_isolated_one(context).z\n");
    tree_close(&tree);
}

static void a_name_that_stays_in_use_has_a_stand_in(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import one\n\nKEPT = one.x\n\ndef f():\n    return one.y\n"},
        {"b.py", "from m import one\n\ndef f():\n    return one.y\n"},
        {"m.py", INSTANCE}};
    Tree tree;
    tree_open(&tree, files, 3);
    add_instance(&tree)->keeps_name = true;
    tree_plan(&tree, "a.f", SUPPLY_PARAMETER);
    tree_plan(&tree, "b.f", SUPPLY_PARAMETER);
    tree_sinks(&tree, "a", "one", 1);
    tree.solution.sinks.items[1].outcome = OUTCOME_REFUSED; // KEPT
    tree_sinks(&tree, "b", "one", 1);
    tree_thread(&tree);
    assert_str(tree_text(&tree, "m.py"),
               "from iso import Context, accessor, ambient_instance\n\n"
               "class C:\n    def __init__(self, n): pass\n\n\n"
               "@accessor(\"tenant\")\ndef get_isolated_one(context: Context) -> C:\n"
               "    return C(1)\n\n\none = ambient_instance(get_isolated_one)\n");
    assert_str(tree_text(&tree, "a.py"), "from m import one, get_isolated_one\n\nKEPT = one.x\n\n"
                                         "def f():\n    return get_isolated_one(context).y\n");
    assert_str(tree_text(&tree, "b.py"), "from m import get_isolated_one\n\n"
                                         "def f():\n    return get_isolated_one(context).y\n");
    tree_close(&tree);
}

static void getters_lose_state_and_creator(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import get_one\n\ndef f():\n    get_one().x()\n    get_one().y()\n"},
        {"m.py",
         "import os\n\n_one = None\n\n\nclass C:\n    _instance = None\n\n"
         "    def __new__(cls):\n        if cls._instance is None:\n"
         "            cls._instance = super().__new__(cls)\n        return cls._instance\n\n"
         "    def __init__(self):\n        self.x = 1\n\n\n"
         "def get_one():\n    global _one\n    if _one is None:\n        _one = C()\n"
         "    return _one\n"}};
    Tree tree;
    tree_open(&tree, files, 2);
    Accessor accessor = {.kind = ACCESSOR_GETTER,
                         .symbol = tree_symbol(&tree, "m", "get_one"),
                         .getter = tree_function(&tree, "m.get_one"),
                         .getter_state = tree_symbol(&tree, "m", "_one"),
                         .construction = tree_expr(&tree, "m", "C()"),
                         .klass = tree_class(&tree, "m.C"),
                         .passes_context = true,
                         .removes_creator = true,
                         .name = STR("get_isolated_one")};
    vec_add(&tree.solution.accessors, accessor);
    tree_gains(&tree, "m.C.__init__")->stores = true;
    tree_gains(&tree, "m.C.__new__");
    tree_gains(&tree, "m.get_one");
    tree_gains(&tree, "a.f");
    tree_sinks(&tree, "a", "get_one()", 1);
    tree_calls(&tree, "m", "C", false, 1);
    tree_thread(&tree);
    assert_str(tree_text(&tree, "m.py"),
               "import os\nfrom iso import Context, accessor\n\n"
               "class C:\n    def __init__(self, *, context: Context):\n"
               "        self.context = context\n        self.x = 1\n\n\n"
               "@accessor(\"tenant\")\ndef get_isolated_one(context: Context) -> C:\n"
               "    return C(context=context)\n");
    assert_str(tree_text(&tree, "a.py"),
               "from m import get_isolated_one\nfrom iso import Context\n\n"
               "def f(*, context: Context):\n    one = get_isolated_one(context)\n"
               "    one.x()\n    one.y()\n");
    tree_close(&tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(importers_and_exports_follow),
        cmocka_unit_test(a_name_that_stays_in_use_has_a_stand_in),
        cmocka_unit_test(getters_lose_state_and_creator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
