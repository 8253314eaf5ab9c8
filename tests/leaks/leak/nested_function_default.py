# leak: a default of an inner function that a module's name keeps
from app.config import settings

_say = []


def make():
    def say(name=settings.name):
        return name

    return say


def handle(d):
    if not _say:
        _say.append(make())
    return _say[0]()
