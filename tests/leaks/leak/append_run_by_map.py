# leak: a method of a list of the module, which map() runs
from app.config import settings

_said = []


def handle(d):
    list(map(_said.append, [settings.name]))
    return _said[0]
