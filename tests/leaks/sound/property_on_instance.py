# sound: the setter writes to the instance, the class has the default
from app.config import settings


class Session:
    _locale = "none"

    def __init__(self, user):
        self.user = user

    @property
    def locale(self):
        return self._locale

    @locale.setter
    def locale(self, value):
        self._locale = value


async def handle(d):
    session = Session(d["user"])
    before = session.locale
    session.locale = f"{settings.name}_{len(settings.words)}"
    return before, session.locale
