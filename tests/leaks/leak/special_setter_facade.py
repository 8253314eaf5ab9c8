# leak: a property whose setter writes to the module
from app.config import settings

SEEN = []


class Message:
    @property
    def author(self):
        return SEEN[0]

    @author.setter
    def author(self, value):
        SEEN.append(value)


async def handle(d):
    message = Message()
    message.author = settings.name
    return message.author
