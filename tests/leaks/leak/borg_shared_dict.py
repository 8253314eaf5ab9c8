# leak: the instances share one __dict__
from app.config import settings


class Borg:
    _shared = {}

    def __init__(self):
        self.__dict__ = self._shared


class BotState(Borg):
    def __init__(self, user):
        super().__init__()
        self.user = user
        if not hasattr(self, "owner"):
            self.owner = settings.name

    def describe(self):
        return f"{self.owner} talks with {self.user}"


async def handle(d):
    return BotState(d["user"]).describe()
