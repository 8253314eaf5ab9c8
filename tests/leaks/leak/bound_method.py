# leak: a bound method keeps its object
from app.config import settings

_CALLBACKS = {}


class Greeter:
    def __init__(self):
        self.name = settings.name

    def greet(self):
        return self.name


def handle(d):
    if "greet" not in _CALLBACKS:
        _CALLBACKS["greet"] = Greeter().greet
    return _CALLBACKS["greet"]()
