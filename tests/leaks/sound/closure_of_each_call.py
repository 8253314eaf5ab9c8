# sound: a closure that every message makes keeps its own
from app.config import settings


def make():
    kept = None

    def remember(value):
        nonlocal kept
        kept = kept or value
        return kept

    return remember


def handle(d):
    remember = make()
    remember(settings.name)
    return remember(None)
