// Functions, lambdas, classes: flags, names, and the places that edits use.
#include "python/support_extract.h"

static void places(void **state) {
    (void)state;
    assert_dumps(
        "@d\n"
        "async def f(a, # one, (\n"
        "            b = (1), # two\n"
        "            ) -> T: # three\n"
        "    'doc' ; 'more'\n"
        "    # comment\n"
        "    return\n"
        "    # behind\n",
        "function 1:1 src.a.f async wrapped end=7:11 keyword=2:1 name=2:11 open=2:12 "
        "close=4:13 header_end=4:20 docstring_end=5:10 body=5:13 decorator=(name+decorator "
        "d) returns=(name+annotation T)\n"
        "  parameter positional a 2:13..2:14 comma=2:14\n"
        "  parameter positional b 3:13..3:20 comma=3:20 default=(number+default)\n");
    assert_dumps("def f():\n  '''doc\n  '''\n", " docstring_end=3:6 body=3:6\n");
    assert_dumps("def f(): return g()\n", "single_line end=1:20 name=1:5 open=1:6 "
                                          "close=1:7 header_end=1:9 body=1:10\n");
    assert_dumps("def f(): \\\n  pass\n", "single_line stub");
    assert_dumps("def f():\n  b'no'\n  x\n", "header_end=1:9 body=2:3\n");
    assert_dumps("def f():\n  f'no'\n  x\n", "header_end=1:9 body=2:3\n");
    assert_dumps("def f():\n  'a' 'b'\n  x\n", "docstring_end=2:10 body=3:3\n");
    assert_dumps("def f():\n  x\n  # c\n\n# d\ny\n", " end=2:4 ");
}

static void parameters(void **state) {
    (void)state;
    assert_dumps("def f(a, b: T = 1, /, c=2, *d: U, e, g: V = 3, **h: W): pass\n",
                 "  parameter positional_only a 1:7..1:8 comma=1:8\n"
                 "  parameter positional_only b 1:10..1:18 comma=1:18 annotation=(name+annotation "
                 "T) default=(number+default)\n"
                 "  parameter slash_mark 1:20..1:21 comma=1:21\n"
                 "  parameter positional c 1:23..1:26 comma=1:26 default=(number+default)\n"
                 "  parameter rest d 1:28..1:33 comma=1:33 annotation=(name+annotation U)\n"
                 "  parameter keyword e 1:35..1:36 comma=1:36\n"
                 "  parameter keyword g 1:38..1:46 comma=1:46 annotation=(name+annotation V) "
                 "default=(number+default)\n"
                 "  parameter keyword_rest h 1:48..1:54 annotation=(name+annotation W)\n");
    assert_dumps("def f(*, a): pass\n", "  parameter star_mark 1:7..1:8 comma=1:8\n"
                                        "  parameter keyword a 1:10..1:11\n");
    assert_dumps("def f(*a: *Ts): pass\n", "annotation=(star+annotation (name+annotation Ts))");
    assert_dumps("def f(print, match, type): pass\n", "  parameter positional match 1:14..1:19");
}

static void evaluation_scopes(void **state) {
    (void)state;
    Extract extract;
    assert_true(extract_open(&extract, "a.py",
                             STR("@deco\ndef f(a: ann = dflt) -> ret:\n  return body\n")));
    const Facts *facts = &extract.facts;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        Str name = facts_name(facts, expr->name);
        assert_int_equal(expr->scope.index, str_is(name, "body") ? 2 : 1);
        uint16_t flags = str_is(name, "deco")   ? EXPR_IN_DECORATOR
                         : str_is(name, "dflt") ? EXPR_IN_DEFAULT
                         : str_is(name, "body") ? 0
                                                : EXPR_IN_ANNOTATION;
        assert_int_equal(expr->flags, flags);
    }
    extract_close(&extract);
}

static void lambdas(void **state) {
    (void)state;
    const char *text = "def f():\n  return lambda a, b=c, *d: a + b\n";
    assert_dumps(text, "function 2:10 src.a.f.<locals>.<lambda> lambda end=2:34 keyword=2:10 "
                       "header_end=2:28 body=2:29\n"
                       "  parameter positional a 2:17..2:18 comma=2:18\n"
                       "  parameter positional b 2:20..2:23 comma=2:23 default=(name+default c)\n"
                       "  parameter rest d 2:25..2:27\n");
    assert_dumps(text, "value=(lambda (other (name a) (name b)))\n");
    // Parameters of nested lambdas stay together.
    assert_dumps("x = lambda a=lambda p, q: p, b=1: a\n",
                 "  parameter positional a 1:12..1:28 comma=1:28 default=(lambda+default "
                 "(name+default p))\n"
                 "  parameter positional b 1:30..1:33 default=(number+default)\n");
    assert_dumps("x = lambda: (yield)\n", "src.a.<lambda> generator lambda");
}

static void flags(void **state) {
    (void)state;
    const char *text = "class C:\n"
                       "    def __init__(self): self.x = 1\n"
                       "    def __new__(cls): return x\n"
                       "    def __call__(self): return 1\n"
                       "    def __init_subclass__(cls): return 1\n"
                       "    @staticmethod\n"
                       "    def a(): return 1\n"
                       "    @classmethod\n"
                       "    def b(cls): return 1\n"
                       "    @property\n"
                       "    def c(self): return 1\n"
                       "    @c.setter\n"
                       "    def c(self, v): self.v = v\n"
                       "    @functools.cached_property\n"
                       "    def d(self): return 1\n"
                       "    @abc.abstractmethod\n"
                       "    def e(self): raise NotImplementedError('x')\n"
                       "    @typing.overload\n"
                       "    def f(self): ...\n"
                       "    @functools.lru_cache(maxsize=None)\n"
                       "    def g(self): return 1\n"
                       "    @contextlib.asynccontextmanager\n"
                       "    async def h(self): yield 1\n"
                       "    @functools.wraps(f)\n"
                       "    @override\n"
                       "    def i(self): return 1\n"
                       "    @app.route('/')\n"
                       "    def j(self): return 1\n";
    assert_dumps(text, "src.a.C.__init__ constructor single_line end");
    assert_dumps(text, "src.a.C.__new__ static special single_line creator end");
    assert_dumps(text, "src.a.C.__call__ special single_line end");
    assert_dumps(text, "src.a.C.__init_subclass__ class special single_line end");
    assert_dumps(text, "src.a.C.a static single_line end");
    assert_dumps(text, "src.a.C.b class single_line end");
    assert_dumps(text, "function 10:5 src.a.C.c property single_line end");
    assert_dumps(text, "function 12:5 src.a.C.c property single_line end");
    assert_dumps(text, "src.a.C.d property single_line end");
    assert_dumps(text, "src.a.C.e abstract single_line stub end");
    assert_dumps(text, "src.a.C.f overload single_line stub end");
    assert_dumps(text, "src.a.C.g single_line cached end");
    assert_dumps(text, "src.a.C.h async generator single_line context_manager end");
    assert_dumps(text, "src.a.C.i single_line end");
    assert_dumps(text, "src.a.C.j single_line wrapped end");
}

static void generators_and_stubs(void **state) {
    (void)state;
    assert_dumps("def f():\n  def g():\n    yield 1\n  return g\n", "src.a.f end");
    assert_dumps("def f():\n  def g():\n    yield 1\n  return g\n", "src.a.f.<locals>.g generator");
    assert_dumps("def f():\n  x = yield\n", "src.a.f generator");
    assert_dumps("def f():\n  yield from g()\n", "src.a.f generator");
    assert_dumps("def f():\n  'doc'\n  pass\n  ...\n", "src.a.f stub");
    assert_dumps("def f():\n  'doc'\n", "src.a.f stub");
    assert_dumps("def f():\n  raise NotImplementedError\n", "src.a.f stub");
    assert_not_dumps("def f():\n  raise ValueError\n", "stub");
    assert_not_dumps("def f():\n  pass\n  return 1\n", "stub");
    assert_not_dumps("def f():\n  def g(): pass\n  return 1\n", "src.a.f stub");
}

static void nesting(void **state) {
    (void)state;
    Extract extract;
    assert_true(extract_open(&extract, "p/__init__.py",
                             STR("class A:\n  class B:\n    def m(self):\n      class C:\n        "
                                 "def n(self): pass\n")));
    const Facts *facts = &extract.facts;
    const FunctionFact *m = &facts->functions.items[1], *n = &facts->functions.items[2];
    assert_str(facts_name(facts, m->qualified), "p.A.B.m");
    assert_str(facts_name(facts, n->qualified), "p.A.B.m.<locals>.C.n");
    assert_int_equal(m->klass.index, 2);
    assert_int_equal(n->klass.index, 3);
    assert_int_equal(m->enclosing.index, 0);
    assert_int_equal(n->enclosing.index, 1);
    assert_true(facts->modules.items[1].is_package);
    assert_true(facts_scope_in_class_body(facts, facts->classes.items[3].body));
    assert_int_equal(facts_scope_function(facts, n->body).index, 2);
    extract_close(&extract);
}

static void classes(void **state) {
    (void)state;
    assert_dumps("@d(1)\nclass C(A, b.B[T], *c, metaclass=M, k=1):\n  'doc'\n  x = 1\n",
                 "class 1:1 src.a.C metaclass end=4:8 name=2:7 docstring_end=3:8 body=4:3 "
                 "decorator=(call+decorator (name+decorator d) (number+decorator)) "
                 "base=(name+bases A) base=(subscript+bases (attribute+bases (name+bases b) B) "
                 "(name+bases T)) base=(star+bases (name+bases c)) keyword=(name+bases M) "
                 "keyword=(number+bases)\n");
    assert_dumps("class C: pass\n", "src.a.C single_line end=1:14 name=1:7 body=1:10\n");
    assert_dumps("class C:\n  'doc' # why\n", "docstring_end=2:8 body=2:14\n");
}

static void class_flags(void **state) {
    (void)state;
    assert_dumps("@dataclass\nclass C:\n  x: int\n", "src.a.C data end");
    assert_dumps("@dataclasses.dataclass(frozen=True)\nclass C:\n  x: int\n", "src.a.C data end");
    assert_dumps("@attr.s\nclass C:\n  x: int\n", "src.a.C data end");
    assert_dumps("@attrs.define\nclass C:\n  x: int\n", "src.a.C data end");
    assert_dumps("@dataclass\nclass C:\n  def __init__(self): pass\n", "src.a.C end");
    assert_dumps("@dataclass(init=False)\nclass C:\n  x: int\n", "src.a.C end");
    assert_dumps("class C(str, enum.Enum): pass\n", "src.a.C enum ");
    assert_dumps("class C(NamedTuple): x: int\n", "src.a.C tuple ");
    assert_dumps("class C(TypedDict): x: int\n", "src.a.C typed_dict ");
    assert_dumps("class C(Protocol[T]): pass\n", "src.a.C protocol ");
    assert_dumps("class C(ValueError): pass\n", "src.a.C exception ");
    assert_dumps("class C(b.BaseException): pass\n", "src.a.C exception ");
    assert_dumps("class C:\n  __slots__ = ()\n", "src.a.C slots ");
    assert_dumps("class C(metaclass=abc.ABCMeta): pass\n", "src.a.C single_line ");
    assert_dumps("class C:\n  def __getattr__(self, n): return n\n", "src.a.C dynamic_attributes ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places),      cmocka_unit_test(parameters),
        cmocka_unit_test(lambdas),     cmocka_unit_test(evaluation_scopes),
        cmocka_unit_test(flags),       cmocka_unit_test(generators_and_stubs),
        cmocka_unit_test(nesting),     cmocka_unit_test(classes),
        cmocka_unit_test(class_flags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
