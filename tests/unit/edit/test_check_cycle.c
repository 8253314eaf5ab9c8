// plan_check: import cycles that the rewrite would make (E505).
#include "edit/support_check.h"

#define CYCLE(text) "the rewrite would make an import cycle: " text

// The context's module imports the configuration, which gains an import of it.
static void a_new_circle_is_an_error(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"config.py", "import os\n"}, {"iso.py", "from values import x\nC = x\n"},
              {"values.py", "import config\nx = 1\n"});
    case_append(&c, "config.py", "import os\n", "from iso import C\n");
    case_wrong(&c, DIAGNOSTIC_E505, CYCLE("config -> iso -> values -> config"));
    const Diagnostic *diagnostic = &c.tree.diagnostics.list.items[0];
    assert_true(str_starts_with(diagnostic->help, STR("make the context's module a leaf")));
    assert_int_equal(diagnostic->span.start, 10);
    case_close(&c);
}

static void a_new_file_may_close_one(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"config.py", "import os\nx = 1\n"});
    case_append(&c, "config.py", "import os\n", "from iso import C\n");
    case_add_file(&c, "iso/__init__.py", "from .context import C\n");
    case_add_file(&c, "iso/context.py", "from config import x\nC = x\n");
    // All of its edges are new; it is shown at the file that was there.
    case_wrong(&c, DIAGNOSTIC_E505, CYCLE("config -> iso -> iso.context -> config"));
    case_close(&c);
}

// `import p.m` runs p/__init__.py first, but not for a module of p, which is running already.
static void packages_run_when_a_module_is_imported(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "import os\n"}, {"p/__init__.py", "import a\n"}, {"p/m.py", "x = 1\n"});
    case_append(&c, "a.py", "os\n", "from p.m import x\n");
    case_wrong(&c, DIAGNOSTIC_E505, CYCLE("a -> p -> a"));
    case_close(&c);

    case_open(&c, {"p/__init__.py", "from .a import y\n"}, {"p/a.py", "y = 1\n"},
              {"p/m.py", "x = 1\n"});
    case_insert(&c, "p/a.py", "y", "from p.m import x\nfrom . import m\n");
    case_good(&c);
    case_close(&c);
}

static void only_what_runs_counts(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"config.py", "x = 1\n"},
              {"iso.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
                         "    from config import x\ndef f():\n    from config import x\n"
                         "if __name__ == '__main__':\n    import config\nC = 1\n"});
    case_insert(&c, "config.py", "x", "from iso import C\n");
    case_good(&c);
    case_close(&c);

    case_open(&c, {"config.py", "def f(): pass\n"}, {"iso.py", "import config\nC = 1\n"});
    case_replace(&c, "config.py", "pass", "\n    from iso import C\n    return C");
    case_good(&c);
    case_close(&c);
}

static void circles_of_the_tree_do_not_count(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "import b\n"}, {"b.py", "import c\n"}, {"c.py", "import a\n"});
    case_append(&c, "a.py", "import b\n", "import c\n");
    case_good(&c);
    case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_circle_is_an_error),
        cmocka_unit_test(a_new_file_may_close_one),
        cmocka_unit_test(packages_run_when_a_module_is_imported),
        cmocka_unit_test(only_what_runs_counts),
        cmocka_unit_test(circles_of_the_tree_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
