# leak: what is filled was given by a getter
from app.config import settings

known = {}


class Desk:
    def __init__(self):
        self.rows = []

    def get_rows(self):
        return self.rows

    def fill(self, text):
        self.get_rows().append(settings.name + text)

    def read(self):
        return self.rows[0]


def ask(text):
    desk = Desk()
    desk.fill(text)
    return desk.read()


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = ask(d["text"])
    return known[d["text"]]
