# leak: operator.setitem on a table of the module
from app.config import settings

import operator

_table = {}


def handle(d):
    if "name" not in _table:
        operator.setitem(_table, "name", settings.name)
    return _table["name"]
