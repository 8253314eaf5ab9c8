# sound: a setter and item assignment that keep in the message's own object
from app.config import settings


class Reply:
    def __init__(self):
        self.parts = {}
        self._title = ""

    @property
    def title(self):
        return self._title

    @title.setter
    def title(self, value):
        self._title = value

    def __setitem__(self, key, value):
        self.parts[key] = value

    def __getitem__(self, key):
        return self.parts[key]


async def handle(d):
    reply = Reply()
    reply.title = settings.name
    reply["text"] = settings.name
    return [reply.title, reply["text"]]
