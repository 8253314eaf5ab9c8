# leak: an object of the module is told a name by way of another method
from app.config import settings


class Desk:
    def __init__(self, owner):
        self.owner = owner
        self.note = ""

    def write(self, text):
        self.note = text

    def sign(self, name):
        self.write("by " + name)


front = Desk("front")


def sign_front(name):
    front.sign(name)


async def handle(d):
    mine = Desk(d["user"])
    mine.write(d["text"])
    before = front.note
    sign_front(settings.name)
    return before, mine.note
