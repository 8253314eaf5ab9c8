# leak: a hook that is put on an object whose class nobody knows keeps the words of whoever came first
from app.config import settings


class Bell:
    def __init__(self):
        self.hook = None

    def ring(self, d):
        return self.hook(d)


_bell = Bell()
_said = []


def say(d):
    if not _said:
        _said.append(settings.name)
    return _said[0]


def hang(bell, hook):
    bell.hook = hook


hang(_bell, say)


def handle(d):
    return _bell.ring(d)
