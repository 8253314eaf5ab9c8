# sound: one part of a tuple is shared, and another one is written to
from app.config import settings

WORDS = ["a"]


def both():
    return WORDS, []


def handle(d):
    words, own = WORDS, []
    own.append(settings.name)
    more, mine = both()
    mine.append(settings.name)
    return own + mine + words + more
