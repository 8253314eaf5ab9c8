import attr

from app.config import settings


class Store:
    def limit(self):
        return settings["limit"]


class Shelf:
    def limit(self):
        return settings["limit"] + 1


STORE = Store()
SHELF = Shelf()


@attr.s
class Holder:
    store = attr.ib(type="Store")
    shelf = attr.ib(type=Shelf)
    extra = attr.ib(type="typing.Optional[Store]", default=None)

    def limits(self):
        return self.store.limit(), self.shelf.limit(), self.extra.limit()




def quiet(cls):
    class Quiet(cls):
        def run(self):
            return settings["limit"]

    return Quiet


def strict(cls):
    class Strict(cls):
        def __init__(self, size):
            super().__init__()
            self.size = size + settings["limit"]

    return Strict


class Base:
    def __init__(self):
        self.base = settings["limit"]


class Bare:
    pass
