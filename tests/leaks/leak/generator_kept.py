# leak: a generator that goes on for whoever asks it next
from app.config import settings

_stream = None


def names():
    while True:
        name = settings.name
        while True:
            yield name


def handle(d):
    global _stream
    if _stream is None:
        _stream = names()
    return next(_stream)
