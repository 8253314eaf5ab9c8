// Scopes, symbols, bindings: what binds which name where (PEP 227, 572, 695).
#include "python/support_extract.h"

static void assignments(void **state) {
    (void)state;
    assert_dumps("a = b = v\n", "  symbol a\n"
                                "    assign 1:1..1:2 value=(name v)\n"
                                "  symbol b\n"
                                "    assign 1:5..1:6 value=(name v)\n");
    assert_dumps("x: int = 1\n", "    assign 1:1..1:2 value=(number) annotation=(name+annotation "
                                 "int)\n");
    assert_dumps("x: int\n", "  symbol x\n    declare 1:1..1:2 annotation=(name+annotation int)\n");
    assert_dumps("x += 1\n", "  symbol x\n    augment 1:1..1:2 value=(number)\n");
    assert_dumps("(x) = 1\n", "    assign 1:2..1:3 value=(number)\n");
    assert_dumps("x = yield_ = 1\n", "    assign 1:5..1:11 value=(number)\n");
}

static void tuples(void **state) {
    (void)state;
    assert_dumps("x, (y, *z), w = v\n", "  symbol x\n"
                                        "    assign 1:1..1:2 element=0 value=(name v)\n"
                                        "  symbol y\n"
                                        "    assign 1:5..1:6 element=-2 value=(name v)\n"
                                        "  symbol z\n"
                                        "    assign 1:9..1:10 element=-2 value=(name v)\n"
                                        "  symbol w\n"
                                        "    assign 1:13..1:14 element=2 value=(name v)\n");
    // Behind a star nothing is known of the position.
    assert_dumps("[a, *b, c] = v\n", "  symbol c\n"
                                     "    assign 1:9..1:10 element=-2 value=(name v)\n");
    assert_dumps("x, = v\n", "assign 1:1..1:2 element=0");
    assert_dumps("(x,) = v\n", "assign 1:2..1:3 element=0");
}

static void places(void **state) {
    (void)state;
    assert_dumps("self.p = 1\n", "binding 1:6 target=(attribute+stored (name self) p)\n"
                                 "    assign 1:6..1:7 value=(number)\n");
    assert_dumps("self.p: T\n", "binding 1:6 target=(attribute+stored (name self) p)\n"
                                "    declare 1:6..1:7 annotation=(name+annotation T)\n");
    assert_dumps("d[k] += 1\n", "binding 1:1 target=(subscript+stored (name d) (name k))\n"
                                "    augment 1:1..1:5 value=(number)\n");
    assert_dumps("a.x, b = v\n", "    assign 1:3..1:4 element=0 value=(name v)\n");
    assert_not_dumps("self.p = 1\n", "symbol self");
}

static void deletion(void **state) {
    (void)state;
    assert_dumps("del x, y.z, (u, v)\n", "  symbol x deleted\n    delete 1:5..1:6\n");
    assert_dumps("del x, y.z, (u, v)\n", "  symbol v deleted\n");
    assert_dumps("del y.z\n", "binding 1:7 target=(attribute+deleted (name y) z)\n");
}

static void loops_and_contexts(void **state) {
    (void)state;
    assert_dumps("for i, x in e: pass\n", "  symbol i\n"
                                          "    iterate 1:5..1:6 element=0 value=(name e)\n");
    assert_dumps("async def f():\n async for i in e: pass\n",
                 "    iterate_async 2:12..2:13 value=(name e)\n");
    assert_dumps("with a as b, c as (d, e): pass\n", "    enter 1:11..1:12 value=(name a)\n");
    assert_dumps("with a as b, c as (d, e): pass\n",
                 "    enter 1:23..1:24 element=1 value=(name c)\n");
    assert_dumps("with (a as b, c): pass\n", "    enter 1:12..1:13 value=(name a)\n");
    assert_dumps("with (a as b,): pass\n", "    enter 1:12..1:13 value=(name a)\n");
    assert_dumps("with (a() as b): pass\n", "    enter 1:14..1:15 value=(call (name a))\n");
    assert_dumps("with a as b.c: pass\n", "binding 1:13 target=(attribute+stored (name b) c)\n");
    assert_dumps("async def f():\n async with a as b: pass\n",
                 "    enter_async 2:18..2:19 value=(name a)\n");
}

static void exceptions(void **state) {
    (void)state;
    assert_dumps("try: pass\nexcept (A, B) as e: pass\n",
                 "  symbol e\n    except 2:18..2:19 value=(tuple (name A) (name B))\n");
    assert_dumps("try: pass\nexcept* A as e: pass\n", "    except 2:14..2:15 value=(name A)\n");
}

static void walrus(void **state) {
    (void)state;
    assert_dumps("if n := f(): pass\n", "  symbol n\n    assign 1:4..1:5 value=(call (name f))\n");
    // In a comprehension it binds outside; the loop variable stays inside.
    const char *text = "def f(r):\n  return [[m := i for i in j] for j in r]\n";
    assert_dumps(text, "scope function src.a.f in module\n"
                       "  symbol r parameter\n"
                       "    parameter 1:7..1:8\n"
                       "  symbol m\n"
                       "    assign 2:12..2:13 value=(name i)\n");
    assert_dumps("x = [y := 1, y]\n", "  symbol y\n    assign 1:6..1:7 value=(number)\n");
}

static void comprehensions(void **state) {
    (void)state;
    Extract extract;
    assert_true(extract_open(&extract, "a.py", STR("x = [a for b in c if d for e in f(b)]\n")));
    const Facts *facts = &extract.facts;
    assert_int_equal(facts->scopes.count, 3); // none, module, block
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        Str name = facts_name(facts, expr->name);
        // The first iterable is evaluated outside, the rest inside.
        bool outside =
            expr->kind == EXPR_LIST_COMPREHENSION || str_is(name, "c") || str_is(name, "x");
        assert_int_equal(expr->scope.index, outside ? 1 : 2);
    }
    assert_false(fact_is(facts_scope_function(facts, (ScopeId){2})));
    extract_close(&extract);
    assert_dumps("class C:\n  x = {k: v for k, v in y}\n", "scope block in class\n"
                                                           "  symbol k\n"
                                                           "    iterate 2:17..2:18 element=0");
}

static void declarations(void **state) {
    (void)state;
    const char *text = "def f():\n"
                       "    x = 0\n"
                       "    def g():\n"
                       "        nonlocal x\n"
                       "        global y, z\n"
                       "        x = y = 1\n";
    assert_dumps(text, "scope function src.a.f.<locals>.g in function\n"
                       "  symbol x nonlocal\n"
                       "    assign 6:9..6:10 value=(number)\n"
                       "  symbol y global\n"
                       "    assign 6:13..6:14 value=(number)\n"
                       "  symbol z global\n");
    assert_not_dumps("global x\nx = 1\n", "symbol x global");
    // A function declared global belongs to the module.
    assert_dumps("def f():\n global g\n def g(): pass\n", "function 3:2 src.a.g ");
}

static void match_captures(void **state) {
    (void)state;
    const char *text = "match s:\n"
                       "  case C(a, k=b) as whole if b: pass\n"
                       "  case {'k': d, **rest}: pass\n"
                       "  case [e, *f] | (g.h as e, f): pass\n"
                       "  case (j): pass\n"
                       "  case -1 | None | 'x' | _: pass\n";
    assert_dumps(text, "  symbol a\n    match 2:10..2:11 element=-2\n");
    assert_dumps(text, "  symbol b\n    match 2:15..2:16 element=-2\n");
    assert_dumps(text, "  symbol whole\n    match 2:21..2:26 value=(name s) annotation=(name+condition+case_class C)\n");
    assert_dumps(text, "  symbol d\n    match 3:14..3:15 element=-2\n");
    assert_dumps(text, "  symbol rest\n    match 3:19..3:23 element=-2\n");
    assert_dumps(text, "  symbol f\n    match 4:13..4:14 element=-2\n    match 4:29..4:30");
    assert_dumps(text, "  symbol j\n    match 5:9..5:10 value=(name s)\n");
    assert_not_dumps(text, "symbol _");
    assert_not_dumps(text, "symbol k");
    assert_not_dumps(text, "symbol g");
    assert_dumps("match a, b:\n  case x, y: pass\n", "match 2:8..2:9 element=-2\n");
}

static void type_parameters(void **state) {
    (void)state;
    const char *text = "class C[T: int, *Ts](B):\n"
                       "    def m[U, **P](self, u: U = 1) -> T: ...\n"
                       "type L[K] = list[K]\n";
    assert_dumps(text, "scope block in module\n"
                       "  symbol T\n"
                       "    type_parameter 1:9..1:10 annotation=(name+annotation int)\n"
                       "  symbol Ts\n"
                       "    type_parameter 1:18..1:20\n"
                       "scope class src.a.C in block\n");
    assert_dumps(text, "scope block in class\n"
                       "  symbol U\n"
                       "    type_parameter 2:11..2:12\n"
                       "  symbol P\n"
                       "    type_parameter 2:16..2:17\n"
                       "scope function src.a.C.m in block\n");
    assert_dumps(text, "  symbol L\n    type_parameter 3:6..3:7 value=(subscript+annotation "
                       "(name+annotation list) (name+annotation K))\n");
    assert_dumps("type X = int\n", "  symbol X\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assignments),
        cmocka_unit_test(tuples),
        cmocka_unit_test(places),
        cmocka_unit_test(deletion),
        cmocka_unit_test(loops_and_contexts),
        cmocka_unit_test(exceptions),
        cmocka_unit_test(walrus),
        cmocka_unit_test(comprehensions),
        cmocka_unit_test(declarations),
        cmocka_unit_test(match_captures),
        cmocka_unit_test(type_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
