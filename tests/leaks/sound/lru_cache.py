# sound: lru_cache has the context in its key
import functools

from app.config import settings


@functools.lru_cache(maxsize=None)
def label(user):
    return settings.name + user


def handle(d):
    return label(d["user"])
