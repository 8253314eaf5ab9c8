# leak: a tuple that is built again around the old one
from app.config import settings

_all = ()


def handle(d):
    global _all
    if not _all:
        _all = (*_all, settings.name)
    return _all[0]
