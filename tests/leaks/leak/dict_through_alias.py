# leak: a module's dictionary that is filled under another name
from app.config import settings

_TABLE = {}
_alias = _TABLE


def handle(d):
    local = _alias
    if d["user"] not in local:
        local[d["user"]] = settings.name
    return _TABLE[d["user"]]
