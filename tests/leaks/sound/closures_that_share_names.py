# sound: an inner function keeps its maker's object, of which something is put away, and a text of the message
from app.config import settings

KINDS = []


class Sender:
    def __init__(self):
        self.kind = "text"

    def send(self, text):
        snapshot = text

        def flush():
            KINDS.append(self.kind)
            return snapshot

        return flush()


async def handle(d):
    return Sender().send(settings.name)
