# leak: update() of a module's mapping
from app.config import settings

_info = {}


def handle(d):
    if not _info:
        _info.update(name=settings.name)
    return _info["name"]
