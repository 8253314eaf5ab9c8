# sound: the event bus is made for the message
from collections import defaultdict

from app.config import settings


class EventBus:
    def __init__(self):
        self.listeners = defaultdict(list)

    def on(self, event, listener):
        self.listeners[event].append(listener)

    def emit(self, event, *args):
        return [listener(*args) for listener in self.listeners[event]]


async def handle(d):
    bus = EventBus()
    signature = f"-- {settings.name}"
    bus.on("message", lambda text: f"{text} {signature}")
    bus.on("message", str.upper)
    return bus.emit("message", d["text"])
