# leak: a weak dictionary finds the object as long as somebody has it
import weakref

from app.config import settings

_ALIVE = weakref.WeakValueDictionary()
_KEEP = []


class Greeter:
    def __init__(self):
        self.text = settings.name


def handle(d):
    found = _ALIVE.get(d["user"])
    if found is None:
        found = Greeter()
        _ALIVE[d["user"]] = found
        _KEEP.append(found)
    return found.text
