# sound: comparing and adding keep nothing
from app.config import settings


class Word:
    def __init__(self, text):
        self.text = text

    def __eq__(self, other):
        return self.text == other.text

    def __lt__(self, other):
        return self.text < other.text

    def __add__(self, other):
        return Word(self.text + other.text)


async def handle(d):
    words = sorted([Word(settings.name), Word("m")])
    return [(words[0] + words[1]).text, words[0] == words[1]]
