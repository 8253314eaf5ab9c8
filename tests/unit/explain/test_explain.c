// Queries: what a name, a line and a code mean, and what is said when they mean nothing.
#include "explain/support_explain.h"
#include "report/code_text.h"

static const TreeFile FILES[] = {
    {"app/__init__.py", ""},
    {"app/config.py", "cfg = object()\n"},
    {"app/main.py", "from app.config import cfg\n"
                    "from app.store import Store\n"
                    "\n"
                    "NAME = cfg.name\n"
                    "\n"
                    "def on_message(raw):\n"
                    "    store = Store()\n"
                    "    store.load()\n"
                    "    return greet(raw)\n"
                    "\n"
                    "def greet(raw):\n"
                    "    def inner():\n"
                    "        return cfg.greeting\n"
                    "    return inner() + raw\n"
                    "\n"
                    "def tick():\n"
                    "    greet('now')\n"},
    {"app/other.py", "def greet():\n"
                     "    return 1\n"},
    {"app/store.py", "from app.config import cfg\n"
                     "\n"
                     "class Store:\n"
                     "    def load(self):\n"
                     "        return cfg.path\n"},
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

static Str first_help(const Tree *tree) { return vec_last(&tree->diagnostics.list)->help; }

// ---- names ---------------------------------------------------------------------------------------
static void part_of_a_name_is_enough(void **state) {
    Tree *tree = *state;
    assert_str(tree_subject(tree, "Store.load")->name, "app.store.Store.load");
    assert_str(tree_subject(tree, "main.greet")->name, "app.main.greet");
    assert_str(tree_subject(tree, "main.greet.inner")->name, "app.main.greet.<locals>.inner");
    assert_int_equal(tree_subject(tree, "Store")->kind, SUBJECT_CLASS);
    assert_int_equal(tree_subject(tree, "cfg")->kind, SUBJECT_SYMBOL);
}

static void part_of_a_part_is_not_enough(void **state) {
    Tree *tree = *state;
    assert_false(tree_explain(tree, "reet"));
    assert_false(tree_explain(tree, "tore.load"));
    assert_false(tree_explain(tree, "."));
}

static void several_are_listed_by_name(void **state) {
    Tree *tree = *state;
    assert_true(tree_explain(tree, "greet"));
    assert_int_equal(tree->explanation.answer, ANSWER_CANDIDATES);
    assert_int_equal(tree->explanation.subjects.count, 2);
    assert_str(tree->explanation.subjects.items[0].name, "app.main.greet");
    assert_str(tree->explanation.subjects.items[1].name, "app.other.greet");
    assert_str(tree_text(tree, "greet"), "'greet' is the name of 2 things; give more of it\n\n"
                                         "  app/main.py:11  parameter    app.main.greet\n"
                                         "  app/other.py:1  unchanged    app.other.greet\n");
}

static void unknown_names_get_near_ones(void **state) {
    Tree *tree = *state;
    assert_false(tree_explain(tree, "on_mesage"));
    assert_str(first_help(tree), "did you mean 'app.main.on_message'?");
    assert_false(tree_explain(tree, "Stor.load"));
    assert_str(first_help(tree), "did you mean 'app.store.Store.load'?");
    assert_false(tree_explain(tree, "zzzzzz"));
    assert_true(str_starts_with(first_help(tree), STR("give a function, method, class")));
    assert_int_equal(tree->diagnostics.error_count, 3);
}

// ---- lines ---------------------------------------------------------------------------------------
static void line_has_all_that_is_decided_on_it(void **state) {
    Tree *tree = *state;
    const Subject *access = tree_subject(tree, "app/main.py:13");
    assert_int_equal(access->kind, SUBJECT_ACCESS);
    assert_string_equal(access->decision, "closure");
    const Subject *call = tree_subject(tree, "main.py:9");
    assert_int_equal(call->kind, SUBJECT_CALL);
    assert_string_equal(call->decision, "passes");
    const Subject *definition = tree_subject(tree, "./app/main.py:11:5");
    assert_str(definition->name, "app.main.greet");
    const Subject *refused = tree_subject(tree, "app/main.py:4");
    assert_string_equal(refused->decision, "refused");
    assert_true(refused->has_code && refused->code == DIAGNOSTIC_W201);
    assert_true(refused->remedy.length > 0);
}

static void empty_line_names_the_nearest(void **state) {
    Tree *tree = *state;
    assert_str(tree_text(tree, "app/main.py:8"),
               "nothing is decided on app/main.py:8, in app.main.on_message\n"
               "the nearest line with a decision is app/main.py:7\n");
    assert_str(tree_text(tree, "app/config.py:1"), "nothing is decided on app/config.py:1\n");
}

static void wrong_lines_are_errors(void **state) {
    Tree *tree = *state;
    assert_false(tree_explain(tree, "app/main.py:0"));
    assert_false(tree_explain(tree, "app/main.py:99"));
    assert_false(tree_explain(tree, "app/gone.py:1"));
    assert_false(tree_explain(tree, "ain.py:1"));
    assert_false(tree_explain(tree, "app/main.py:99999999999"));
}

// ---- codes ---------------------------------------------------------------------------------------
static void every_code_has_a_text(void **state) {
    Arena arena = {0};
    (void)state;
    for (uint32_t i = 0; i < DIAGNOSTIC_CODE_COUNT; i++) {
        CodeText text = code_text(&arena, (DiagnosticCode)i);
        const char *name = diagnostic_code_name((DiagnosticCode)i);
        if (text.meaning.length == 0) fail_msg("%s has no meaning", name);
        if (str_find_str(text.meaning, STR("**")) >= 0) fail_msg("%s keeps its title", name);
        if (text.example.length + text.remedy.length == 0)
            fail_msg("%s has neither example nor remedy", name);
        if (str_find_str(text.remedy, STR("](#")) >= 0) fail_msg("%s has a link", name);
    }
    arena_release(&arena);
}

static void code_has_its_places(void **state) {
    Tree *tree = *state;
    const Subject *code = tree_subject(tree, "W201");
    assert_int_equal(code->kind, SUBJECT_CODE);
    assert_int_equal(code->sites.count, 1);
    assert_str(code->sites.items[0].place.path, "app/main.py");
    assert_int_equal(code->sites.items[0].place.at.line, 4);
    assert_str(code->sites.items[0].brief, "'cfg' is left as it is");
    assert_int_equal(tree_subject(tree, "W202")->sites.count, 0);
    assert_false(explain_is_code(STR("W999")));
    assert_false(tree_explain(tree, "W999"));
}

#define tree_test(function) cmocka_unit_test_setup_teardown(function, open_tree, close_tree)

int main(void) {
    const struct CMUnitTest tests[] = {
        tree_test(part_of_a_name_is_enough),
        tree_test(part_of_a_part_is_not_enough),
        tree_test(several_are_listed_by_name),
        tree_test(unknown_names_get_near_ones),
        tree_test(line_has_all_that_is_decided_on_it),
        tree_test(empty_line_names_the_nearest),
        tree_test(wrong_lines_are_errors),
        cmocka_unit_test(every_code_has_a_text),
        tree_test(code_has_its_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
