# leak: a closure over a value, kept in a module's name
from app.config import settings

_say = None


def make():
    name = settings.name

    def say():
        return name

    return say


def handle(d):
    global _say
    if _say is None:
        _say = make()
    return _say()
