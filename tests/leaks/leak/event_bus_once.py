# leak: a listener that closes over a text is subscribed at the first message, and stays
from app.config import settings


class EventBus:
    def __init__(self):
        self._listeners = {}

    def on(self, event):
        def subscribe(listener):
            self._listeners.setdefault(event, []).append(listener)
            return listener
        return subscribe

    def has(self, event):
        return event in self._listeners

    def emit(self, event, *args):
        return [listener(*args) for listener in self._listeners.get(event, ())]


bus = EventBus()


async def handle(d):
    if not bus.has("message"):
        signature = f"-- {settings.name}"

        @bus.on("message")
        def sign(text):
            return f"{text} {signature}"

    return bus.emit("message", d["text"])
