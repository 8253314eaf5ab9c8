# leak: a property of the instance writes to the class
from app.config import settings


class Session:
    _locale = None

    def __init__(self, user):
        self.user = user

    @property
    def locale(self):
        return self._locale or "none"

    @locale.setter
    def locale(self, value):
        type(self)._locale = value


async def handle(d):
    session = Session(d["user"])
    before = session.locale
    session.locale = f"{settings.name}_{len(settings.words)}"
    return before
