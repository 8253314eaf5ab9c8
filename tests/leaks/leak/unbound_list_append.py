# leak: list.append, the method of the class, with a list of the module
from app.config import settings

_names = []


def handle(d):
    list.append(_names, settings.name)
    return _names[0]
