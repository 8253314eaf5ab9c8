"""Functions that call functions."""
from features import feature


@feature
def plain(b):
    b.write("""
        def $f(key):
            return "p" + $a(key) + $b(key=key)
        """, a=b.use(), b=b.use())


@feature
def closure(b):
    b.write("""
        def make$n(prefix):
            def inner(key):
                return prefix + $a(key)
            return inner


        def $f(key):
            return make$n("c")(key)
        """, a=b.use())


@feature
def closure_at_import(b):
    b.write("""
        def make$n(prefix):
            def inner(key):
                return prefix + $a(key)
            return inner


        $f = make$n("i")
        """, a=b.use())


@feature
def nonlocal_count(b):
    b.write("""
        def $f(key):
            count = 0

            def step(text):
                nonlocal count
                count += 1
                return f"{count}{$a(text)}"
            return step(key) + step(key + "2")
        """, a=b.use())


@feature
def generator(b):
    b.write("""
        def walk$n(keys):
            for key in keys:
                yield $a(key)
            yield from ($b(key) for key in keys)


        def $f(key):
            return "".join(walk$n([key, key * 2]))
        """, a=b.use(), b=b.use())


@feature
def generator_with_send(b):
    b.write("""
        def talk$n():
            said = yield "start"
            while said:
                said = yield $a(said)


        def $f(key):
            talk = talk$n()
            return next(talk) + talk.send(key)
        """, a=b.use())


@feature
def recursion(b):
    b.write("""
        def $f(key, depth=2):
            if depth == 0:
                return $a(key)
            return $f(key, depth - 1) + str(depth)
        """, a=b.use())


@feature
def mutual_recursion(b):
    b.write("""
        def even$n(key, depth):
            return $a(key) if not depth else odd$n(key, depth - 1)


        def odd$n(key, depth):
            return "odd" if not depth else even$n(key, depth - 1)


        def $f(key):
            return even$n(key, 2) + odd$n(key, 1)
        """, a=b.use())


@feature
def partial(b):
    b.need("import functools")
    b.write("""
        def join$n(left, right, *, end=""):
            return left + $a(right) + end


        def $f(key):
            half = functools.partial(join$n, "l", end="!")
            return half(key)
        """, a=b.use())


@feature
def partial_at_import(b):
    b.need("from functools import partial")
    b.write("""
        def join$n(left, right):
            return left + $a(right)


        $f = partial(join$n, "import")
        """, a=b.use())


@feature
def lambda_at_import(b):
    b.write("""
        $f = lambda key: "l" + $a(key)
        """, a=b.use())


@feature
def lambda_in_call(b):
    b.write("""
        def twice$n(work, key):
            return work(key) + work(key)


        def $f(key):
            return twice$n(lambda text: $a(text), key)
        """, a=b.use())


@feature
def function_as_argument(b):
    b.write("""
        def apply$n(work, key):
            return "a" + work(key)


        def $f(key):
            return apply$n($a, key)
        """, a=b.use())


@feature
def forwards_stars(b):
    b.write("""
        def target$n(left, *rest, tail="t", **more):
            return left + $a("".join(rest)) + tail + "".join(sorted(more))


        def forward$n(*args, **kwargs):
            return target$n(*args, **kwargs)


        def $f(key):
            return forward$n("x", key, tail="u", extra=1)
        """, a=b.use())


@feature
def kinds_of_parameters(b):
    b.write("""
        def kinds$n(first, /, second, *, third="3"):
            return first + $a(second) + third


        def $f(key):
            return kinds$n("1", key) + kinds$n("1", second=key, third="4")
        """, a=b.use())


@feature
def passed_to_library(b):
    b.need("import functools")
    b.need("import re")
    b.write("""
        def show$n(match):
            return $a(match.group())


        def $f(key):
            ordered = sorted([key, "z"], key=$a)
            folded = functools.reduce(lambda left, right: left + $a(right), ordered, "")
            return folded + re.sub("k", show$n, key) + "".join(map($a, ordered))
        """, a=b.use())


@feature
def dispatch_table(b):
    b.write("""
        def one$n(key):
            return "1" + $a(key)


        def two$n(key):
            return "2" + key


        TABLE$n = {"k0": one$n, "k1": two$n}


        def $f(key):
            return TABLE$n.get(key, one$n)(key)
        """, a=b.use())


@feature
def dispatch_inside(b):
    b.write("""
        def $f(key):
            work = {"k0": $a, "k1": $b}.get(key[:2])
            return work(key) if work else "none"
        """, a=b.use(), b=b.use())


@feature
def choice_of_functions(b):
    b.write("""
        def $f(key):
            if len(key) > 2:
                work = $a
            else:
                work = $b
            return work(key)
        """, a=b.use(), b=b.use())


@feature
def list_of_functions(b):
    b.write("""
        def $f(key):
            return "".join(work(key) for work in ($a, $b, str.upper))
        """, a=b.use(), b=b.use())


@feature
def registered_by_decorator(b):
    b.write("""
        HANDLERS$n = []


        def register$n(work):
            HANDLERS$n.append(work)
            return work


        @register$n
        def handler$n(key):
            return "h" + $a(key)


        def $f(key):
            return "".join(handler(key) for handler in HANDLERS$n)
        """, a=b.use())


@feature
def by_string(b):
    b.need("import sys")
    b.write("""
        def named$n(key):
            return "n" + $a(key)


        def $f(key):
            return getattr(sys.modules[__name__], "named$n")(key) + globals()["named$n"](key)
        """, a=b.use())


@feature
def by_import_module(b):
    b.need("import importlib")
    b.write("""
        def found$n(key):
            return "m" + $a(key)


        def $f(key):
            module = importlib.import_module(__name__)
            return getattr(module, "found$n")(key)
        """, a=b.use())


@feature
def conditional_definition(b):
    b.need("import sys")
    b.write("""
        if sys.version_info >= (3, 8):
            def pick$n(key):
                return "new" + $a(key)
        else:
            def pick$n(key):
                return "old"


        def $f(key):
            return pick$n(key)
        """, a=b.use())


@feature
def fallback_of_import(b):
    b.write("""
        try:
            from app.nowhere import missing$n
        except ImportError:
            def missing$n(key):
                return "fallback" + $a(key)


        def $f(key):
            return missing$n(key)
        """, a=b.use())


@feature
def returns_function(b):
    b.write("""
        def choose$n(key):
            return $a if key else $b


        def $f(key):
            return choose$n(key)(key)
        """, a=b.use(), b=b.use())


@feature
def context_manager_function(b):
    b.need("import contextlib")
    b.write("""
        @contextlib.contextmanager
        def opened$n(key):
            yield "o" + $a(key)


        def $f(key):
            with opened$n(key) as text, contextlib.ExitStack() as stack:
                return text + stack.enter_context(opened$n("e"))
        """, a=b.use())


@feature
def exit_callback(b):
    b.need("import contextlib")
    b.write("""
        def $f(key):
            out = []

            def note(text):
                out.append($a(text))
            with contextlib.ExitStack() as stack:
                stack.callback(note, key)
            return "".join(out)
        """, a=b.use())


@feature
def default_is_a_function(b):
    b.write("""
        def with$n(key, work=$a):
            return work(key)


        def $f(key):
            return with$n(key) + with$n(key, str.upper)
        """, a=b.use())


@feature
def alias_at_import(b):
    b.write("""
        def real$n(key):
            return "r" + $a(key)


        alias$n = real$n


        def $f(key):
            return alias$n(key)
        """, a=b.use())


@feature
def raises(b):
    b.write("""
        class Failed$n(Exception):
            def __init__(self, key):
                super().__init__($a(key))


        def $f(key):
            try:
                raise Failed$n(key)
            except Failed$n as error:
                return str(error)
        """, a=b.use())


@feature
def fails(b):
    b.write("""
        def $f(key):
            if $a(key):
                raise LookupError(key)
            return ""
        """, a=b.use())


@feature
def called_at_import(b):
    b.write("""
        def early$n(key):
            return len($a(key))


        SIZE$n = early$n("import")


        def $f(key):
            return f"{key}{SIZE$n}{early$n(key)}"
        """, a=b.use())


@feature
def star_unpacking(b):
    b.write("""
        def three$n(a, b, c="c"):
            return a + $a(b) + c


        def $f(key):
            pair, named = ("x", key), {"c": "y"}
            return three$n(*pair) + three$n(*pair, **named)
        """, a=b.use())


@feature
def name_of_the_parameter(b):
    b.write("""
        def $f(key):
            isolation_context = "taken"
            return isolation_context + $a(key)
        """, a=b.use())


@feature
def shadows_what_is_imported(b):
    b.write("""
        def $f(key):
            settings_of = current_isolation_context = IsolationContext = key
            return $a(settings_of) + current_isolation_context + IsolationContext
        """, a=b.use())
