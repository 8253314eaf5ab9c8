# leak: names that were seen are keys of a table, and all are listed
from app.config import settings

_seen = {}


def handle(d):
    _seen[settings.name] = 1
    return ",".join(_seen)
