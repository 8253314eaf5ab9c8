# sound: a list of the module that the same call pops
from app.config import settings

_STACK = []


def handle(d):
    _STACK.append(settings.name)
    try:
        return _STACK[-1]
    finally:
        _STACK.pop()
