// Expressions, calls, strings.
#include "python/support_extract.h"

static void shapes(void **state) {
    (void)state;
    assert_dumps("((a)).b[c, d:e](f)\n", "value=(call (subscript (attribute (name a) b) (name c) "
                                         "(other (name d) (name e))) (name f))\n");
    assert_dumps("x = {a: b, **c}\n", "value=(dict (name a) (name b) (star (name c)))\n");
    assert_dumps("x = {*a, b}\n", "value=(set (star (name a)) (name b))\n");
    assert_dumps("x = (1, None, True, ..., -a)\n",
                 "value=(tuple (number) (none) (truth) (ellipsis) (other (name a)))\n");
    assert_dumps("a, b\n", "statement 1:1 expression end=1:5 value=(tuple (name a) (name b))\n");
    assert_dumps("x = a if b else c\n", "(choice (name a) (name c) (name+condition b))");
    assert_dumps("x = a or b or c and d\n",
                 "(choice (name a) (name b) (choice (name c) (name d)))");
    assert_dumps("x = a | b | c\n", "(union (name a) (name b) (name c))");
    assert_dumps("x = a + b * c - d\n", "(other (name a) (other (name b) (name c)) (name d))");
    assert_dumps("x = not a < f(b) in c\n", "(other (other (name a) (call (name f) (name b)) "
                                            "(name c)))");
    assert_dumps("x = [a for b in c if d]\n",
                 "(list_comprehension (name a) (name c) (name+condition d))");
    assert_dumps("x = {a: b for c in d}\n", "(dict_comprehension (name a) (name b) (name d))");
    assert_dumps("print = type.match\n", "value=(attribute (name type) match)\n");
}

static void offsets(void **state) {
    (void)state;
    Extract extract;
    Str text = STR("x = ((a)) . b # c\n");
    assert_true(extract_open(&extract, "a.py", text));
    const ExprFact *attribute = &extract.facts.exprs.items[1];
    const ExprFact *name = &extract.facts.exprs.items[2];
    assert_int_equal(attribute->kind, EXPR_ATTRIBUTE);
    assert_int_equal(attribute->start, 4);
    assert_int_equal(attribute->end, 13);
    assert_int_equal(attribute->name_start, 12);
    assert_int_equal(name->start, 6); // without its parentheses
    assert_int_equal(name->end, 7);
    assert_int_equal(name->parent.index, 1);
    assert_int_equal(name->statement.index, 1);
    Span span = facts_expr_span(&extract.facts, (ExprId){2});
    assert_int_equal(span.start, 6);
    assert_str(facts_text(&extract.facts, (ModuleId){1}, 4, 13), "((a)) . b");
    extract_close(&extract);
}

static void arguments(void **state) {
    (void)state;
    assert_dumps("f(a, # one, (\n  *b,\n  k = c, # two\n  **d, # three\n)\n",
                 "call 1:1 callee=(name f) statement open=1:2 close=5:1\n"
                 "  argument positional 1:3..1:4 comma=1:4 value=(name a)\n"
                 "  argument rest 2:3..2:5 comma=2:5 value=(name b)\n"
                 "  argument keyword k 3:3..3:8 comma=3:8 value=(name c)\n"
                 "  argument keyword_rest 4:3..4:6 comma=4:6 value=(name d)\n");
    assert_dumps("f(f(f()), 1)\n", "call 1:1 callee=(name f) statement open=1:2 close=1:12\n"
                                   "  argument positional 1:3..1:9 comma=1:9");
    assert_dumps("x = f(a for a in b)\n", "call 1:5 callee=(name f) generator_argument open=1:6 "
                                          "close=1:19\n  argument positional 1:7..1:19");
    assert_dumps("f((a for a in b), c)\n", "  argument positional 1:3..1:17 comma=1:17");
    assert_dumps("f (\n)\n", "open=1:3 close=2:1\n");
    assert_dumps("async def g():\n  await f()\n", "call 2:9 callee=(name f) awaited open");
    assert_dumps("async def g():\n  x = await (f())\n", "awaited open=2:15");
    assert_not_dumps("x = f()\n", " statement open");
    assert_dumps("def h(b=i(), *, c: j() = k()): pass\n", "callee=(name+default k) open");
}

static void strings(void **state) {
    (void)state;
    assert_dumps("x = 'a' \"b\" '''c'''\n", "value=(string \"abc\")\n");
    assert_dumps("x = ('a' # why\n  'b')\n", "value=(string \"ab\")\n");
    assert_dumps("x = 'a\\n'\n", "value=(string)\n");
    assert_dumps("x = r'a\\n'\n", "value=(string \"a\\n\")\n");
    assert_dumps("x = b'a'\n", "value=(string)\n");
    assert_dumps("x = f'a'\n", "value=(string \"a\")\n");
    assert_dumps("x = f'{{a}}'\n", "value=(string)\n");
    assert_dumps("x = ''\n", "value=(string)\n");
}

static void interpolations(void **state) {
    (void)state;
    assert_dumps("x = f'a{b.c(d)!r:>{w}}' 'e'\n",
                 "value=(string (call+interpolation (attribute+interpolation (name+interpolation "
                 "b) c) (name+interpolation d)) (name+interpolation w))\n");
    assert_dumps("x = f'{a.b = }'\n", "(attribute+interpolation+self_documenting "
                                      "(name+interpolation+self_documenting a) b)");
    assert_dumps("x = f'{a:=5}' f'{b:=}'\n",
                 "value=(string (name+interpolation a) (name+interpolation b))\n");
    assert_not_dumps("x = f'{a:=5}'\n", "symbol a");
    assert_dumps("x = f\"{f'{a}'}\"\n", "value=(string (string+interpolation "
                                        "(name+interpolation a)))\n");
    assert_dumps("é = f'{ü(1)}'\n", "call 1:8 callee=(name+interpolation ü) open=1:9 close=1:11");
}

static void annotations(void **state) {
    (void)state;
    assert_dumps("x: 'a.B' = 1\n", "annotation=(string+annotation \"a.B\" (attribute+annotation "
                                   "(name+annotation a) B))\n");
    assert_dumps("x: Optional['B'] = 1\n", "(name+annotation Optional) (string+annotation \"B\" "
                                           "(name+annotation B)))\n");
    assert_dumps("x: ' list[A] | None ' = 1\n",
                 "(union+annotation (subscript+annotation (name+annotation list) (name+annotation "
                 "A)) (none+annotation)))\n");
    assert_dumps("x: list[A, B] | None\n",
                 "(union+annotation (subscript+annotation (name+annotation list) (name+annotation "
                 "A) (name+annotation B)) (none+annotation))\n");
    assert_dumps("x: t.Dict[str, 'A']\n", "(subscript+annotation (attribute+annotation "
                                          "(name+annotation t) Dict) (name+annotation str) ");
    // Values, not types; and text that is no type.
    assert_dumps("x: Literal['r']\n", "(string+annotation \"r\"))\n");
    assert_dumps("x: 'f(a)'\n", "(string+annotation \"f(a)\")\n");
    assert_dumps("x: 'not a type'\n", "(string+annotation \"not a type\"");
    assert_dumps("x = 'A'\n", "value=(string \"A\")\n");
}

static void annotation_places(void **state) {
    (void)state;
    Extract extract;
    assert_true(extract_open(&extract, "a.py", STR("x: 'a.B | C' = 1\n")));
    for (uint32_t i = 1; i < extract.facts.exprs.count; i++) {
        const ExprFact *expr = &extract.facts.exprs.items[i];
        if (!(expr->flags & EXPR_IN_ANNOTATION)) continue;
        assert_int_equal(expr->start, 3);
        assert_int_equal(expr->end, 12);
    }
    extract_close(&extract);
}

// Valid Python that the grammar reads in another way.
static void repairs(void **state) {
    (void)state;
    assert_dumps("f('', a.b(), *c.d.e())\n",
                 "  argument rest 1:14..1:22 value=(call (attribute (attribute (name c) d) e))\n");
    assert_dumps("f('', a.b(), *c.d.e())\n", "call 1:15 callee=");
    assert_dumps("[*a.b.c()]\n", "value=(list (star (call (attribute (attribute (name a) b) c))))");
    assert_dumps("type(m).a = c\n", "binding 1:9 target=(attribute+stored (call (name type) (name "
                                    "m)) a)\n    assign 1:9..1:10 value=(name c)\n");
    assert_dumps("type(m).a = c\n", "call 1:1 callee=(name type) open=1:5 close=1:7\n");
    assert_dumps("with a if b else c() as d: pass\n",
                 "    enter 1:25..1:26 value=(choice (name a) (call (name c)) (name+condition b))");
    assert_dumps("type[0] = 1\n", "binding 1:5 target=(subscript+stored (name type) (number))\n");
}

static void type_checking(void **state) {
    (void)state;
    const char *text = "if TYPE_CHECKING:\n  import a\n  x = y\nelse:\n  import b\n  z = w\n";
    assert_dumps(text, "module a binds a item=1/1 type_checking");
    assert_dumps(text, "module b binds b item=1/1 5:");
    assert_dumps(text, "value=(name+type_checking y)\n");
    assert_dumps(text, "value=(name w)\n");
    assert_dumps("if t.TYPE_CHECKING:\n  x = y\n", "value=(name+type_checking y)\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes),
        cmocka_unit_test(offsets),
        cmocka_unit_test(arguments),
        cmocka_unit_test(strings),
        cmocka_unit_test(interpolations),
        cmocka_unit_test(annotations),
        cmocka_unit_test(annotation_places),
        cmocka_unit_test(repairs),
        cmocka_unit_test(type_checking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
