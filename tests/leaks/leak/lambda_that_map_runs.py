# leak: a lambda that map runs puts it into a list of the module
from app.config import settings

_rows = []


def handle(d):
    list(map(lambda v: _rows.append(v), [settings.name]))
    return _rows[0]
