# leak: a property that keeps its value in a module's object
from app.config import settings


class Lazy:
    def __init__(self):
        self._name = None

    @property
    def name(self):
        if self._name is None:
            self._name = settings.name
        return self._name


class Keeper:
    lazy = Lazy()


def handle(d):
    return Keeper.lazy.name
