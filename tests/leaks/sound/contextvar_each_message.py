# sound: a contextvar that every message sets
from contextvars import ContextVar

from app.config import settings

_name = ContextVar("name", default="")


def handle(d):
    _name.set(settings.name)
    return _name.get()
