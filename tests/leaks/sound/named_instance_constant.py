# sound: the object of the module is told what is the same for all, and the message's own one the name
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
    mine.write(settings.name)
    front.write("open")
    return front.owner, mine.note
