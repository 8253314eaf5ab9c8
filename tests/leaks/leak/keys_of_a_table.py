# leak: the keys of a table of the module
from app.config import settings

_seen = {}


def handle(d):
    _seen.setdefault(settings.name, 0)
    return list(_seen.keys())[0]
