// plan_check: names that are read are bound (E507), names that are imported exist (E508).
#include "edit/support_check.h"

// One file with TEXT, in front of which INSERTED goes.
static void open_with(Case *c, const char *text, const char *inserted) {
    case_open(c, {"a.py", text});
    case_insert(c, "a.py", text, inserted);
}

static void expect(const char *text, const char *inserted, const char *message) {
    Case c;
    open_with(&c, text, inserted);
    if (message)
        case_wrong(&c, DIAGNOSTIC_E507, message);
    else
        case_good(&c);
    case_close(&c);
}

#define UNBOUND(name) "the new text of 'a.py' would read '" name "', but nothing binds it there"

static void a_name_needs_a_binding(void **state) {
    (void)state;
    expect("x = 1\n", "y = partial\n", UNBOUND("partial"));
    expect("x = 1\n", "def f(c: 'Context'): pass\n", UNBOUND("Context"));
    expect("x = 1\n", "def f():\n    return x + len(__name__) + ValueError\n", NULL);
    expect("x = 1\n", "class A:\n    y = x1 = 2\n    def f(self): return y\n", UNBOUND("y"));
    expect("x = 1\n", "def f(c):\n    def g(): return [c for d in c if d]\n", NULL);
    expect("x = 1\n", "def f(c):\n    [d for d in c]\n    return d\n", UNBOUND("d"));
}

static void the_tree_may_have_such_names(void **state) {
    (void)state;
    expect("def f(): return odd\n", "y = odd\n", NULL);
    expect("from os import *\n", "y = odd\n", NULL);
    expect("def f():\n    global made\n    made = 1\n", "def g(): return made\n", NULL);
}

static void a_removed_binding_is_missed(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "from m import cfg\n\ndef f(): return cfg.n\n"}, {"m.py", "cfg = 1\n"});
    case_replace(&c, "a.py", "from m import cfg\n", "");
    case_wrong(&c, DIAGNOSTIC_E507, UNBOUND("cfg"));
    assert_int_equal(c.tree.diagnostics.list.items[0].span.start, 35);
    case_close(&c);
}

#define CHECKERS "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from os import sep\n"

static void type_checkers_imports_do_not_run(void **state) {
    (void)state;
    expect(CHECKERS "def f(a: sep): pass\n", "x = 1\n", NULL);
    Case c;
    case_open(&c, {"a.py", CHECKERS "def f(a: sep): return 1\n"});
    case_replace(&c, "a.py", "1", "sep");
    case_wrong(
        &c, DIAGNOSTIC_E507,
        "the new text of 'a.py' would read 'sep', but it is imported for type checkers only");
    case_close(&c);
}

static void module_level_runs_in_order(void **state) {
    (void)state;
    expect("def later(): pass\n", "x = later\n",
           "the new text of 'a.py' would read 'later', but it is bound further down only");
    expect("def later(): pass\n", "def f(): return later\n", NULL);
    expect("def later(): pass\n", "f = lambda: later\n", NULL);
}

// ---- imports -------------------------------------------------------------------------------------
static void an_imported_name_exists(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "x = 1\n"}, {"p/__init__.py", ""}, {"p/m.py", "x = 1\n"});
    case_insert(&c, "a.py", "x", "from p import m, __name__ as n\nfrom p.m import x as y, z\n");
    case_wrong(&c, DIAGNOSTIC_E508, "'a' would import 'z' from 'p.m', which does not define it");
    assert_str(c.tree.diagnostics.list.items[0].help,
               "define 'z' in 'p.m', or correct the rule that names it; nothing was written");
    case_close(&c);
}

static void importers_that_do_not_change_lose_nothing(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"p/__init__.py", "from .m import x\n"}, {"p/m.py", "x = 1\n"});
    case_replace(&c, "p/m.py", "x", "y");
    case_wrong(&c, DIAGNOSTIC_E508, "'p' imports 'x' from 'p.m', which would no longer define it");
    assert_int_equal(c.tree.diagnostics.list.items[0].span.start, 15);
    case_close(&c);
}

static void open_modules_and_old_faults_pass(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "from m import gone\nfrom m import made\n"},
              {"m.py", "def f():\n    global made\n    made = 1\n"},
              {"n.py", "def __getattr__(name): return 1\n"}, {"o.py", "from os import *\n"});
    case_insert(&c, "a.py", "from", "from n import any_\nfrom o import sep\nfrom q import r\n");
    case_insert(&c, "m.py", "def", "x = 1\n");
    case_insert(&c, "n.py", "def", "x = 1\n");
    case_insert(&c, "o.py", "from", "x = 1\n");
    case_good(&c);
    case_close(&c);
}

static void roots_and_folders_are_seen(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"src/p/__init__.py", ""}, {"src/p/m.py", "x = 1\n"},
              {"src/p/n.py", "from p.m import x\n"}, {"src/p/q/r.py", ""});
    case_append(&c, "src/p/n.py", "x\n", "from . import q\nfrom .m import z\n");
    case_wrong(&c, DIAGNOSTIC_E508,
               "'src.p.n' would import 'z' from 'src.p.m', which does not define it");
    case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_needs_a_binding),
        cmocka_unit_test(the_tree_may_have_such_names),
        cmocka_unit_test(a_removed_binding_is_missed),
        cmocka_unit_test(type_checkers_imports_do_not_run),
        cmocka_unit_test(module_level_runs_in_order),
        cmocka_unit_test(an_imported_name_exists),
        cmocka_unit_test(importers_that_do_not_change_lose_nothing),
        cmocka_unit_test(open_modules_and_old_faults_pass),
        cmocka_unit_test(roots_and_folders_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
