# leak: not the value itself, but what was computed from it
from app.config import settings

_length = None


def handle(d):
    global _length
    if _length is None:
        _length = [len(settings.name), settings.name.upper()]
    return _length[1]
