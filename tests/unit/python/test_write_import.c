// Imports and export lists, by exact resulting text.
#include "python/support_write.h"

#define COUNT(cases) (sizeof(cases) / sizeof *(cases))

typedef struct ImportCase {
    const char *before;
    const char *changes; // space separated: "-a" removes, "a>b" renames, "a+b" extends
    const char *needs;   // space separated: "m:x", "m:x@9" when it must be there before offset 9
    const char *after;
} ImportCase;

static Str next_word(Str *rest) {
    Str word = STR_NONE;
    while (word.length == 0 && str_split_next(rest, ' ', &word)) continue;
    return word;
}

static ImportChange parse_change(Page *page, Str word) {
    ImportChange change = {.action = IMPORT_REMOVE};
    Str name = str_slice(word, 1, word.length);
    ptrdiff_t at = str_find(word, '>');
    if (at < 0) at = str_find(word, '+');
    if (at > 0) {
        change.action = word.data[at] == '>' ? IMPORT_RENAME : IMPORT_EXTEND;
        name = str_slice(word, 0, (size_t)at);
        change.replacement = str_slice(word, (size_t)at + 1, word.length);
    }
    change.import_ = page_import(page, arena_copy(&page->arena, name).data, 0);
    return change;
}

static void edit_imports(const ImportCase *one) {
    Page page;
    page_open(&page, one->before);
    ImportNeed needs[8];
    ImportChange changes[8];
    uint32_t need_count = 0, change_count = 0;
    Str rest = str_from(one->needs);
    for (Str word = next_word(&rest); word.length > 0; word = next_word(&rest)) {
        size_t colon = (size_t)str_find(word, ':');
        ptrdiff_t at = str_find(word, '@');
        size_t end = at < 0 ? word.length : (size_t)at;
        needs[need_count++] =
            (ImportNeed){.module = str_slice(word, 0, colon),
                         .name = str_slice(word, colon + 1, end),
                         .before = at < 0 ? 0 : (uint32_t)atoi(word.data + at + 1)};
    }
    rest = str_from(one->changes);
    for (Str word = next_word(&rest); word.length > 0; word = next_word(&rest)) {
        changes[change_count++] = parse_change(&page, word);
    }
    python_writer.edit_imports(&page.facts, page_module(&page), needs, need_count, changes,
                               change_count, &page.edits);
    page_close(&page, one->after);
}

static void new_imports(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"import a\n\nx = 1\n", "", "m:n", "import a\nfrom m import n\n\nx = 1\n"},
        {"import a  # why\nx = 1\n", "", "m:o m:n m:o k:p",
         "import a  # why\nfrom k import p\nfrom m import n, o\nx = 1\n"},
        {"from b import (\n    c,\n)\n\nx = 1\n", "", "m:n",
         "from b import (\n    c,\n)\nfrom m import n\n\nx = 1\n"},
        {"import a", "", "m:n", "import a\nfrom m import n"},
        {"import a\r\nx = 1\r\n", "", "m:n", "import a\r\nfrom m import n\r\nx = 1\r\n"},
        {"from m import n\n", "", "m:n", "from m import n\n"},
        {"from m import n\n", "", "m:o", "from m import n, o\n"},
        {"from m import (\n    n,  # why\n    p\n)\n", "", "m:o",
         "from m import (\n    n,  # why\n    p,\n    o\n)\n"},
        {"from m import (n, p,)\n", "", "m:o", "from m import n, o, p\n"},
        {"from .m import n\n", "", "src.m:o", "from .m import n, o\n"},
        {"from m import *\n", "", "m:o", "from m import *\nfrom m import o\n"},
        {"import a\nif TYPE_CHECKING:\n    from m import n\n", "", "m:n",
         "import a\nfrom m import n\nif TYPE_CHECKING:\n    from m import n\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

// The program makes its packages importable first.
static void new_imports_after_a_path_change(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"import sys\n\nsys.path.insert(0, '.')\n\nfrom m.a import b\nfrom m.c import d\n\nx = 1\n",
         "", "m.k:n os:sep",
         "import sys\n\nsys.path.insert(0, '.')\n\nfrom m.a import b\nfrom m.c import d\n"
         "from m.k import n\nfrom os import sep\n\nx = 1\n"},
        {"import sys\n\nsys.path.insert(0, '.')\n\nfrom m.a import b\n\nx = 1\n", "-b", "m.k:n",
         "import sys\n\nsys.path.insert(0, '.')\n\nfrom m.k import n\n\nx = 1\n"},
        {"import m.a\n\nm.a.start()\n\nfrom m.a import b\n", "", "m.k:n",
         "import m.a\nfrom m.k import n\n\nm.a.start()\n\nfrom m.a import b\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

// What is read while the module is imported is there before.
static void new_imports_before_their_readers(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"import sys\n\nx = n\n\nfrom m.a import b\n", "", "m.k:n@16 m.k:n",
         "import sys\nfrom m.k import n\n\nx = n\n\nfrom m.a import b\n"},
        {"import sys\n\nx = n\n\nfrom m.k import n\n", "", "m.k:n@16",
         "import sys\nfrom m.k import n\n\nx = n\n\nfrom m.k import n\n"},
        {"x = n\n\nfrom m.k import b\n", "", "m.k:n@4",
         "from m.k import n\n\nx = n\n\nfrom m.k import b\n"},
        {"x = n\n\nfrom m.k import b\n", "-b", "m.k:n@4 m.k:o", "from m.k import n, o\n\nx = n\n"},
        {"import sys\n\nsys.path.insert(0, '.')\n\nfrom m.a import b\n\nx = n\n", "", "m.k:n@60",
         "import sys\n\nsys.path.insert(0, '.')\n\nfrom m.a import b\nfrom m.k import n\n\n"
         "x = n\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

static void first_imports(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"x = 1\n", "", "m:n", "from m import n\n\nx = 1\n"},
        {"'''doc'''\n\n\ndef f(): pass\n", "", "m:n",
         "'''doc'''\n\nfrom m import n\n\n\ndef f(): pass\n"},
        {"'''doc'''\ndef f(): pass\n", "", "m:n",
         "'''doc'''\n\nfrom m import n\n\n\ndef f(): pass\n"},
        {"# of f\n@d\ndef f(): pass\n", "", "m:n",
         "from m import n\n\n\n# of f\n@d\ndef f(): pass\n"},
        {"\nclass A: pass\n", "", "m:n", "from m import n\n\n\nclass A: pass\n"},
        {"'''doc'''\nx = 1\n", "", "m:n", "'''doc'''\n\nfrom m import n\n\nx = 1\n"},
        {"#!/usr/bin/python\n# -*- coding: utf-8 -*-\nx = 1\n", "", "m:n",
         "#!/usr/bin/python\n# -*- coding: utf-8 -*-\n\nfrom m import n\n\nx = 1\n"},
        {"# licence\n# text\n\nx = 1\n", "", "m:n",
         "# licence\n# text\n\nfrom m import n\n\nx = 1\n"},
        {"# of x\nx = 1\n", "", "m:n", "from m import n\n\n# of x\nx = 1\n"},
        {"from __future__ import annotations\n\nx = 1\n", "", "m:n",
         "from __future__ import annotations\nfrom m import n\n\nx = 1\n"},
        {"", "", "m:n", "from m import n\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

static void renamed_items(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"from m import a\n", "a>b", "", "from m import b\n"},
        {"from m import x, a as c, y\n", "c>b", "", "from m import x, b, y\n"},
        {"from .m import a\n", "a>b", "", "from .m import b\n"},
        {"from m import (\n    x,\n    a as c,  # why\n)\n", "c>b", "",
         "from m import (\n    x,\n    b,  # why\n)\n"},
        {"def f():\n    from m import a\n    a.x\n", "a>b", "",
         "def f():\n    from m import b\n    a.x\n"},
        {"try:\n    from m import a\nexcept ImportError:\n    a = None\n", "a>b", "",
         "try:\n    from m import b\nexcept ImportError:\n    a = None\n"},
        {"from m import a, b\n", "a>b", "", "from m import b\n"},
        {"from m import a\n", "a+b", "", "from m import a, b\n"},
        {"from m import (\n    a,\n    c,\n)\n", "a+b", "",
         "from m import (\n    a,\n    b,\n    c,\n)\n"},
        {"from m import a, x\n", "a>b", "m:b", "from m import b, x\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

static void removed_items(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"from m import a, b, c\n", "-a", "", "from m import b, c\n"},
        {"from m import a, b, c\n", "-b", "", "from m import a, c\n"},
        {"from m import a, b, c\n", "-c", "", "from m import a, b\n"},
        {"from m import a, b, c\n", "-b -c", "", "from m import a\n"},
        {"from m import (a, b,)\n", "-b", "", "from m import (a,)\n"},
        {"from m import a, \\\n    b\n", "-b", "", "from m import a\n"},
        {"from m import (\n    a,  # of a\n    b,  # of b\n    c,  # of c\n)\n", "-b", "",
         "from m import (\n    a,  # of a\n    c,  # of c\n)\n"},
        {"from m import (\n    a,  # of a\n    b  # of b\n)\n", "-b", "",
         "from m import (\n    a,  # of a\n)\n"},
        {"from m import a, b, c\n", "-a c>d", "", "from m import b, d\n"},
        {"import a, b\n", "-a", "", "import b\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

static void removed_statements(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"import x\nfrom m import a\nimport y\n", "-a", "", "import x\nimport y\n"},
        {"import x\nfrom m import a\nimport y\n", "-a", "k:n",
         "import x\nfrom k import n\nimport y\n"},
        {"import x\nfrom m import a  # why\n\ny = 1\n", "-a", "", "import x\n\ny = 1\n"},
        {"import x\nfrom m import a", "-a", "", "import x"},
        {"def f():\n    from m import a\n    return 1\n", "-a", "", "def f():\n    return 1\n"},
        {"def f():\n    from m import a\n", "-a", "", "def f():\n    pass\n"},
        {"def f():\n    from m import a\n    from m import b\n", "-a -b", "",
         "def f():\n    pass\n"},
        {"def f(): from m import a\n", "-a", "", "def f(): pass\n"},
        {"x = 1; from m import a\n", "-a", "", "x = 1\n"},
        {"from m import a; import b\n", "-a", "", "import b\n"},
        {"from m import a; import b; from m import c; from m import d;  # why\n", "-a -c -d", "",
         "import b  # why\n"},
        {"import b; from m import a; from m import c; import d\n", "-a -c", "",
         "import b; import d\n"},
        {"x = 1\nfrom m import a; from m import c\ny = 1\n", "-a -c", "", "x = 1\ny = 1\n"},
        {"def f(): from m import a; return 1\n", "-a", "", "def f(): return 1\n"},
        {"def f(): from m import a; from m import c\n", "-a -c", "", "def f(): pass\n"},
        {"try:\n    from m import a\nexcept A:\n    from m import b\nexcept B:\n    x = 1\n", "-b",
         "", "try:\n    from m import a\nexcept A:\n    pass\nexcept B:\n    x = 1\n"},
        {"import x\n\ndef f():\n    from m import a\n    return a\n", "-a", "k:n",
         "import x\nfrom k import n\n\ndef f():\n    return a\n"},
        {"from m import (\n    a,\n    b,\n)\ny = 1\n", "-a -b", "k:n", "from k import n\ny = 1\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

static void blank_lines_go_along(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"def f():\n    from m import a\n\n    return 1\n", "-a", "", "def f():\n    return 1\n"},
        {"def f():\n    from m import a\n\n    from m import b\n\n    return 1\n", "-a -b", "",
         "def f():\n    return 1\n"},
        {"def f():\n    'doc'\n    from m import a\n\n    return 1\n", "-a", "",
         "def f():\n    'doc'\n\n    return 1\n"},
        {"def f():\n    # why\n    from m import a\n\n    return 1\n", "-a", "",
         "def f():\n    # why\n\n    return 1\n"},
        {"def f():\n    x = 1\n\n    from m import a\n    from m import b\n\n    return 1\n",
         "-a -b", "", "def f():\n    x = 1\n\n    return 1\n"},
        {"import x\n\nfrom m import a\n\n\ndef f(): pass\n", "-a", "",
         "import x\n\n\ndef f(): pass\n"},
        {"x = 1\n\n\nfrom m import a\n", "-a", "", "x = 1\n"},
        {"x = 1\n\n\nfrom m import a", "-a", "", "x = 1"},
        {"x = 1\r\n\r\nfrom m import a\r\n\r\ny = 1\r\n", "-a", "", "x = 1\r\n\r\ny = 1\r\n"},
        {"from m import a\n\nx = 1\n", "-a", "", "x = 1\n"},
        {"if x:\n    y = 1\n\n\n    from m import a\n\nfrom m import b\n\n\nz = 1\n", "-a -b", "",
         "if x:\n    y = 1\n\n\nz = 1\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

#define LONG "a_rather_long_name_of_something_that_is_imported"

static void long_lines_are_broken(void **state) {
    (void)state;
    const ImportCase cases[] = {
        {"import a\n", "", "m:" LONG "_1 m:" LONG "_2",
         "import a\nfrom m import (\n    " LONG "_1,\n    " LONG "_2,\n)\n"},
        {"from m import " LONG "_1\n", "", "m:" LONG "_2",
         "from m import (\n    " LONG "_1,\n    " LONG "_2,\n)\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) edit_imports(&cases[i]);
}

static void exports(void **state) {
    (void)state;
    const struct {
        bool keep;
        BeforeAfter text;
    } cases[] = {
        {false, {"__all__ = ['a', \"b\"]\n", "__all__ = ['n', \"b\"]\n"}},
        {false,
         {"__all__ = (\n    \"x\",\n    \"a\",\n)\n", "__all__ = (\n    \"x\",\n    \"n\",\n)\n"}},
        {false, {"__all__ = ['x']\n__all__ += ['a']\n", "__all__ = ['x']\n__all__ += ['n']\n"}},
        {false, {"__all__ = ['b']\ny = ['a']\n", "__all__ = ['b']\ny = ['a']\n"}},
        {true, {"__all__ = ['a', 'b']\n", "__all__ = ['a', 'n', 'b']\n"}},
        {true, {"__all__ = [\n    'a',\n]\n", "__all__ = [\n    'a',\n    'n',\n]\n"}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Page page;
        page_open(&page, cases[i].text.before);
        python_writer.rename_export(&page.facts, page_module(&page),
                                    intern(page.facts.names, STR("a")), STR("n"), cases[i].keep,
                                    &page.edits);
        page_close(&page, cases[i].text.after);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_imports),
        cmocka_unit_test(new_imports_after_a_path_change),
        cmocka_unit_test(new_imports_before_their_readers),
        cmocka_unit_test(first_imports),
        cmocka_unit_test(renamed_items),
        cmocka_unit_test(removed_items),
        cmocka_unit_test(removed_statements),
        cmocka_unit_test(blank_lines_go_along),
        cmocka_unit_test(long_lines_are_broken),
        cmocka_unit_test(exports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
