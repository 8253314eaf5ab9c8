# leak: a slice assignment to a module's list
from app.config import settings

_row = [None, None]


def handle(d):
    if _row[0] is None:
        _row[0:2] = [settings.name, d["user"]]
    return _row[0]
