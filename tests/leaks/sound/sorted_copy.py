# sound: a copy of a module's list gets the value
from app.config import settings

_BASE = ["x", "y"]


def handle(d):
    words = list(_BASE)
    words.append(settings.name)
    return words
