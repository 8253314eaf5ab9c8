from dataclasses import InitVar, dataclass
from typing import ClassVar, Final, Optional, TypeAlias

from app.config import settings


class Store:
    def run(self, key):
        return settings.owner + key


class Shelf:
    def put(self, key):
        return settings.owner + key


class Desk:
    def lay(self, key):
        return settings.owner + key


store: Final = Store()
other: Optional[Store] = None
Kind: TypeAlias = Shelf


class Room:
    shelf: ClassVar = Shelf()

    def fill(self, key):
        return self.shelf.put(key)


@dataclass
class Office:
    desk: InitVar[Desk]
    text: str = ""

    def __post_init__(self, desk):
        self.text = desk.lay("x")


def set_up():
    global other
    other = other or Store()


def make(kind: Kind, key):
    return kind.put(key)


def on_message(raw):
    set_up()
    office = Office(Desk())
    return store.run(raw) + other.run(raw) + Room().fill(raw) + make(Shelf(), raw) + office.text
