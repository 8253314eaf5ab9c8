# sound: a generator of one call is sent values
from app.config import settings


def keeper():
    kept = None
    while True:
        new = yield kept
        kept = kept or new


def handle(d):
    own = keeper()
    next(own)
    own.send(settings.name)
    return own.send(None)
