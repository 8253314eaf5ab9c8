# leak: a lambda with a text is subscribed at the first message by a plain call
from app.config import settings


class EventBus:
    def __init__(self):
        self._listeners = {}

    def subscribe(self, event, listener):
        self._listeners.setdefault(event, []).append(listener)

    def emit(self, event, *args):
        return [listener(*args) for listener in self._listeners.get(event, ())]


bus = EventBus()


async def handle(d):
    if not bus.emit("message", d["text"]):
        signature = f"-- {settings.name}"
        bus.subscribe("message", lambda text: f"{text} {signature}")
    return bus.emit("message", d["text"])
