# What passes issubclass(found, Base) may be Base itself: its constructor takes what the call passes.
from typing import Any


class Base:
    def __init__(self, settings):
        self.settings = settings


class Speech(Base):
    def __init__(self, settings):
        super().__init__(settings)


KINDS: dict[str, Any] = {"speech": Speech}


def make(name, settings):
    found = KINDS[name]
    if not issubclass(found, Base):
        raise TypeError(name)
    return found(settings)
