# leak: a callable object that filter runs remembers what it has seen
from app.config import settings


class Seen:
    def __init__(self):
        self.seen = set()

    def __call__(self, word):
        if word in self.seen:
            return False
        self.seen.add(word)
        return True


NEW = Seen()


async def handle(d):
    return list(filter(NEW, settings.words))
