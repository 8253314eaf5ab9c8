// Singletons over a small tree: the accessor, its readers, importers and export lists.
#include "edit/support_weave.h"

#define INSTANCE "class C:\n    def __init__(self, n): pass\n\n\none = C(1)\n"

#define TWO "@accessor(\"tenant\")\ndef get_isolated_two(context: Context):\n    return C(2)\n"

static Accessor *add_instance(Tree *tree) {
    Accessor accessor = {.kind = ACCESSOR_INSTANCE,
                         .symbol = tree_symbol(tree, "m", "one"),
                         .construction = tree_expr(tree, "m", "C(1)"),
                         .klass = tree_class(tree, "m.C"),
                         .name = STR("get_isolated_one")};
    accessor.binding = facts_symbol(&tree->facts, accessor.symbol)->first_binding;
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
    tree_weave(&tree);
    assert_str(tree_text(&tree, "m.py"),
               "from iso import Context, accessor\n\n\n"
               "class C:\n    def __init__(self, n, *, context: Context): pass\n\n\n"
               "@accessor(\"tenant\")\ndef get_isolated_one(context: Context) -> C:\n"
               "    return C(1, context=context)\n");
    assert_str(tree_text(&tree, "p/__init__.py"),
               "from m import C, get_isolated_one\n\n__all__ = [\"C\", \"get_isolated_one\"]\n");
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context\n"
               "from p import get_isolated_one\n"
               "\n"
               "def f(*, context: Context):\n"
               "    return get_isolated_one(context).x\n");
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
    tree_weave(&tree);
    assert_str(tree_text(&tree, "m.py"),
               "from iso import Context, accessor, ambient_instance\n\n\n"
               "class C:\n    def __init__(self, n): pass\n\n\n"
               "@accessor(\"tenant\")\ndef get_isolated_one(context: Context) -> C:\n"
               "    return C(1)\n\n\none = ambient_instance(get_isolated_one)\n");
    assert_str(tree_text(&tree, "a.py"), "from m import get_isolated_one, one\n"
                                         "\n"
                                         "KEPT = one.x\n"
                                         "\n"
                                         "def f():\n"
                                         "    return get_isolated_one(context).y\n");
    assert_str(tree_text(&tree, "b.py"), "from m import get_isolated_one\n\n"
                                         "def f():\n    return get_isolated_one(context).y\n");
    tree_close(&tree);
}

// A name with a fallback keeps its meaning; only what else is imported beside it may change.
static void guarded_imports_stay(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "try:\n    from m import one\nexcept ImportError:\n    one = None\n\n\n"
                 "def f():\n    return one.x\n"},
        {"b.py",
         "try:\n    from m import one as it\nexcept ImportError:\n    from p import it\n\n\n"
         "def f():\n    return it.x\n"},
        {"c.py", "try:\n    from m import one\nexcept ImportError:\n    raise\n\n\n"
                 "def f():\n    return one.x\n"},
        {"d.py", "try:\n    from m import one\nexcept ImportError:\n    raise\nelse:\n    one.x()\n"
                 "\n\ndef f():\n    return one.x\n"},
        {"m.py", INSTANCE}};
    Tree tree;
    tree_open(&tree, files, 5);
    add_instance(&tree)->keeps_name = true;
    const char *functions[] = {"a.f", "b.f", "c.f", "d.f"};
    for (int i = 0; i < 4; i++) tree_plan(&tree, functions[i], SUPPLY_PARAMETER);
    tree_sinks(&tree, "a", "one", 1);
    for (uint32_t i = 1; i < tree.solution.sinks.count; i++) {
        tree.solution.sinks.items[i].outcome = OUTCOME_REFUSED;
    }
    tree_sinks(&tree, "c", "one", 1);
    uint32_t first = tree.solution.sinks.count;
    tree_sinks(&tree, "d", "one", 1);
    tree.solution.sinks.items[first].outcome = OUTCOME_REFUSED;
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"), files[0].text);
    assert_str(tree_text(&tree, "b.py"), files[1].text);
    assert_str(tree_text(&tree, "c.py"),
               "try:\n    from m import get_isolated_one\nexcept ImportError:\n    raise\n\n\n"
               "def f():\n    return get_isolated_one(context).x\n");
    assert_str(tree_text(&tree, "d.py"),
               "try:\n"
               "    from m import get_isolated_one, one\n"
               "except ImportError:\n"
               "    raise\n"
               "else:\n"
               "    one.x()\n"
               "\n"
               "\n"
               "def f():\n"
               "    return get_isolated_one(context).x\n");
    tree_close(&tree);
}

static void a_state_at_the_top_makes_way_for_imports(void **state) {
    (void)state;
    const TreeFile files[] = {{"m.py",
                               "_t = None\n\n\nclass C: pass\n\n\ndef get():\n    global _t\n"
                               "    if _t is None:\n        _t = C()\n    return _t\n"}};
    Tree tree;
    tree_open(&tree, files, 1);
    Accessor getter = {.kind = ACCESSOR_GETTER,
                       .symbol = tree_symbol(&tree, "m", "get"),
                       .getter = tree_function(&tree, "m.get"),
                       .getter_state = tree_symbol(&tree, "m", "_t"),
                       .construction = tree_expr(&tree, "m", "C()"),
                       .name = STR("get_isolated_t")};
    vec_add(&tree.solution.accessors, getter);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "m.py"),
               "from iso import Context, accessor\n\n\nclass C: pass\n\n\n"
               "@accessor(\"tenant\")\ndef get_isolated_t(context: Context):\n    return C()\n");
    tree_close(&tree);
}

// The construction's lines move right with all that changes in them.
static void a_construction_over_several_lines(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"m.py", "class C:\n    def __init__(self, n, m): pass\n\n\none = C(\ncfg,\n    m=cfg\n"
                 "    .a.b(\n        # none\n    ),\n)\n"}};
    Tree tree;
    tree_open(&tree, files, 1);
    Accessor accessor = {.symbol = tree_symbol(&tree, "m", "one"),
                         .construction = tree_expr(&tree, "m", "C"),
                         .klass = tree_class(&tree, "m.C"),
                         .name = STR("get_isolated_one")};
    accessor.construction = facts_expr(&tree.facts, accessor.construction)->parent;
    accessor.binding = facts_symbol(&tree.facts, accessor.symbol)->first_binding;
    vec_add(&tree.solution.accessors, accessor);
    tree_sinks(&tree, "m", "cfg", 0);
    tree.solution.sinks.items[2].expr = tree_expr(&tree, "m", "cfg\n    .a");
    for (uint32_t i = 1; i <= 2; i++) tree.solution.sinks.items[i].inside_accessor = 1;
    tree_calls(&tree, "m", "C", false, 1);
    tree_calls(&tree, "m", "cfg\n    .a.b", false, 1);
    tree_weave(&tree);
    assert_str(
        tree_text(&tree, "m.py"),
        "from iso import Context, accessor, get_cfg\n\n\n"
        "class C:\n    def __init__(self, n, m): pass\n\n\n"
        "@accessor(\"tenant\")\ndef get_isolated_one(context: Context) -> C:\n    return C(\n"
        "    get_cfg(context),\n        m=get_cfg(context).b(\n            # none\n"
        "            context=context\n        ),\n        context=context,\n    )\n");
    tree_close(&tree);
}

// Two functions hide the accessor's name: they read it under another one.
static void a_hidden_accessor_has_an_alias(void **state) {
    (void)state;
    const TreeFile files[] = {
        {"a.py", "from m import one\n\n\ndef f(get_isolated_one):\n    return one.x\n\n\n"
                 "def g():\n    from m import one\n    get_isolated_one = one.y\n"
                 "    return get_isolated_one\n\n\ndef h():\n    return one.x\n"},
        {"m.py", INSTANCE}};
    Tree tree;
    tree_open(&tree, files, 2);
    add_instance(&tree);
    const char *functions[] = {"a.f", "a.g", "a.h"};
    for (int i = 0; i < 3; i++) tree_plan(&tree, functions[i], SUPPLY_PARAMETER);
    tree_sinks(&tree, "a", "one", 1);
    tree_weave(&tree);
    assert_str(tree_text(&tree, "a.py"),
               "from m import get_isolated_one, get_isolated_one as weft_get_isolated_one\n\n\n"
               "def f(get_isolated_one):\n    return weft_get_isolated_one(context).x\n\n\n"
               "def g():\n    get_isolated_one = weft_get_isolated_one(context).y\n"
               "    return get_isolated_one\n\n\n"
               "def h():\n    return get_isolated_one(context).x\n");
    tree_close(&tree);
}

// Lines that vanish beside an accessor leave two blank lines around it, and none at the end of the file.
static void blank_lines_beside_what_vanishes(void **state) {
    (void)state;
    const char *texts[][2] = {
        {"_t = None\n\n\ndef get_t(): return t\n", "\n\ndef get_t(): return t\n"},
        {"_t = None\nx = 1\n", "\n\nx = 1\n"},
        {"\n_t = None\n\nx = 1\n", "\n\nx = 1\n"},
        {"_t = None\n", ""},
        {"_t = None\ntwo = C(2)\n", "\n\n" TWO},
        {"x = 1\n_t = None\ntwo = C(2)\n", "\n\nx = 1\n\n\n" TWO},
        {"x = 1\n\n_t = None\n\ntwo = C(2)\n", "\n\nx = 1\n\n\n" TWO},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Arena arena = {0};
        Str before = arena_format(&arena,
                                  "def get():\n    global _t\n    if _t is None:\n"
                                  "        _t = C(0)\n    return _t\n\n\n%s%s",
                                  INSTANCE, texts[i][0]);
        const TreeFile files[] = {{"m.py", before.data}};
        Tree tree;
        tree_open(&tree, files, 1);
        add_instance(&tree);
        Accessor getter = {.kind = ACCESSOR_GETTER,
                           .symbol = tree_symbol(&tree, "m", "get"),
                           .getter = tree_function(&tree, "m.get"),
                           .getter_state = tree_symbol(&tree, "m", "_t"),
                           .construction = tree_expr(&tree, "m", "C(0)"),
                           .name = STR("get_isolated_t")};
        vec_add(&tree.solution.accessors, getter);
        Accessor two = {.symbol = tree_symbol(&tree, "m", "two"), .name = STR("get_isolated_two")};
        two.binding = facts_symbol(&tree.facts, two.symbol)->first_binding;
        if (fact_is(two.symbol)) {
            two.construction = tree_expr(&tree, "m", "C(2)");
            vec_add(&tree.solution.accessors, two);
        }
        tree_weave(&tree);
        Str after = arena_format(
            &arena,
            "from iso import Context, accessor\n\n\n"
            "@accessor(\"tenant\")\ndef get_isolated_t(context: Context):\n    return C(0)\n\n\n"
            "class C:\n    def __init__(self, n): pass\n\n\n"
            "@accessor(\"tenant\")\ndef get_isolated_one(context: Context) -> C:\n"
            "    return C(1)\n%s",
            texts[i][1]);
        assert_str(tree_text(&tree, "m.py"), after.data);
        tree_close(&tree);
        arena_release(&arena);
    }
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
    tree_weave(&tree);
    assert_str(tree_text(&tree, "m.py"),
               "import os\nfrom iso import Context, accessor\n\n\n"
               "class C:\n    def __init__(self, *, context: Context):\n"
               "        self.context = context\n        self.x = 1\n\n\n"
               "@accessor(\"tenant\")\ndef get_isolated_one(context: Context) -> C:\n"
               "    return C(context=context)\n");
    assert_str(tree_text(&tree, "a.py"),
               "from iso import Context\n"
               "from m import get_isolated_one\n"
               "\n"
               "def f(*, context: Context):\n"
               "    one = get_isolated_one(context)\n"
               "    one.x()\n"
               "    one.y()\n");
    tree_close(&tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(importers_and_exports_follow),
        cmocka_unit_test(a_name_that_stays_in_use_has_a_stand_in),
        cmocka_unit_test(guarded_imports_stay),
        cmocka_unit_test(a_state_at_the_top_makes_way_for_imports),
        cmocka_unit_test(a_construction_over_several_lines),
        cmocka_unit_test(a_hidden_accessor_has_an_alias),
        cmocka_unit_test(blank_lines_beside_what_vanishes),
        cmocka_unit_test(getters_lose_state_and_creator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
