# leak: operator.iadd extends a list of the module
import operator

from app.config import settings

_names = []


def handle(d):
    operator.iadd(_names, [settings.name])
    return _names[0]
