# leak: a property gives the append of a list of all
from app.config import settings


class Bus:
    def __init__(self):
        self.seen = []

    @property
    def say(self):
        return self.seen.append


bus = Bus()


def handle(d):
    bus.say(settings.name)
    return list(bus.seen)
