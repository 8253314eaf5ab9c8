# leak: an iterator over the first tenant's words
import itertools

from app.config import settings

_words = None


def handle(d):
    global _words
    if _words is None:
        _words = itertools.cycle(settings.words[:1])
    return next(_words)
