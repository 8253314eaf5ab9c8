# leak: a list of the module is what reduce begins with
from app.config import settings

from functools import reduce

_rows = []


def handle(d):
    reduce(lambda acc, v: acc.append(v) or acc, [settings.name], _rows)
    return _rows[0]
