// Accessors and removed __new__ idioms, by exact resulting text.
#include "python/support_write.h"

#define COUNT(cases) (sizeof(cases) / sizeof *(cases))
#define HEAD "@accessor(\"t\")\ndef get_isolated_x(context: Context) -> C:\n"

static AccessorText accessor_text(bool stand_in) {
    static const Str KEYS[] = {{"t", 1}};
    return (AccessorText){.name = STR("get_isolated_x"),
                          .decorator = STR("accessor"),
                          .keys = KEYS,
                          .key_count = 1,
                          .returns = STR("C"),
                          .stand_in = stand_in ? STR("ambient_instance") : STR_NONE};
}

static void from_instance(const BeforeAfter *one, bool stand_in) {
    Page page;
    page_open(&page, one->before);
    AccessorText text = accessor_text(stand_in);
    python_writer.accessor_from_instance(&page.facts, page_binding(&page, "x"), &CONTEXT, &text,
                                         &page.edits);
    page_close(&page, one->after);
}

static void instances(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"x = C()\n", HEAD "    return C()\n"},
        {"a = 1\nx = C()\nb = 2\n", "a = 1\n\n\n" HEAD "    return C()\n\n\nb = 2\n"},
        {"a = 1\n\n# the one\nx = C()  # why\n",
         "a = 1\n\n\n# the one\n" HEAD "    return C()  # why\n"},
        {"x: C = C(\n    1,\n)\n\n\n\nb = 2\n",
         HEAD "    return C(\n        1,\n    )\n\n\n\nb = 2\n"},
        {"x = (\n    C()\n)\n", HEAD "    return (\n        C()\n    )\n"},
        {"x = C(); y = 2\n", HEAD "    return C()\n\n\ny = 2\n"},
        {"if z:\n\tx = C()\n", "if z:\n\t@accessor(\"t\")\n\tdef get_isolated_x(context: Context) "
                               "-> C:\n\t\treturn C()\n"},
        {"a = 1\r\nx = C()\r\n",
         "a = 1\r\n\r\n\r\n@accessor(\"t\")\r\ndef get_isolated_x(context: Context) -> C:\r\n"
         "    return C()\r\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) from_instance(&cases[i], false);
}

// The lines move right, but not what strings contain; nothing else of them changes.
static void lines_of_a_construction_move(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"x = C(\n    a,\n\n    # of b\n    b=[\n        1,\n    ],\n)\n",
         HEAD "    return C(\n        a,\n\n        # of b\n        b=[\n            1,\n"
              "        ],\n    )\n"},
        {"x = C(\n    \"\"\"one\n  two\n\"\"\",\n    'a\\\n b',\n    'a\\n'\n    f'b{c}',\n)\n",
         HEAD "    return C(\n        \"\"\"one\n  two\n\"\"\",\n        'a\\\n b',\n"
              "        'a\\n'\n        f'b{c}',\n    )\n"},
        {"x = C(1,\n      2)\n", HEAD "    return C(1,\n          2)\n"},
        {"x = C(\r\n  1,\r\n)\r\n",
         "@accessor(\"t\")\r\ndef get_isolated_x(context: Context) -> C:\r\n"
         "    return C(\r\n      1,\r\n    )\r\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) from_instance(&cases[i], false);
}

static void instances_with_a_stand_in(void **state) {
    (void)state;
    const BeforeAfter cases[] = {
        {"x = C()\nb = 2\n",
         HEAD "    return C()\n\n\nx = ambient_instance(get_isolated_x)\nb = 2\n"},
        {"x: 'C' = C()  # why",
         HEAD "    return C()  # why\n\n\nx: 'C' = ambient_instance(get_isolated_x)"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) from_instance(&cases[i], true);
}

static void neighbours_share_their_blank_lines(void **state) {
    (void)state;
    Page page;
    page_open(&page, "x = C()\ny = C()\n");
    AccessorText text = accessor_text(false);
    python_writer.accessor_from_instance(&page.facts, page_binding(&page, "x"), &CONTEXT, &text,
                                         &page.edits);
    const TextEdit *gap = &page.edits.list.items[page.edits.list.count - 1];
    assert_int_equal(gap->start, 7);
    assert_int_equal(gap->end, 8);
    uint32_t before = page.edits.list.count;
    python_writer.accessor_from_instance(&page.facts, page_binding(&page, "y"), &CONTEXT, &text,
                                         &page.edits);
    const TextEdit *again = &page.edits.list.items[before];
    assert_int_equal(again->start, 7);
    assert_int_equal(again->end, 8);
    assert_str(again->text, "\n\n\n");
    page.edits.list.count = 0;
    page_close(&page, "x = C()\ny = C()\n");
}

static void from_getter(const BeforeAfter *one, bool stand_in, bool remove_state) {
    Page page;
    page_open(&page, one->before);
    AccessorText text = accessor_text(stand_in);
    if (stand_in) text.stand_in = STR("current_context");
    BindingId state = remove_state ? page_binding(&page, "_x") : FACT_NONE(BindingId);
    python_writer.accessor_from_getter(&page.facts, page_function(&page, "get_x"),
                                       page_expr(&page, "C(1)"), state, remove_state, &CONTEXT,
                                       &text, &page.edits);
    page_close(&page, one->after);
}

#define BODY "    global _x\n    if _x is None:\n        _x = C(1)\n    return _x\n"

static void getters(void **state) {
    (void)state;
    const BeforeAfter plain[] = {
        {"_x = None\n\n\ndef get_x():\n" BODY "\ny = 1\n", "\n" HEAD "    return C(1)\n\ny = 1\n"},
        {"z = 1\n_x: C | None = None\n\n\n@cache\ndef get_x() -> C:\n    '''doc\n    '''\n" BODY,
         "z = 1\n\n\n" HEAD "    '''doc\n    '''\n    return C(1)\n"},
        {"z = 1\n\n_x = None\n\n\ndef get_x():\n" BODY, "z = 1\n\n\n" HEAD "    return C(1)\n"},
        {"def get_x():\n" BODY "\n\n_x = None\n", HEAD "    return C(1)\n"},
    };
    for (size_t i = 0; i < COUNT(plain); i++) from_getter(&plain[i], false, true);
    const BeforeAfter stand_in = {"_x = None\n\n\ndef get_x():\n" BODY,
                                  "_x = None\n\n\n" HEAD "    return C(1)\n\n\ndef get_x() -> C:\n"
                                  "    return get_isolated_x(current_context())\n"};
    from_getter(&stand_in, true, false);
}

static void remove_creator(const char *before, const char *after) {
    Page page;
    page_open(&page, before);
    AttributeIndex attributes;
    attribute_index_build(&attributes, &page.facts);
    python_writer.remove_creator(&page.facts, &attributes, page_class(&page, "A"), &page.edits);
    attribute_index_release(&attributes);
    page_close(&page, after);
}

#define NEW                                                                                        \
    "    def __new__(cls, *args):\n        if cls._instance is None:\n"                            \
    "            cls._instance = super().__new__(cls)\n        return cls._instance\n"

static void creators(void **state) {
    (void)state;
    remove_creator("class A:\n    _instance = None\n\n" NEW "\n    def g(self): pass\n",
                   "class A:\n    def g(self): pass\n");
    remove_creator("class A:\n    'doc'\n    _instance: 'A' = None\n    x = 1\n\n" NEW
                   "\n    def g(self): pass\n",
                   "class A:\n    'doc'\n    x = 1\n\n    def g(self): pass\n");
    remove_creator("class A:\n    'doc'\n\n    _instance = None\n\n" NEW "\n\ny = 1\n",
                   "class A:\n    'doc'\n\n\ny = 1\n");
    remove_creator("class A:\n    _instance = None\n\n" NEW "\n\ny = 1\n",
                   "class A:\n    pass\n\n\ny = 1\n");
    remove_creator("class A:\n    x = 1\n\n    def g(self): pass\n\n    @staticmethod\n" NEW
                   "\n\ny = 1\n",
                   "class A:\n    x = 1\n\n    def g(self): pass\n\n\ny = 1\n");
}

static void variables_that_others_read_stay(void **state) {
    (void)state;
    remove_creator("class A:\n    _instance = None\n\n" NEW
                   "\n    @classmethod\n    def g(cls): return cls._instance\n",
                   "class A:\n    _instance = None\n\n"
                   "    @classmethod\n    def g(cls): return cls._instance\n");
    remove_creator("class A:\n    _instance = None\n\n" NEW "\n\nprint(A._instance)\n",
                   "class A:\n    _instance = None\n\n\nprint(A._instance)\n");
    remove_creator("class A:\n    _instance = None\n\n" NEW
                   "\n\nclass B:\n    def g(cls): return cls._instance\n",
                   "class A:\n    pass\n\n\nclass B:\n    def g(cls): return cls._instance\n");
}

static void what_the_creator_set_becomes_a_class_variable(void **state) {
    (void)state;
    remove_creator(
        "class A:\n    _instance = None\n\n    def __new__(cls):\n"
        "        if cls._instance is None:\n            cls._instance = super().__new__(cls)\n"
        "            cls._instance._ready = False\n        return cls._instance\n\n"
        "    def __init__(self):\n        if self._ready:\n            return\n"
        "        self._ready = True\n",
        "class A:\n    _ready = False\n\n    def __init__(self):\n        if self._ready:\n"
        "            return\n        self._ready = True\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instances),
        cmocka_unit_test(lines_of_a_construction_move),
        cmocka_unit_test(instances_with_a_stand_in),
        cmocka_unit_test(neighbours_share_their_blank_lines),
        cmocka_unit_test(getters),
        cmocka_unit_test(creators),
        cmocka_unit_test(variables_that_others_read_stay),
        cmocka_unit_test(what_the_creator_set_becomes_a_class_variable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
