import enum
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property, partialmethod
from typing import (Callable, ClassVar, Generic, Iterable, NamedTuple, Optional, Protocol, Self, Type, TypeVar,
                    overload)
from app.config import settings
from app.tool import Tool, Spanner

T = TypeVar("T")
B = TypeVar("B", bound=Tool)
C = TypeVar("C", Tool, Spanner)
K = TypeVar("K", bound="Base")


class Props:
    def __init__(self):
        self._t = None

    @property
    def t(self) -> Tool:
        return self._t

    @property
    def u(self):
        return Tool()

    @u.setter
    def u(self, value):
        self._t = value

    @cached_property
    def v(self):
        return Tool()

    @staticmethod
    def s():
        return Tool()

    @classmethod
    def make(cls):
        return cls()

    @classmethod
    def make_annotated(cls) -> "Props":
        return cls()

    def again(self) -> Self:
        return self


def d1():
    p = Props()
    p.t.use()
    p.u.use()
    p.v.use()
    p.s().use()
    Props.s().use()
    Props.make().u.use()
    Props.make_annotated().u.use()
    p.again().again().u.use()
    p.u = Tool()


class Usable(Protocol):
    def use(self) -> str: ...


class Abstract(ABC):
    @abstractmethod
    def run(self):
        ...


class Concrete(Abstract):
    def run(self):
        return settings.x


def d2(u: Usable, a: Abstract, f: Callable[[], Tool], t: type[Tool], tt: Type["Spanner"]):
    u.use()
    a.run()
    f().use()
    t().use()
    tt().turn()


def first(items: Iterable[B]) -> B:
    return next(iter(items))


def ident(x: T) -> T:
    return x


def choose(x: C) -> C:
    return x


def build(cls: type[T]) -> T:
    return cls()


def d3(s: Spanner):
    first([Spanner()]).turn()
    ident(s).turn()
    choose(s).use()
    build(Tool).use()


@overload
def pick(x: int) -> Tool: ...
@overload
def pick(x: str) -> Spanner: ...
def pick(x):
    return Tool() if isinstance(x, int) else Spanner()


def d4():
    pick(1).use()
    pick("").use()


class Holder(Generic[T]):
    def __init__(self, item: T):
        self.item = item

    def get(self) -> T:
        return self.item


class Rack(Generic[T]):
    items: list[T]
    current: T

    def all(self) -> list[T]:
        return self.items


class ToolRack(Rack[Tool]):
    pass


def d5(h: Holder[Tool], r: Rack[Tool], tr: ToolRack):
    h.get().use()
    h.item.use()
    Holder(Tool()).get().use()
    r.items[0].use()
    r.current.use()
    r.all()[0].use()
    tr.current.use()
    tr.all()[0].use()


@dataclass
class Data:
    tool: Tool
    tools: list[Tool] = field(default_factory=list)
    made: object = field(default_factory=Tool)
    lam = field(default_factory=lambda: Tool())
    opt: Optional[Tool] = None
    kind: ClassVar[Tool] = None


class Row(NamedTuple):
    name: str
    tool: Tool


class Color(enum.Enum):
    RED = 1
    BLUE = 2

    def paint(self):
        return settings.paint

    @property
    def tool(self):
        return Tool()

    @classmethod
    def default(cls):
        return cls.RED


def d6(d: Data, r: Row, c: Color):
    d.tool.use()
    d.tools[0].use()
    d.made.use()
    d.lam.use()
    d.opt.use()
    Data.kind.use()
    r.tool.use()
    r[1].use()
    name, tool = r
    tool.use()
    c.paint()
    Color.RED.paint()
    Color("x").paint()
    Color["x"].paint()
    for k in Color:
        k.paint()
    Color.default().paint()
    Color.RED.tool.use()


class Outer:
    class Inner:
        def run(self):
            return settings.y

    def make(self):
        return self.Inner()

    def other(self):
        return Outer.Inner().run()


def d7():
    Outer().make().run()
    Outer.Inner().run()


class MixA:
    def go(self):
        return settings.a


class MixB:
    def go(self):
        return super().go()


class Both(MixB, MixA):
    def go(self):
        return super().go()


def d8():
    Both().go()


class Meta(type):
    def __call__(cls, *args, **kwargs):
        return super().__call__(*args, **kwargs)

    def summon(cls):
        return cls().use()


class WithMeta(Tool, metaclass=Meta):
    pass


def d9():
    WithMeta().use()
    WithMeta.summon()


class Proxy:
    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        return getattr(self.inner, name)


def d10():
    Proxy(Tool()).use()


class Callme:
    def __call__(self):
        return Tool()


class Idx:
    def __getitem__(self, i):
        return Tool()

    def __iter__(self):
        yield Tool()

    def __enter__(self):
        return Tool()

    def __exit__(self, *a):
        pass

    def __add__(self, other):
        return Tool()


class Part:
    def child(self):
        return type(self)()

    def use2(self):
        return self.__class__().use3()

    def use3(self):
        return settings.z

    @classmethod
    def classy(cls):
        cls().use3()
        return cls.other()

    @classmethod
    def other(cls):
        return settings.o


def d11():
    Callme()().use()
    Idx()[0].use()
    for x in Idx():
        x.use()
    with Idx() as y:
        y.use()
    (Idx() + 1).use()
    Part().child().use3()
    Part.classy()
    x: Tool = unknown()
    x.use()
    f = Tool().use
    f()


class Sub(Part):
    def use3(self):
        return Part.use3(self)


def d12(kind):
    table = {"a": Part, "b": Sub}
    table[kind]().use3()
    klass = Part if kind else Sub
    klass().use3()
    for k in (Part, Sub):
        k().use3()
    for k in Part.__subclasses__():
        k().use3()
