from app.config import settings


class Receiver:
    def __init__(self):
        self.seen = 0

    def receive(self, raw):
        self.seen += 1
        return raw[: settings.limit]
