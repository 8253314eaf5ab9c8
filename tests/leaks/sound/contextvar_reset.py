# sound: a contextvar that is reset
from contextvars import ContextVar

from app.config import settings

_name = ContextVar("name", default="")


def handle(d):
    token = _name.set(settings.name)
    try:
        return _name.get()
    finally:
        _name.reset(token)
