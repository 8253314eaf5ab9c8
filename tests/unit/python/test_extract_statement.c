// Statements, blocks, imports, modules.
#include "python/support_extract.h"

static void blocks(void **state) {
    (void)state;
    const char *text = "if a:\n"
                       "    b\n"
                       "elif c:\n"
                       "    d\n"
                       "else:\n"
                       "    e\n"
                       "    # behind\n"
                       "try:\n"
                       "    f\n"
                       "except g:\n"
                       "    h\n"
                       "else:\n"
                       "    i\n"
                       "finally:\n"
                       "    j\n";
    assert_dumps(text, "statement 1:1 if end=6:6 value=(name a)\n"
                       "statement 2:5 expression in=1:1 end=2:6 value=(name b)\n"
                       "statement 3:1 if in=1:1 branch=1 end=4:6 value=(name c)\n"
                       "statement 4:5 expression in=3:1 end=4:6 value=(name d)\n"
                       "statement 6:5 expression in=1:1 branch=1 end=6:6 value=(name e)\n"
                       "statement 8:1 try end=15:6\n"
                       "statement 9:5 expression in=8:1 end=9:6 value=(name f)\n"
                       "statement 11:5 expression in=8:1 branch=2 end=11:6 value=(name h)\n"
                       "statement 13:5 expression in=8:1 branch=1 end=13:6 value=(name i)\n"
                       "statement 15:5 expression in=8:1 branch=3 end=15:6 value=(name j)\n");
    assert_dumps("for a in b: c\nelse: d\n", "expression in=1:1 branch=1 shares_line");
    assert_dumps("while a:\n  b\nelse:\n  d\n", "statement 1:1 while end=4:4 value=(name a)\n");
    assert_dumps("match a:\n  case b: c\n  case d: e\n",
                 "statement 1:1 match end=3:12 value=(name a)\n"
                 "statement 2:11 expression in=1:1 branch=4 shares_line end=2:12 value=(name c)\n"
                 "statement 3:11 expression in=1:1 branch=5 shares_line");
}

static void simple_statements(void **state) {
    (void)state;
    assert_dumps("raise A(b) from c\n", "raise end=1:18 value=(call (name A) (name b))\n");
    assert_dumps("def f():\n  return\n", "statement 2:3 return in=1:1 end=2:9\n");
    assert_dumps("def f():\n  return a, b\n", "value=(tuple (name a) (name b))\n");
    assert_dumps("assert f(), g()\n", "assert end=1:16 value=(call (name f))\n");
    assert_dumps("while a: break\n", "jump in=1:1 shares_line end=1:15\n");
    assert_dumps("pass\n", "statement 1:1 pass end=1:5\n");
    assert_dumps("with f() as a, g() as b:\n  pass\n", "statement 1:1 with end=2:7\n");
    assert_dumps("with f(): pass\n", "call 1:6 callee=(name f) open");
}

static void shared_lines(void **state) {
    (void)state;
    assert_dumps("a; b\nc;\n", "statement 1:1 expression shares_line end=1:2");
    assert_dumps("a; b\nc;\n", "statement 1:4 expression shares_line end=1:5");
    assert_dumps("a; b\nc;\n", "statement 2:1 expression end=2:2");
    assert_dumps("if a: \\\n  b\n", "statement 2:3 expression in=1:1 shares_line");
    assert_dumps("(a,\n b); c\n", "statement 1:1 expression end=2:4");
    assert_dumps("(a,\n b); c\n", "statement 2:6 expression shares_line");
    assert_dumps("def f(): return g()\n", "statement 1:10 return in=1:1 shares_line");
}

static void imports(void **state) {
    (void)state;
    const char *text = "import a.b, c.d as e  # why\n"
                       "from ..p . q import (x as y, # c\n"
                       "  z,)\n"
                       "from . import *\n"
                       "try:\n"
                       "    from .. import w\n"
                       "except ImportError:\n"
                       "    pass\n"
                       "def f():\n"
                       "    import v\n";
    assert_dumps(text, "import 1:8 module a.b binds a item=1/2 at_top 1:1..1:21\n"
                       "import 1:13 module c.d as e item=2/2 at_top 1:1..1:21\n"
                       "import 2:22 from ..p.q import x as y item=1/2 at_top parenthesized "
                       "2:1..3:6\n"
                       "import 3:3 from ..p.q import z binds z item=2/2 at_top parenthesized "
                       "2:1..3:6\n"
                       "import 4:15 from . import * item=1/1 at_top 4:1..4:16\n"
                       "import 6:20 from .. import w binds w item=1/1 guarded 6:5..6:21\n"
                       "import 10:12 module v binds v item=1/1 10:5..10:13\n");
    assert_dumps(text, "  symbol e\n    import 1:20..1:21\n");
}

static void import_places(void **state) {
    (void)state;
    Extract extract;
    Str text = STR("from .a.b import (c as d, e)\nimport f.g as h\n");
    assert_true(extract_open(&extract, "p/q.py", text));
    const ImportFact *c = &extract.facts.imports.items[1], *f = &extract.facts.imports.items[3];
    assert_str(str_slice(text, c->start, c->end), "c as d");
    assert_str(str_slice(text, c->name_start, c->name_end), "c");
    assert_str(str_slice(text, c->path_start, c->path_end), ".a.b");
    assert_str(facts_name(&extract.facts, c->path), "a.b");
    assert_int_equal(c->level, 1);
    assert_str(str_slice(text, f->start, f->end), "f.g as h");
    assert_str(str_slice(text, f->name_start, f->name_end), "f.g");
    assert_str(str_slice(text, f->path_start, f->path_end), "f.g");
    assert_int_equal(f->symbol.index,
                     facts_symbol_in(&extract.facts, (ScopeId){1}, f->bound).index);
    extract_close(&extract);
}

static void module_places(void **state) {
    (void)state;
    assert_dumps("#!/usr/bin/python\n# coding: utf-8\n'''doc\n'''\n# c\n"
                 "from __future__ import annotations\n\n# d\nimport a\nimport b  # e\nx = 1\n"
                 "import c\n",
                 "module src.a program imports_end=10:9 body_start=7:1\n");
    assert_dumps("from __future__ import a\nx = 1\n", "imports_end=1:25 body_start=2:1\n");
    assert_dumps("'doc'\nx = 1\n", "module src.a body_start=2:1\n");
    assert_dumps("x = 1\nimport a\n", "module src.a imports_end=2:9\n");
    assert_dumps("if a:\n  import b\nimport c\n", "module src.a imports_end=3:9\n");
    assert_dumps("'doc'", "module src.a body_start=1:6\n");
    assert_dumps("'doc'\r\nimport a\r\n", "module src.a imports_end=2:9 body_start=2:1\n");
    assert_dumps("", "module src.a\nscope module\n");
    assert_dumps("def f():\r  return g()\rx = 2\r", "statement 3:1 assign end=3:6");
}

static void exports(void **state) {
    (void)state;
    assert_dumps("__all__ = ['a', 'b'] + o.__all__\n__all__ += ('c',)\n__all__.extend(['d'])\n"
                 "__all__.append('e')\n",
                 " exports: a b c d e\n");
    assert_dumps("__all__ = []\n", " exports:\n");
    assert_not_dumps("def f():\n  __all__ = ['a']\n", "exports");
}

static void check_name(const char *path, const char *name, bool package, bool stub) {
    Extract extract;
    assert_true(extract_open(&extract, path, STR("x = 1\n")));
    const ModuleFact *module = &extract.facts.modules.items[1];
    assert_str(facts_name(&extract.facts, module->name), name);
    assert_int_equal(module->is_package, package);
    assert_int_equal(module->is_stub, stub);
    extract_close(&extract);
}

static void module_names(void **state) {
    (void)state;
    check_name("bot.py", "bot", false, false);
    check_name("src/a/b.pyi", "src.a.b", false, true);
    check_name("src/a/__init__.py", "src.a", true, false);
    check_name("__init__.py", "", true, false);
    assert_dumps("if __name__ == '__main__':\n  f()\n", "module src.a program");
    assert_dumps("if '__main__' == __name__:\n  f()\n", "module src.a program");
    assert_not_dumps("if __name__ == 'x':\n  f()\n", "program");
}

static void check_indent(const char *text, const char *expected) {
    Extract extract;
    assert_true(extract_open(&extract, "a.py", str_from(text)));
    assert_str(extract.facts.modules.items[1].indent, expected);
    extract_close(&extract);
}

static void indentation(void **state) {
    (void)state;
    check_indent("", "    ");
    check_indent("x = 1\n", "    ");
    check_indent("def f():\n    pass\n", "    ");
    check_indent("def f():\n  pass\n", "  ");
    check_indent("def f():\r\n\tif x:\r\n\t\tpass\r\n", "\t");
    check_indent("class A:\n        x = 1\n", "        ");
    check_indent("if x: y\nif x: \\\n  y\n", "    ");
    // Continuation lines, comments, blank lines and what strings contain do not count.
    check_indent("f(a,\n  b,\n  c)\nif x:\n\n # odd\n    pass\n", "    ");
    check_indent("def f():\n    '''Such as:\n      a:\n        b:\n          c'''\n", "    ");
    // The commonest wins; four wins a draw.
    check_indent("if a:\n  b\nif c:\n  d\nif e:\n    f\n", "  ");
    check_indent("if a:\n  b\nif c:\n    d\n", "    ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks),        cmocka_unit_test(simple_statements),
        cmocka_unit_test(shared_lines),  cmocka_unit_test(imports),
        cmocka_unit_test(import_places), cmocka_unit_test(module_places),
        cmocka_unit_test(exports),       cmocka_unit_test(module_names),
        cmocka_unit_test(indentation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
