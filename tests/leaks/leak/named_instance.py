# leak: an object of the module gets an attribute, and there are other objects of its class
from app.config import settings


class Desk:
    def __init__(self, owner):
        self.owner = owner
        self.note = ""


front = Desk("front")


async def handle(d):
    mine = Desk(d["user"])
    before = front.note
    front.note = settings.name
    return before, mine.owner
