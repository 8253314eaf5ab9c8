# leak: listeners that objects of earlier messages left
from app.config import settings

_listeners = []


class Listener:
    def __init__(self):
        self.name = settings.name
        _listeners.append(self)

    def hear(self):
        return self.name


def handle(d):
    Listener()
    return _listeners[0].hear()
