"""Decorators, with and without functools.wraps."""
from features import feature


@feature
def decorated(b):
    b.write("""
        def mark$n(work):
            def wrapper(key):
                return "[" + work(key) + "]"
            return wrapper


        @mark$n
        def $f(key):
            return $a(key)
        """, a=b.use())


@feature
def decorated_with_wraps(b):
    b.need("import functools")
    b.write("""
        def mark$n(work):
            @functools.wraps(work)
            def wrapper(*args, **kwargs):
                return "<" + work(*args, **kwargs) + ">"
            return wrapper


        @mark$n
        def $f(key):
            return $a(key) + $f.__name__
        """, a=b.use())


@feature
def decorator_reads(b):
    b.write("""
        def owned$n(work):
            def wrapper(*args):
                return $a("d") + work(*args)
            return wrapper


        @owned$n
        def $f(key):
            return "f" + key
        """, a=b.use())


@feature
def decorator_with_arguments(b):
    b.need("from functools import wraps")
    b.write("""
        def prefix$n(text):
            def decorate(work):
                @wraps(work)
                def wrapper(*args, **kwargs):
                    return text + $a(text) + work(*args, **kwargs)
                return wrapper
            return decorate


        @prefix$n("one")
        @prefix$n("two")
        def $f(key):
            return $b(key)
        """, a=b.use(), b=b.use())


@feature
def decorator_class(b):
    b.write("""
        class Wrapped$n:
            def __init__(self, work):
                self.work = work

            def __call__(self, key):
                return "w" + self.work(key)


        @Wrapped$n
        def $f(key):
            return $a(key)
        """, a=b.use())


@feature
def decorated_method(b):
    b.need("import functools")
    b.write("""
        def logged$n(method):
            @functools.wraps(method)
            def wrapper(self, *args, **kwargs):
                return self.tag + method(self, *args, **kwargs)
            return wrapper


        class Tool$n:
            tag = "t"

            @logged$n
            def run(self, key):
                return $a(key)


        def $f(key):
            return Tool$n().run(key)
        """, a=b.use())


@feature
def lru_cached(b):
    b.need("import functools")
    b.write("""
        @functools.lru_cache(maxsize=None)
        def cached$n(key):
            return "cached" + $a(key)


        def $f(key):
            return cached$n(key) + str(len(cached$n(key=key)))
        """, a=b.use())


@feature
def singledispatch(b):
    b.need("import functools")
    b.write("""
        @functools.singledispatch
        def kind$n(value):
            return "object"


        @kind$n.register
        def _(value: str):
            return "str" + $a(value)


        @kind$n.register(int)
        def _(value):
            return "int" + $a(str(value))


        def $f(key):
            return kind$n(key) + kind$n(1) + kind$n(None)
        """, a=b.use())


@feature
def class_decorator(b):
    b.write("""
        KINDS$n = {}


        def kind$n(cls):
            KINDS$n[cls.__name__] = cls
            return cls


        @kind$n
        class Sort$n:
            def run(self, key):
                return $a(key)


        def $f(key):
            return KINDS$n["Sort$n"]().run(key) + Sort$n().run(key)
        """, a=b.use())


@feature
def retry_decorator(b):
    b.need("import functools")
    b.write("""
        def retry$n(times):
            def decorate(work):
                @functools.wraps(work)
                def wrapper(*args, **kwargs):
                    for left in range(times, 0, -1):
                        try:
                            return work(left, *args, **kwargs)
                        except ValueError:
                            continue
                return wrapper
            return decorate


        @retry$n(3)
        def attempt$n(left, key):
            if left > 1:
                raise ValueError(key)
            return $a(key)


        def $f(key):
            return attempt$n(key)
        """, a=b.use())
