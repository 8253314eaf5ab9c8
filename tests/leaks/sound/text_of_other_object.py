# sound: what is remembered is the text of an object that says nothing of the tenant
from app.config import settings

known = {}


class Card:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return "card " + self.text

    def __repr__(self):
        return "card"


class Signed:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return settings.name + self.text


async def handle(d):
    known[d["text"]] = f"{Card(d['text'])}"
    return f"{Signed(d['text'])} {known[d['text']]}"
