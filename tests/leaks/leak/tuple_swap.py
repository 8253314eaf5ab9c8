# leak: two module names bound at once
from app.config import settings

_first = _second = None


def handle(d):
    global _first, _second
    if _first is None:
        _first, _second = settings.name, d["user"]
    return _first
