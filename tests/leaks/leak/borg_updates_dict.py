# leak: __new__ gives each object the same __dict__
from app.config import settings


class Session:
    shared = {}

    def __new__(cls):
        made = super().__new__(cls)
        made.__dict__ = cls.shared
        return made

    def remember(self, word):
        self.last = word

    def recall(self):
        return getattr(self, "last", None)


async def handle(d):
    before = Session().recall()
    Session().remember(settings.name)
    return before
