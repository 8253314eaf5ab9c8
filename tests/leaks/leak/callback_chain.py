# leak: a callback through two functions
from app.config import settings

_callbacks = []


def subscribe(callback):
    _callbacks.append(callback)


def setup(name):
    subscribe(lambda: name)


def handle(d):
    if not _callbacks:
        setup(settings.name)
    return _callbacks[0]()
