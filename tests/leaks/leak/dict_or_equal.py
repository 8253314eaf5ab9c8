# leak: |= on a module's dictionary
from app.config import settings

_info = {}


def handle(d):
    global _info
    if not _info:
        _info |= {"name": settings.name}
    return _info["name"]
