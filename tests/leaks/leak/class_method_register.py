# leak: a class method that keeps in the class
from app.config import settings


class Registry:
    _entries = {}

    @classmethod
    def register(cls, key, value):
        cls._entries.setdefault(key, value)

    @classmethod
    def find(cls, key):
        return cls._entries[key]


def handle(d):
    Registry.register(d["user"], settings.name)
    return Registry.find(d["user"])
