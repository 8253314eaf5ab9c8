# leak: the second part of a key is what the list of keys tells
from app.config import settings

seen = {}


def handle(d):
    seen["names", settings.name] = True
    return sorted(name for _, name in seen)
