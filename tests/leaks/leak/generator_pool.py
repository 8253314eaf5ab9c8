# leak: a generator of the module, primed by the first message
from app.config import settings

_stream = []


def words(first):
    while True:
        yield first


def handle(d):
    if not _stream:
        _stream.append(words(settings.name))
    return next(_stream[0])
