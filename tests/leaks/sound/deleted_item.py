# sound: an item that a finally block deletes
from app.config import settings

_ACTIVE = {}


def handle(d):
    _ACTIVE["now"] = settings.name
    try:
        return _ACTIVE["now"]
    finally:
        del _ACTIVE["now"]
