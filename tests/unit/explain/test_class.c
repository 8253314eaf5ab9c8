// Reasons: why a class may not hold, why a parameter is optional, why a function bridges.
#include "explain/support_explain.h"

static const TreeFile FILES[] = {
    {"app/__init__.py", ""},
    {"app/config.py", "cfg = object()\n"},
    {"app/kinds.py", "from dataclasses import dataclass\n"
                     "from enum import Enum\n"
                     "from app.config import cfg\n"
                     "import elsewhere\n"
                     "\n"
                     "class Color(Enum):\n"
                     "    RED = 1\n"
                     "    def show(self): return cfg.color\n"
                     "\n"
                     "@dataclass\n"
                     "class Point:\n"
                     "    x: int\n"
                     "    def show(self): return cfg.point\n"
                     "\n"
                     "class Slots:\n"
                     "    __slots__ = ('x',)\n"
                     "    def show(self): return cfg.slots\n"
                     "\n"
                     "class Foreign(elsewhere.Base):\n"
                     "    def show(self): return cfg.foreign\n"
                     "\n"
                     "class Parent:\n"
                     "    def __init__(self): self.x = 1\n"
                     "    def show(self): return cfg.parent\n"
                     "\n"
                     "@dataclass\n"
                     "class Child(Parent):\n"
                     "    y: int\n"
                     "\n"
                     "class Plain:\n"
                     "    @property\n"
                     "    def name(self): return 1\n"
                     "\n"
                     "class Settings(elsewhere.Base):\n"
                     "    @property\n"
                     "    def name(self):\n"
                     "        return cfg.name\n"},
    {"app/lists.py", "from app.config import cfg\n"
                     "from app.kinds import Color, Foreign, Parent, Point, Slots\n"
                     "\n"
                     "def register(handler): HANDLERS.append(handler)\n"
                     "HANDLERS = []\n"
                     "\n"
                     "def stored(): return cfg.a\n"
                     "register(stored)\n"
                     "\n"
                     "class Long:\n"
                     "    def __init__(self): self.seen = []\n"
                     "    def show(self): return cfg.long\n"
                     "ALL = [Long()]\n"
                     "\n"
                     "def alone(): return cfg.b\n"},
};
enum { FILE_COUNT = sizeof FILES / sizeof FILES[0] };

static int open_tree(void **state) {
    Tree *tree = calloc(1, sizeof *tree);
    tree_open(tree, FILES, FILE_COUNT);
    *state = tree;
    return 0;
}

static int close_tree(void **state) {
    tree_close(*state);
    free(*state);
    return 0;
}

static void assert_reason(Tree *tree, const char *query, const char *decision,
                          const char *reason) {
    const Subject *subject = tree_subject(tree, query);
    assert_string_equal(subject->decision, decision);
    for (uint32_t i = 0; i < subject->reasons.count; i++)
        if (str_is(subject->reasons.items[i], reason)) return;
    for (uint32_t i = 0; i < subject->reasons.count; i++)
        print_error("%s: \"%.*s\"\n", query, STR_ARG(subject->reasons.items[i]));
    fail_msg("%s: no reason \"%s\"", query, reason);
}

static void says_why_a_class_does_not_hold(void **state) {
    Tree *tree = *state;
    assert_reason(tree, "Color", "cannot_hold", "it is an enumeration");
    assert_reason(tree, "Point", "cannot_hold",
                  "it is a dataclass: its constructor is generated");
    assert_reason(tree, "Slots", "cannot_hold", "it has slots, a fixed set of attributes");
    assert_reason(tree, "Foreign", "cannot_hold",
                  "it has a base outside the tree, which makes the objects");
    assert_reason(tree, "Parent", "cannot_hold",
                  "it has the subclass app.kinds.Child, which is a dataclass: its constructor is "
                  "generated");
    assert_reason(tree, "Long", "cannot_hold",
                  "it lives as long as the process (made at app/lists.py:13), and would keep the "
                  "context of the first tenant");
    assert_reason(tree, "Plain", "unchanged", "no method needs the context from its object");
}

static void methods_say_it_of_their_object(void **state) {
    Tree *tree = *state;
    assert_reason(tree, "Point.show", "parameter",
                  "its object cannot hold the context: it is a dataclass: its constructor is "
                  "generated");
}

static void says_why_a_parameter_is_optional(void **state) {
    Tree *tree = *state;
    assert_reason(tree, "alone", "parameter", "optional: nobody in the tree calls it");
    assert_reason(tree, "stored", "parameter",
                  "optional: it is handed on as a value at app/lists.py:8, and who calls it then "
                  "may have no context");
    const Subject *subject = tree_subject(tree, "stored");
    assert_true(subject->has_code && subject->code == DIAGNOSTIC_W302);
}

static void says_why_a_function_bridges(void **state) {
    Tree *tree = *state;
    assert_reason(tree, "Settings.name", "bridged",
                  "a property is read, not called: nothing can be passed to it");
    assert_reason(tree, "kinds.py:37", "bridged", "it runs in app.kinds.Settings.name");
}

static void json_is_the_same_each_time(void **state) {
    Tree *tree = *state;
    Str texts[2];
    for (int i = 0; i < 2; i++) {
        assert_true(tree_explain(tree, "Long"));
        char *bytes = NULL;
        size_t length = 0;
        FILE *out = open_memstream(&bytes, &length);
        explain_write_json(&tree->explanation, out);
        fclose(out);
        texts[i] = arena_copy(&tree->arena, (Str){bytes, length});
        free(bytes);
    }
    assert_str(texts[0], texts[1].data);
    assert_true(str_starts_with(texts[0], STR("{\n  \"schema_version\": 1,\n  \"query\": ")));
}

#define tree_test(function) cmocka_unit_test_setup_teardown(function, open_tree, close_tree)

int main(void) {
    const struct CMUnitTest tests[] = {
        tree_test(says_why_a_class_does_not_hold),
        tree_test(methods_say_it_of_their_object),
        tree_test(says_why_a_parameter_is_optional),
        tree_test(says_why_a_function_bridges),
        tree_test(json_is_the_same_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
