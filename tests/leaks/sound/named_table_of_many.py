# sound: one of many objects, found by the tenant
from app.config import settings


class Desk:
    def __init__(self):
        self.note = ""

    def write(self, text):
        self.note = text


desks = {}


async def handle(d):
    desk = desks.setdefault(settings.name, Desk())
    desk.write(settings.name)
    return desk.note
