# leak: a table that a comprehension makes
from app.config import settings

_ranks = {}


def handle(d):
    global _ranks
    if not _ranks:
        _ranks = {word: index for index, word in enumerate(settings.words)}
    return sorted(_ranks)
