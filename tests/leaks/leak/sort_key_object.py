# leak: a callable object that sorts remembers the order of first sight
from app.config import settings


class FirstSeen:
    def __init__(self):
        self.order = {}

    def __call__(self, word):
        return self.order.setdefault(word, len(self.order))


RANK = FirstSeen()


async def handle(d):
    sorted(settings.words, key=RANK)
    return list(RANK.order)
