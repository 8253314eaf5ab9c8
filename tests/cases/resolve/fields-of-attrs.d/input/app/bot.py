import attr
import attrs
from app.config import settings


class Store:
    def put(self, key):
        return settings.owner + key


class Shelf:
    def lay(self, key):
        return settings.owner + key


class Desk:
    def write(self, key):
        return settings.owner + key


class Room:
    def enter(self, key):
        return settings.owner + key


kept = [Store(), Shelf(), Desk(), Room()]


@attr.s
class Box:
    store = attr.ib(type=Store)
    shelf = attr.ib(factory=Shelf)
    desk = attr.ib(default=attr.Factory(Desk))

    def run(self, key):
        return self.store.put(key) + self.shelf.lay(key) + self.desk.write(key)


@attrs.define
class House:
    name = attrs.field()
    room = attrs.field()

    def run(self, key):
        return self.room.enter(key)


def on_message(raw):
    return Box(Store()).run(raw) + House("h", Room()).run(raw)
