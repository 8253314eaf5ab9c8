# leak: a contextvar that is set and never reset, read by the next message of the same task
from contextvars import ContextVar

from app.config import settings

_name = ContextVar("name", default=None)


def handle(d):
    if _name.get() is None:
        _name.set(settings.name)
    return _name.get()
