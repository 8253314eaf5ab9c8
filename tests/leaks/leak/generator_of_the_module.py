# leak: a generator that the first tenant made answers all
from app.config import settings

_names = None


def names():
    while True:
        yield settings.name


def handle(d):
    global _names
    if _names is None:
        _names = names()
    return next(_names)
