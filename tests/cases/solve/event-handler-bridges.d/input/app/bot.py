from app.config import settings
from app.events import Bus, Handler


class Greeter(Handler):
    def execute(self, event):
        return settings.name, event


bus = Bus()
bus.handlers.append(Greeter())


def on_message(raw):
    bus.fire(raw)
