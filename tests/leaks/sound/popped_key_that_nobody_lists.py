# sound: a key that is taken out of a table whose keys nobody lists tells nothing
from app.config import settings

cache = {}


def handle(d):
    cache.pop(settings.name, None)
    return settings.name
