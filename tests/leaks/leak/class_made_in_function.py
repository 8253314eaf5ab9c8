# leak: a class that the first message makes and the module keeps
from app.config import settings

_kinds = {}


def handle(d):
    if "Reply" not in _kinds:
        _kinds["Reply"] = type("Reply", (), {"name": settings.name})
    return _kinds["Reply"].name
