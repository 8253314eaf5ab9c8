# leak: the text that an object has of itself is remembered for all
from app.config import settings

known = {}


class Card:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return settings.name + self.text


async def handle(d):
    if d["text"] not in known:
        card = Card(d["text"])
        known[d["text"]] = f"{card}"
    return known[d["text"]]
