from typing import Callable, Generic, Iterable, Optional, Type, TypeVar

from app.tool import Paint, Saw, Tool

T = TypeVar("T")
K = TypeVar("K")
B = TypeVar("B", bound=Tool)


class Box(Generic[T]):
    item: T

    def __init__(self, item: T):
        self.item = item

    def get(self) -> T:
        return self.item

    async def wait(self) -> Optional[T]:
        return self.item

    def all(self) -> list[T]:
        return [self.item]

    @property
    def first(self) -> T:
        return self.item


class Pair(Generic[K, T]):
    key: K
    value: T


class SawBox(Box[Saw]):
    pass


class Crate(Box[B]):
    pass


async def by_argument(box: Box[Tool], other: Box[Paint], pair: "Pair[str, Tool]"):
    box.item.use()
    box.get().use()
    (await box.wait()).use()
    for tool in box.all():
        tool.use()
    box.first.use()
    pair.value.use()
    other.get().use()


def by_base(box: SawBox, crate: Crate[Saw]):
    box.get().cut()
    box.first.cut()
    crate.item.cut()


def make(kind: Type[T]) -> T:
    return kind()


def pick(items: Iterable[T], test: Callable[[T], bool]) -> Optional[T]:
    return next((item for item in items if test(item)), None)


def build(maker: Callable[[], T]) -> T:
    return maker()


def shop() -> Tool:
    return Tool()


def by_call(tools: list[Tool], paints: list[Paint]):
    make(Saw).cut()
    pick(tools, bool).use()
    build(shop).use()
    make(Paint).use()
    pick(paints, bool).use()


def by_declared_result(maker: Callable[[], Tool]):
    maker().use()


def by_default(tools: list[Tool]):
    next((tool for tool in tools if tool), None).use()
    next(iter([]), Saw()).cut()


def without_constructor():
    Saw.__new__(Saw).cut()
    bare = object.__new__(Tool)
    bare.use()


class Only:
    def __new__(cls):
        made = super().__new__(cls)
        made.prepare()
        return made

    def prepare(self):
        return make(Tool).use()
