# sound: a module's name that a finally block empties
from app.config import settings

_current = None


def read():
    return _current


def handle(d):
    global _current
    _current = settings.name
    try:
        return read()
    finally:
        _current = None
