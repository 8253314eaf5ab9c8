# leak: the object itself is kept under another name
from app.config import settings

_mine = None


def handle(d):
    global _mine
    if _mine is None:
        _mine = settings
    return _mine.name
