# leak: a metaclass keeps what the class statement says
from app.config import settings


class Registry(type):
    known = {}

    def __new__(mcs, name, bases, namespace, label=None):
        made = super().__new__(mcs, name, bases, namespace)
        mcs.known[name] = mcs.known.get(name) or label
        return made

    def __init__(cls, name, bases, namespace, label=None):
        super().__init__(name, bases, namespace)


async def handle(d):
    class Reply(metaclass=Registry, label=settings.name):
        pass

    return Registry.known["Reply"]
