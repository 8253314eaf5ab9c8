# leak: a call at the start that fills one table for all
from app.config import settings

_table = {}


def start():
    _table.update(name=settings.name)


def handle(d):
    return _table["name"] + settings.name
