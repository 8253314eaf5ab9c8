"""Classes as real programs write them: less common bases, decorators, hooks and ways to a method."""
from features import feature


@feature
def init_subclass_reads(b):
    b.write("""
        class Base$n:
            def __init_subclass__(cls, tag="none", **kwargs):
                super().__init_subclass__(**kwargs)
                cls.tag = tag
                cls.size = len($a(tag))

            def run(self, key):
                return self.tag + str(self.size) + $b(key)


        class Child$n(Base$n, tag="child"):
            pass


        def $f(key):
            return Child$n().run(key)
        """, a=b.use(), b=b.use())


@feature
def class_decorator_wraps_init(b):
    b.write("""
        def traced$n(cls):
            original = cls.__init__

            def __init__(self, *args, **kwargs):
                original(self, *args, **kwargs)
                self.traced = "t"
            cls.__init__ = __init__
            return cls


        @traced$n
        class Item$n:
            def __init__(self, key):
                self.key = key

            def run(self):
                return self.traced + $a(self.key)


        def $f(key):
            return Item$n(key).run()
        """, a=b.use())


@feature
def class_decorator_makes_subclass(b):
    b.write("""
        def louder$n(cls):
            class Louder(cls):
                def run(self, key):
                    return super().run(key).upper()
            return Louder


        @louder$n
        class Voice$n:
            def run(self, key):
                return $a(key)


        def $f(key):
            return Voice$n().run(key)
        """, a=b.use())


@feature
def method_decorator_registers(b):
    b.write("""
        def route$n(path):
            def mark(method):
                method.path = path
                return method
            return mark


        class Views$n:
            def __init__(self):
                self.routes = {}
                for name in dir(type(self)):
                    member = getattr(self, name)
                    if hasattr(member, "path"):
                        self.routes[member.path] = member

            @route$n("/a")
            def first(self, key):
                return "a" + $a(key)

            @route$n("/b")
            def second(self, key):
                return "b" + key

            def run(self, key):
                return "".join(self.routes[path](key) for path in sorted(self.routes))


        def $f(key):
            return Views$n().run(key)
        """, a=b.use())


@feature
def handlers_by_name(b):
    b.write("""
        class Machine$n:
            def __init__(self):
                self.handlers = {"a": self.on_a, "b": lambda key: self.on_b(key)}

            def on_a(self, key):
                return $a(key)

            def on_b(self, key):
                return $b(key)

            def run(self, key):
                return "".join(map(self.handlers["a"], key)) + self.handlers["b"](key)


        def $f(key):
            return Machine$n().run(key)
        """, a=b.use(), b=b.use())


@feature
def sorts_by_method(b):
    b.write("""
        class Order$n:
            def rank(self, text):
                return $a(text)

            def run(self, key):
                return "".join(sorted(key, key=self.rank)) + max([key, "a"], key=self.rank)


        def $f(key):
            return Order$n().run(key)
        """, a=b.use())


@feature
def callback_attribute(b):
    b.write("""
        class Hook$n:
            def __init__(self, work, after=None):
                self.work = work
                self.after = after or self.nothing

            def nothing(self, text):
                return text

            def run(self, key):
                return self.after(self.work(key))


        def $f(key):
            return Hook$n($a).run(key) + Hook$n(str.upper, after=$b).run(key)
        """, a=b.use(), b=b.use())


@feature
def cached_property_kept(b):
    b.need("from functools import cached_property")
    b.write("""
        class Kept$n:
            def __init__(self, key):
                self.key = key

            @cached_property
            def text(self):
                return $a(self.key)

            @cached_property
            def twice(self):
                return self.text + self.text


        kept$n = {}


        def $f(key):
            one = kept$n.setdefault(key, Kept$n(key))
            return one.twice + Kept$n(key).text
        """, a=b.use())


@feature
def property_overridden(b):
    b.write("""
        class Plain$n:
            def __init__(self, key):
                self.key = key

            @property
            def text(self):
                return $a(self.key)

            def show(self):
                return "<" + self.text + ">"


        class Fancy$n(Plain$n):
            @property
            def text(self):
                return "fancy" + super().text


        def $f(key):
            return Plain$n(key).show() + Fancy$n(key).show()
        """, a=b.use())


@feature
def property_by_call(b):
    b.write("""
        class Old$n:
            def __init__(self, key):
                self.key = key

            def get_text(self):
                return $a(self.key)

            text = property(get_text)
            short = property(lambda self: $b(self.key)[:3])


        def $f(key):
            return Old$n(key).text + Old$n(key).short
        """, a=b.use(), b=b.use())


@feature
def abstract_with_template_method(b):
    b.need("from abc import ABC, abstractmethod")
    b.write("""
        class Job$n(ABC):
            @property
            @abstractmethod
            def name(self):
                ...

            @abstractmethod
            def body(self, key):
                ...

            def run(self, key):
                return self.name + self.body(key)

            @classmethod
            def build(cls, *args, **kwargs):
                return cls(*args, **kwargs)


        class Real$n(Job$n):
            def __init__(self, tag):
                self.tag = tag

            @property
            def name(self):
                return self.tag

            def body(self, key):
                return $a(key)


        def $f(key):
            return Real$n.build("r").run(key) + Real$n.build(tag="s").run(key)
        """, a=b.use())


@feature
def abstract_registered(b):
    b.need("import abc")
    b.write("""
        class Speaks$n(abc.ABC):
            @classmethod
            def __subclasshook__(cls, other):
                return hasattr(other, "speak")


        class Dog$n:
            def speak(self, key):
                return $a(key)


        def $f(key):
            dog = Dog$n()
            return dog.speak(key) if isinstance(dog, Speaks$n) else "mute"
        """, a=b.use())


@feature
def callable_protocol(b):
    b.need("from typing import Protocol, runtime_checkable")
    b.write("""
        @runtime_checkable
        class Formats$n(Protocol):
            def __call__(self, key: str, *, tail: str = ...) -> str: ...


        def format$n(key: str, *, tail: str = "t") -> str:
            return $a(key) + tail


        def use$n(formats: Formats$n, key: str) -> str:
            return formats(key, tail="u") + str(isinstance(formats, Formats$n))


        def $f(key):
            return use$n(format$n, key)
        """, a=b.use())


@feature
def dataclass_with_variables(b):
    b.need("from dataclasses import dataclass, field, InitVar")
    b.need("from typing import ClassVar")
    b.write("""
        @dataclass(order=True, kw_only=True)
        class Base$n:
            kind: ClassVar[str] = "base"
            key: str
            start: InitVar[str] = "s"
            made: str = field(default="", compare=False)

            def __post_init__(self, start):
                self.made = start + $a(self.key)


        @dataclass(order=True, kw_only=True)
        class More$n(Base$n):
            extra: list = field(default_factory=lambda: [$b("extra")])

            def run(self):
                return self.made + self.kind + "".join(self.extra)


        def $f(key):
            return More$n(key=key).run() + str(More$n(key="a") < More$n(key="b", start="x"))
        """, a=b.use(), b=b.use())


@feature
def dataclass_methods_copy(b):
    b.need("import dataclasses")
    b.write("""
        @dataclasses.dataclass(frozen=True, slots=True)
        class Money$n:
            amount: int
            label: str = ""

            def __add__(self, other):
                return dataclasses.replace(self, amount=self.amount + other.amount)

            def shown(self, key):
                return Money$n(self.amount, $a(key)).label + str(self.amount)

            @classmethod
            def of(cls, text):
                return cls(len(text))


        def $f(key):
            total = sum((Money$n.of(c) for c in key), Money$n(0))
            return total.shown(key)
        """, a=b.use())


@feature
def named_tuple_call(b):
    b.need("import collections")
    b.write("""
        Base$n = collections.namedtuple("Base$n", "left right")


        class Pair$n(Base$n):
            __slots__ = ()

            @classmethod
            def parse(cls, key):
                return cls(key, $a(key))

            @property
            def joined(self):
                return self.left + $b(self.right)


        def $f(key):
            return Pair$n.parse(key)._replace(left="l").joined
        """, a=b.use(), b=b.use())


@feature
def typed_dict(b):
    b.need("from typing import NotRequired, TypedDict")
    b.write("""
        class Row$n(TypedDict):
            key: str
            text: NotRequired[str]


        def fill$n(row: Row$n) -> Row$n:
            row["text"] = $a(row["key"])
            return row


        def $f(key):
            return fill$n(Row$n(key=key))["text"] + fill$n({"key": "x"}).get("text", "")
        """, a=b.use())


@feature
def enumeration_with_behaviour(b):
    b.need("import enum")
    b.write("""
        class Level$n(enum.IntEnum):
            LOW = enum.auto()
            HIGH = enum.auto()

            @classmethod
            def _missing_(cls, value):
                return cls.HIGH if $a(str(value)) else cls.LOW

            @property
            def label(self):
                return $b(self.name)

            @staticmethod
            def shown(key):
                return $a(key)


        def $f(key):
            return Level$n(9).label + Level$n.LOW.shown(key)
        """, a=b.use(), b=b.use())


@feature
def enumeration_of_functions(b):
    b.need("import enum")
    b.need("import functools")
    b.write("""
        def one$n(key):
            return "1" + $a(key)


        class Kind$n(enum.Enum):
            ONE = functools.partial(one$n)
            BOTH = (one$n, str.upper)

            def run(self, key):
                works = self.value if isinstance(self.value, tuple) else (self.value,)
                return "".join(work(key) for work in works)


        def $f(key):
            return "".join(kind.run(key) for kind in (Kind$n.BOTH,)) + one$n(key)
        """, a=b.use())


@feature
def more_operators(b):
    b.write("""
        class Query$n:
            def __init__(self, parts=()):
                self.parts = tuple(parts)

            def __rshift__(self, part):
                return Query$n((*self.parts, $a(part)))

            def __radd__(self, left):
                return Query$n((left, *self.parts))

            def __iadd__(self, right):
                self.parts += ($b(right),)
                return self

            def __getitem__(self, at):
                return Query$n(self.parts[at]) if isinstance(at, slice) else self.parts[at]

            def __len__(self):
                return len(self.parts)

            def __iter__(self):
                yield from self.parts

            def __matmul__(self, other):
                return "@" + self[0] + other[0]


        def $f(key):
            query = "left" + (Query$n() >> key >> "r")
            query += "more"
            return "".join(query) + query[1:][0] + str(len(query)) + query @ query
        """, a=b.use(), b=b.use())


@feature
def class_getitem(b):
    b.write("""
        class Typed$n:
            def __class_getitem__(cls, item):
                return type(cls.__name__ + "X", (cls,), {"item": item})

            def run(self, key):
                return getattr(self, "item", "none") + $a(key)


        def $f(key):
            return Typed$n["i"]().run(key) + Typed$n().run(key)
        """, a=b.use())


@feature
def getattribute_and_setattr(b):
    b.write("""
        class Watched$n:
            def __init__(self, key):
                self.key = key

            def __setattr__(self, name, value):
                object.__setattr__(self, name, $a(value) if name == "key" else value)

            def __delattr__(self, name):
                object.__setattr__(self, name, "deleted")


        def $f(key):
            watched = Watched$n(key)
            before = watched.key
            del watched.key
            return before + watched.key
        """, a=b.use())


@feature
def proxy_object(b):
    b.write("""
        class Target$n:
            def run(self, key):
                return $a(key)


        class Proxy$n:
            def __init__(self, make):
                object.__setattr__(self, "_make", make)

            def __getattr__(self, name):
                return getattr(self._make(), name)


        proxy$n = Proxy$n(lambda: Target$n())


        def $f(key):
            return proxy$n.run(key) + Proxy$n(Target$n).run(key)
        """, a=b.use())


@feature
def partial_method(b):
    b.need("import functools")
    b.write("""
        class Cell$n:
            def set(self, state, key):
                return state + $a(key)

            on = functools.partialmethod(set, "on")
            off = functools.partialmethod(set, "off")


        def $f(key):
            return Cell$n().on(key) + Cell$n().off(key=key)
        """, a=b.use())


@feature
def single_dispatch_method(b):
    b.need("import functools")
    b.write("""
        class Shower$n:
            @functools.singledispatchmethod
            def show(self, value):
                return "object"

            @show.register
            def _(self, value: int):
                return "int" + $a(str(value))

            @show.register(str)
            def _text(self, value):
                return "str" + $b(value)


        def $f(key):
            shower = Shower$n()
            return shower.show(key) + shower.show(1) + shower.show(None)
        """, a=b.use(), b=b.use())


@feature
def cached_methods(b):
    b.need("import functools")
    b.write("""
        class Math$n:
            @staticmethod
            @functools.lru_cache(maxsize=8)
            def named(key):
                return $a(key)

            @classmethod
            @functools.cache
            def classy(cls, key):
                return $b(key)


        def $f(key):
            Math$n.named.cache_clear()
            return Math$n.named(key) + Math$n.classy(key)
        """, a=b.use(), b=b.use())


@feature
def super_everywhere(b):
    b.write("""
        class Top$n:
            def __new__(cls, *args, **kwargs):
                made = super().__new__(cls)
                made.made = "n"
                return made

            def __init__(self, key, **options):
                self.key = key
                self.options = options

            @classmethod
            def create(cls, key):
                return cls(key, tag=$a(key))

            @staticmethod
            def helper(key):
                return $b(key)


        class Low$n(Top$n):
            def __init__(self, *args, **kwargs):
                super(Low$n, self).__init__(*args, **kwargs)

            @classmethod
            def create(cls, key):
                made = super().create(key)
                made.key += "c"
                return made

            @staticmethod
            def helper(key):
                return "h" + Top$n.helper(key)

            def run(self):
                return self.made + self.key + self.options["tag"] + self.helper(self.key)


        def $f(key):
            return Low$n.create(key).run()
        """, a=b.use(), b=b.use())


@feature
def string_subclass(b):
    b.write("""
        class Name$n(str):
            def __new__(cls, text):
                return super().__new__(cls, "n" + text)

            def full(self):
                return self + $a(str(self))


        def $f(key):
            return Name$n(key).full()
        """, a=b.use())


@feature
def exception_classes(b):
    b.write("""
        class AppError$n(Exception):
            code = "app"

            def __init__(self, message, *args, **details):
                super().__init__(message, *args)
                self.details = details

            def __str__(self):
                return self.code + $a(self.args[0])


        class NotFound$n(AppError$n):
            code = "missing"


        def $f(key):
            try:
                raise NotFound$n(key, where=key) from ValueError(key)
            except AppError$n as error:
                return str(error) + str(error.details) + type(error.__cause__).__name__
        """, a=b.use())


@feature
def class_made_at_run_time(b):
    b.need("import types")
    b.write("""
        def run$n(self, key):
            return type(self).__name__ + $a(key)


        Made$n = type("Made$n", (), {"run": run$n})


        class Empty$n:
            pass


        def $f(key):
            empty = Empty$n()
            empty.run = types.MethodType(run$n, empty)
            space = types.SimpleNamespace(work=$b)
            return Made$n().run(key) + empty.run(key) + space.work(key)
        """, a=b.use(), b=b.use())


@feature
def fluent_builder(b):
    b.write("""
        class Builder$n:
            def __init__(self):
                self.parts = []

            def add(self, part):
                self.parts.append($a(part))
                return self

            def build(self):
                return "".join(self.parts)

            def __enter__(self):
                return self

            def __exit__(self, kind, error, trace):
                self.add("exit")


        def $f(key):
            with Builder$n() as builder:
                builder.add(key).add("x")
            return builder.build()
        """, a=b.use())


@feature
def linked_objects(b):
    b.write("""
        class Node$n:
            def __init__(self, key, parent=None):
                self.key = key
                self.parent = parent
                self.children = []
                if parent is not None:
                    parent.children.append(self)

            def path(self):
                above = self.parent.path() if self.parent else ""
                return above + $a(self.key)

            def walk(self):
                yield self
                for child in self.children:
                    yield from child.walk()


        def $f(key):
            root = Node$n(key)
            Node$n("b", Node$n("a", root))
            return "".join(node.path() for node in root.walk())
        """, a=b.use())
