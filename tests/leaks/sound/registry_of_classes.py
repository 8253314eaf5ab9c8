# sound: classes in a module's table, objects of the call
from app.config import settings

_KINDS = {}


class Greeter:
    def greet(self):
        return settings.name


_KINDS["greeter"] = Greeter


def handle(d):
    return Greeter().greet()
