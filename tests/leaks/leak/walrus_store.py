# leak: a walrus gives the value on to a module's table
from app.config import settings

_kept = {}


def handle(d):
    if (name := settings.name) and "x" not in _kept:
        _kept["x"] = name
    return _kept["x"]
