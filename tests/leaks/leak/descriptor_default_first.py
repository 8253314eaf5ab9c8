# leak: a descriptor remembers the first default that anybody asked for
from app.config import settings


class Default:
    def __init__(self, factory):
        self.factory = factory
        self.found = None

    def __get__(self, owner, klass=None):
        if self.found is None:
            self.found = self.factory()
        return self.found


class Options:
    name = Default(lambda: settings.name)


async def handle(d):
    return Options().name
