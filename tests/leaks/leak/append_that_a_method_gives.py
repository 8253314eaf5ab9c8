# leak: a method gives the append of a list of all
from app.config import settings


class Bus:
    def __init__(self):
        self.listeners = {"reply": []}

    def on(self, event):
        return self.listeners[event].append


bus = Bus()


def handle(d):
    bus.on("reply")(settings.name)
    return list(bus.listeners["reply"])
