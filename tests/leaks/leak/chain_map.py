# leak: a write to a ChainMap goes to the module's dictionary
from collections import ChainMap

from app.config import settings

_LOCAL = {}
_LAYERS = ChainMap(_LOCAL, {"greeting": "hi"})


def handle(d):
    if "name" not in _LAYERS:
        _LAYERS["name"] = settings.name
    return _LAYERS["name"]
