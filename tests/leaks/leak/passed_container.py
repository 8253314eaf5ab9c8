# leak: a helper fills the table that it is given
from app.config import settings

_table = {}


def fill(target, value):
    if "name" not in target:
        target["name"] = value


def handle(d):
    fill(_table, settings.name)
    return _table["name"]
