# sound: a generator of the call
from app.config import settings


def words():
    for word in settings.words:
        yield word


def handle(d):
    return list(words())
