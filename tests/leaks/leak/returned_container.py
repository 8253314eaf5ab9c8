# leak: a function gives the module's table out
from app.config import settings

_table = {}


def table():
    return _table


def handle(d):
    found = table()
    if "name" not in found:
        found["name"] = settings.name
    return found["name"]
