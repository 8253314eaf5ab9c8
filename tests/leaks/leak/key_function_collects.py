# leak: the key by which is sorted, and a map that is run for its effect, fill a set
from app.config import settings

_vocabulary = set()


def learn(word):
    _vocabulary.add(word)
    return len(word), word


async def handle(d):
    ranked = sorted([*settings.words, d["text"]], key=learn)
    return ranked, sorted(_vocabulary)
