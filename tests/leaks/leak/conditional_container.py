# leak: one of two containers, one of them the module's
from app.config import settings

_table = {}


def handle(d):
    target = _table if d["user"] else {}
    if "name" not in target:
        target["name"] = settings.name
    return target["name"]
