"""Statements and expressions that call functions in less common places."""
from features import feature


@feature
def match_on_classes(b):
    b.write("""
        class Point$n:
            __match_args__ = ("x", "y")

            def __init__(self, x, y):
                self.x = x
                self.y = y

            def run(self):
                return $a(self.x)


        def $f(key):
            match Point$n(key, 1):
                case Point$n(str() as x, 2):
                    return "two" + x
                case Point$n(x, y=1) as point if $b(x):
                    return point.run() + x
            return "none"
        """, a=b.use(), b=b.use())


@feature
def match_on_mappings(b):
    b.write("""
        def $f(key):
            match {"key": key, "rest": [key, "r"]}:
                case {"key": "none"}:
                    return "none"
                case {"key": str(found), "rest": [first, *others], **more}:
                    return $a(found) + first + "".join($b(other) for other in others) + str(more)
        """, a=b.use(), b=b.use())


@feature
def walrus_in_comprehension(b):
    b.write("""
        def $f(key):
            kept = [text for c in key if (text := $a(c)) and len(text) > 1]
            return "".join(kept) + text + "".join({c: $b(c) for c in key}.values())
        """, a=b.use(), b=b.use())


@feature
def nested_comprehension(b):
    b.write("""
        def $f(key):
            rows = [[$a(c + d) for d in "xy"] for c in key]
            return "".join(text for row in rows for text in row if $b(text))
        """, a=b.use(), b=b.use())


@feature
def late_binding_closures(b):
    b.write("""
        def $f(key):
            late = [lambda: $a(c) for c in key]
            early = [lambda c=c, work=$b: work(c) for c in key]
            return "".join(work() for work in late + early)
        """, a=b.use(), b=b.use())


@feature
def function_attribute(b):
    b.write("""
        def counted$n(key):
            counted$n.calls += 1
            return $a(key)


        counted$n.calls = 0
        counted$n.other = $b


        def $f(key):
            return counted$n(key) + counted$n.other(key)
        """, a=b.use(), b=b.use())


@feature
def redefined(b):
    b.write("""
        def again$n(key):
            return "old"


        old$n = again$n


        def again$n(key):
            return old$n(key) + $a(key)


        def $f(key):
            return again$n(key)
        """, a=b.use())


@feature
def local_import(b):
    b.write("""
        def deep$n(key):
            return "d" + $a(key)


        def $f(key):
            from . import $module
            import app.$module as module
            return $module.deep$n(key) + module.deep$n(key)
        """, a=b.use(), module=b.module.name)


@feature
def typing_only_import(b):
    b.need("from typing import TYPE_CHECKING")
    b.write("""
        if TYPE_CHECKING:
            from app.config import Settings as Settings$n


        def typed$n(key: "str", owner: "Settings$n | None" = None) -> "str":
            return $a(key) + str(owner)


        def $f(key):
            return typed$n(key)
        """, a=b.use())


@feature
def return_in_finally(b):
    b.write("""
        def $f(key):
            out = []
            while True:
                try:
                    out.append($a(key))
                    if len(out) > 1:
                        break
                finally:
                    out.append($b(key))
            else:
                out.append("never")
            return "".join(out)
        """, a=b.use(), b=b.use())


@feature
def exception_group(b):
    b.write("""
        def raises$n(key):
            raise ExceptionGroup($a(key), [ValueError(key), KeyError($b(key))])


        def $f(key):
            out = []
            try:
                raises$n(key)
            except* ValueError as group:
                out.append(group.message)
            except* KeyError as group:
                out.append(str(group.exceptions[0].args[0]))
            return "".join(out)
        """, a=b.use(), b=b.use())


@feature
def assertion_text(b):
    b.write("""
        def $f(key):
            try:
                assert not $a(key), f"failed {$b(key)!r}"
            except AssertionError as error:
                return str(error)
            return ""
        """, a=b.use(), b=b.use())


@feature
def chained_comparison(b):
    b.write("""
        def $f(key):
            first = "" < $a(key) <= $a(key) != ""
            value = $b(key) if first and not ($a(key) == "") or None else "none"
            return f"{first}{value:{'>'}{len($a(key)) + 1}}"
        """, a=b.use(), b=b.use())


@feature
def lambda_decorator(b):
    b.write("""
        @(lambda work: lambda *args: "l" + work(*args))
        def $f(key):
            return $a(key)
        """, a=b.use())


@feature
def generator_returns(b):
    b.write("""
        def inner$n(key):
            got = yield $a(key)
            return $b(key) + str(got)


        def outer$n(key):
            result = yield from inner$n(key)
            yield result


        def $f(key):
            walk = outer$n(key)
            try:
                return next(walk) + walk.send("sent")
            finally:
                walk.close()
        """, a=b.use(), b=b.use())


@feature
def mutable_default(b):
    b.write("""
        def memo$n(key, known={}):
            if key not in known:
                known[key] = $a(key)
            return known[key]


        def $f(key):
            return memo$n(key) + memo$n(key, {})
        """, a=b.use())


@feature
def long_signature(b):
    b.write("""
        def long$n(
            first,  # the first
            second="2",
            *rest,
            third,
            fourth: str = "4",  # and the last
            **others,
        ):
            return first + $a(second) + "".join(rest) + third + fourth + "".join(others)


        def $f(key):
            return long$n(
                key,
                "b",
                "c",  # a comment
                third=key,
                x=1,
            ) + long$n(*key[:2], third="t", **{"fourth": "f"})
        """, a=b.use())


@feature
def unusual_layout(b):
    b.write("""
        def odd$n(key): \\
            return $a(
                key)


        def $f(key,): x = odd$n \\
            (key); return x + (
                odd$n( key ,
                ))
        """, a=b.use())


@feature
def global_statement(b):
    b.write("""
        last$n = ""


        def remember$n(key):
            global last$n
            last$n = $a(key)


        def $f(key):
            remember$n(key)
            return last$n
        """, a=b.use())


@feature
def deleted_name(b):
    b.write("""
        def $f(key):
            work = $a
            text = work(key)
            del work
            first, (second, *_) = text[:1], [$b(key), "x"]
            return first + second
        """, a=b.use(), b=b.use())


@feature
def module_getattr(b):
    b.need("import sys")
    b.write("""
        def lazy$n(key):
            return "lazy" + $a(key)


        if "__getattr__" not in globals():
            def __getattr__(name):
                if name.startswith("find_lazy"):
                    return globals()[name[5:]]
                raise AttributeError(name)


        def $f(key):
            return sys.modules[__name__].find_lazy$n(key)
        """, a=b.use())


@feature
def evaluated(b):
    b.write("""
        def formula$n(key):
            return "f" + $a(key)


        def $f(key):
            return eval("formula$n(key)", globals(), {"key": key})
        """, a=b.use())


@feature
def positional_only_with_stars(b):
    b.write("""
        def call$n(work, /, *args, **kwargs):
            return work(*args, **kwargs)


        def target$n(key, /, *, tail=""):
            return $a(key) + tail


        def $f(key):
            return call$n(target$n, key, tail="t") + call$n($b, key=key)
        """, a=b.use(), b=b.use())


@feature
def param_spec_decorator(b):
    b.need("from typing import Callable, ParamSpec, TypeVar")
    b.need("import functools")
    b.write("""
        P$n = ParamSpec("P$n")
        R$n = TypeVar("R$n")


        def keeps$n(work: Callable[P$n, R$n]) -> Callable[P$n, R$n]:
            @functools.wraps(work)
            def wrapper(*args: P$n.args, **kwargs: P$n.kwargs) -> R$n:
                return work(*args, **kwargs)
            return wrapper


        @keeps$n
        def $f(key: str) -> str:
            return $a(key)
        """, a=b.use())


@feature
def optional_decorator(b):
    b.need("import functools")
    b.write("""
        def maybe$n(work=None, *, tag="m"):
            if work is None:
                return functools.partial(maybe$n, tag=tag)

            @functools.wraps(work)
            def wrapper(*args, **kwargs):
                return tag + work(*args, **kwargs)
            return wrapper


        @maybe$n
        def first$n(key):
            return $a(key)


        @maybe$n(tag="t")
        def $f(key):
            return $b(key) + first$n(key)
        """, a=b.use(), b=b.use())
