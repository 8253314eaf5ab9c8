# sound: a callable object that each message makes
from app.config import settings


class Seen:
    def __init__(self):
        self.seen = set()

    def __call__(self, word):
        if word in self.seen:
            return False
        self.seen.add(word)
        return True


async def handle(d):
    return list(filter(Seen(), settings.words))
