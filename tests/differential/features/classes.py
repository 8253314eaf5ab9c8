"""Classes, inheritance, dataclasses and what methods do."""
from features import feature


@feature
def plain_class(b):
    b.write("""
        class Plain$n:
            def __init__(self, tag):
                self.tag = tag

            def run(self, key):
                return self.tag + $a(key) + self.other(key)

            def other(self, key):
                return $b(key)


        def $f(key):
            return Plain$n("p").run(key)
        """, a=b.use(), b=b.use())


@feature
def class_without_constructor(b):
    b.write("""
        class Bare$n:
            def run(self, key):
                return $a(key)


        def $f(key):
            bare = Bare$n()
            return bare.run(key) + Bare$n.run(bare, key)
        """, a=b.use())


@feature
def constructor_reads(b):
    b.write("""
        class Early$n:
            def __init__(self, key):
                self.value = $a(key)


        def $f(key):
            return Early$n(key).value
        """, a=b.use())


@feature
def inheritance(b):
    b.write("""
        class Base$n:
            def __init__(self, tag="b"):
                self.tag = tag

            def run(self, key):
                return self.tag + $a(key)


        class Child$n(Base$n):
            def __init__(self):
                super().__init__("child")
                self.more = "m"

            def run(self, key):
                return super().run(key) + self.more


        def $f(key):
            return Base$n().run(key) + Child$n().run(key)
        """, a=b.use())


@feature
def inherited_constructor(b):
    b.write("""
        class Root$n:
            def __init__(self, tag):
                self.tag = tag


        class Leaf$n(Root$n):
            def run(self, key):
                return self.tag + $a(key)


        def $f(key):
            return Leaf$n("leaf").run(key) + Leaf$n(tag="t").run(key)
        """, a=b.use())


@feature
def mixins(b):
    b.write("""
        class Left$n:
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.left = "l"

            def run(self, key):
                return self.left + super().run(key)


        class Right$n:
            def __init__(self, tag="r", **kwargs):
                super().__init__(**kwargs)
                self.tag = tag

            def run(self, key):
                return self.tag + $a(key)


        class Both$n(Left$n, Right$n):
            pass


        def $f(key):
            return Both$n(tag="both").run(key)
        """, a=b.use())


@feature
def diamond(b):
    b.write("""
        class Top$n:
            def run(self, key):
                return $a(key)


        class West$n(Top$n):
            def run(self, key):
                return "w" + super().run(key)


        class East$n(Top$n):
            def run(self, key):
                return "e" + super().run(key)


        class Bottom$n(West$n, East$n):
            pass


        def $f(key):
            return Bottom$n().run(key)
        """, a=b.use())


@feature
def abstract_base(b):
    b.need("import abc")
    b.write("""
        class Shape$n(abc.ABC):
            @abc.abstractmethod
            def run(self, key):
                ...


        class Round$n(Shape$n):
            def run(self, key):
                return "round" + $a(key)


        class Square$n(Shape$n):
            def run(self, key):
                return "square" + key


        def $f(key):
            shapes: list[Shape$n] = [Round$n(), Square$n()]
            return "".join(shape.run(key) for shape in shapes)
        """, a=b.use())


@feature
def class_and_static_methods(b):
    b.write("""
        class Maker$n:
            def __init__(self, tag):
                self.tag = tag

            @classmethod
            def make(cls, key):
                return cls(cls.tag_of(key))

            @staticmethod
            def tag_of(key):
                return "s" + $a(key)

            def run(self, key):
                return self.tag + $b(key)


        def $f(key):
            return Maker$n.make(key).run(key)
        """, a=b.use(), b=b.use())


@feature
def properties(b):
    b.need("import functools")
    b.write("""
        class Page$n:
            def __init__(self, key):
                self.key = key

            @property
            def text(self):
                return $a(self.key)

            @functools.cached_property
            def kept(self):
                return $b(self.key)


        def $f(key):
            page = Page$n(key)
            return page.text + page.kept + page.kept
        """, a=b.use(), b=b.use())


@feature
def dataclass(b):
    b.need("from dataclasses import dataclass, field, replace")
    b.write("""
        @dataclass
        class Row$n:
            key: str
            parts: list = field(default_factory=list)

            def run(self):
                self.parts.append($a(self.key))
                return "".join(self.parts)


        def $f(key):
            row = Row$n(key)
            return row.run() + replace(row, key="z").run() + str(row == Row$n(key))
        """, a=b.use())


@feature
def dataclass_after_init(b):
    b.need("import dataclasses")
    b.write("""
        @dataclasses.dataclass(frozen=True)
        class Frozen$n:
            key: str
            value: str = ""

            def __post_init__(self):
                object.__setattr__(self, "value", $a(self.key))


        def $f(key):
            return repr(dataclasses.asdict(Frozen$n(key)))
        """, a=b.use())


@feature
def slots(b):
    b.write("""
        class Slim$n:
            __slots__ = ("key",)

            def __init__(self, key):
                self.key = key

            def run(self):
                return $a(self.key)


        def $f(key):
            return Slim$n(key).run()
        """, a=b.use())


@feature
def named_tuple(b):
    b.need("from typing import NamedTuple")
    b.write("""
        class Pair$n(NamedTuple):
            left: str
            right: str = "r"

            def run(self):
                return self.left + $a(self.right)


        def $f(key):
            left, right = Pair$n(key)
            return Pair$n(left, right).run()
        """, a=b.use())


@feature
def enumeration(b):
    b.need("import enum")
    b.write("""
        class Color$n(enum.Enum):
            RED = "r"
            BLUE = "b"

            def run(self, key):
                return self.value + $a(key)


        def $f(key):
            return "".join(color.run(key) for color in Color$n)
        """, a=b.use())


@feature
def protocol(b):
    b.need("from typing import Protocol")
    b.write("""
        class Runs$n(Protocol):
            def run(self, key: str) -> str: ...


        class Runner$n:
            def run(self, key: str) -> str:
                return $a(key)


        def start$n(runs: Runs$n, key: str) -> str:
            return runs.run(key)


        def $f(key):
            return start$n(Runner$n(), key)
        """, a=b.use())


@feature
def generic_class(b):
    b.need("from typing import Generic, TypeVar")
    b.write("""
        T$n = TypeVar("T$n")


        class Box$n(Generic[T$n]):
            def __init__(self, value: T$n) -> None:
                self.value = value

            def run(self) -> str:
                return $a(str(self.value))


        def $f(key):
            return Box$n[str](key).run() + Box$n(1).run()
        """, a=b.use())


@feature
def nested_class(b):
    b.write("""
        class Outer$n:
            class Inner:
                def run(self, key):
                    return $a(key)

            def __init__(self):
                self.inner = self.Inner()

            def run(self, key):
                return self.inner.run(key)


        def $f(key):
            return Outer$n().run(key) + Outer$n.Inner().run(key)
        """, a=b.use())


@feature
def class_in_function(b):
    b.write("""
        def $f(key):
            class Local:
                def run(self):
                    return $a(key)
            return Local().run()
        """, a=b.use())


@feature
def bound_method_as_value(b):
    b.write("""
        class Button$n:
            def __init__(self):
                self.handlers = []

            def on(self, handler):
                self.handlers.append(handler)

            def press(self, key):
                return "".join(handler(key) for handler in self.handlers)


        class Owner$n:
            def pressed(self, key):
                return $a(key)


        def $f(key):
            button, owner = Button$n(), Owner$n()
            button.on(owner.pressed)
            button.on($b)
            return button.press(key)
        """, a=b.use(), b=b.use())


@feature
def getattr_of_self(b):
    b.write("""
        class Visitor$n:
            def visit(self, key):
                return getattr(self, "visit_" + key[:1], self.other)(key)

            def visit_k(self, key):
                return "k" + $a(key)

            def other(self, key):
                return "other"


        def $f(key):
            return Visitor$n().visit(key) + Visitor$n().visit("z")
        """, a=b.use())


@feature
def class_as_value(b):
    b.write("""
        class Red$n:
            def run(self, key):
                return "red" + $a(key)


        class Blue$n:
            def run(self, key):
                return "blue" + key


        def build$n(kind):
            return kind()


        def $f(key):
            return build$n(Red$n).run(key) + "".join(kind().run(key) for kind in (Red$n, Blue$n))
        """, a=b.use())


@feature
def subclass_registry(b):
    b.write("""
        class Plugin$n:
            plugins = {}

            def __init_subclass__(cls, **kwargs):
                super().__init_subclass__(**kwargs)
                Plugin$n.plugins[cls.__name__] = cls

            def run(self, key):
                raise NotImplementedError


        class First$n(Plugin$n):
            def run(self, key):
                return "first" + $a(key)


        def $f(key):
            return "".join(plugin().run(key) for plugin in Plugin$n.plugins.values())
        """, a=b.use())


@feature
def reads_own_dict(b):
    b.write("""
        class State$n:
            def __init__(self, key, count=0):
                self.key = key
                self.count = count

            def run(self):
                self.count += 1
                return $a(self.key) + str(sorted(vars(self)))

            def clone(self):
                return type(self)(**self.__dict__)


        def $f(key):
            state = State$n(key)
            return state.run() + state.clone().run()
        """, a=b.use())


@feature
def copied(b):
    b.need("import copy")
    b.need("import pickle")
    b.write("""
        class Sheet$n:
            def __init__(self, key):
                self.key = key

            def run(self):
                return $a(self.key)


        def $f(key):
            sheet = Sheet$n(key)
            return copy.copy(sheet).run() + copy.deepcopy(sheet).run() + pickle.loads(pickle.dumps(sheet)).run()
        """, a=b.use())


@feature
def foreign_base(b):
    b.need("import collections")
    b.write("""
        class Table$n(dict):
            def run(self, key):
                return $a(key) + str(len(self))


        class Rows$n(collections.UserList):
            def run(self, key):
                return $b(key) + str(list(self))


        def $f(key):
            return Table$n(a=1).run(key) + Rows$n([1, 2]).run(key)
        """, a=b.use(), b=b.use())


@feature
def foreign_base_and_mixin(b):
    b.write("""
        class Needs$n:
            def run(self, key):
                return $a(key)


        class Store$n(dict, Needs$n):
            pass


        def $f(key):
            store = Store$n(x=1)
            return store.run(key) + str(sorted(store))
        """, a=b.use())


@feature
def made_by_factory(b):
    b.write("""
        class Engine$n:
            def __init__(self, owner):
                self.owner = owner

            def run(self, key):
                return $a(key)


        class Car$n:
            def __init__(self, key):
                self.key = key
                self.engine = self.make_engine()

            def make_engine(self):
                return Engine$n(self)

            def run(self):
                return self.engine.run(self.key) + self.engine.owner.key


        def $f(key):
            cars = [Car$n(key), Car$n("2")]
            return "".join(car.run() for car in cars)
        """, a=b.use())


@feature
def class_attribute_function(b):
    b.write("""
        class Config$n:
            handler = staticmethod($a)
            other = lambda self, key: "o" + $b(key)


        def $f(key):
            return Config$n.handler(key) + Config$n().other(key)
        """, a=b.use(), b=b.use())


@feature
def visitor_of_library(b):
    b.need("import ast")
    b.write("""
        class Names$n(ast.NodeVisitor):
            def __init__(self):
                self.out = []

            def visit_Name(self, node):
                self.out.append($a(node.id))


        def $f(key):
            names = Names$n()
            names.visit(ast.parse(key))
            return "".join(names.out)
        """, a=b.use())
