# leak: an object of the module is told a name, and there are other objects of its class
from app.config import settings


class Desk:
    def __init__(self, owner):
        self.owner = owner
        self.note = ""

    def write(self, text):
        self.note = text


front = Desk("front")


async def handle(d):
    mine = Desk(d["user"])
    mine.write(d["text"])
    before = front.note
    front.write(settings.name)
    return before, mine.note
