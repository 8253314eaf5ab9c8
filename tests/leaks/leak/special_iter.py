# leak: iterating over an object of the tree
from app.config import settings

SEEN = []


class Words:
    def __init__(self, words):
        self.words = words

    def __iter__(self):
        for word in self.words:
            SEEN.append(word)
            yield word


async def handle(d):
    for word in Words(settings.words):
        pass
    return list(SEEN)
