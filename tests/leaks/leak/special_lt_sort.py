# leak: sorting compares, and comparing remembers
from app.config import settings

SEEN = []


class Word:
    def __init__(self, text):
        self.text = text

    def __lt__(self, other):
        SEEN.append(other.text)
        return self.text < other.text


async def handle(d):
    sorted([Word(settings.name), Word("x")])
    return list(SEEN)
