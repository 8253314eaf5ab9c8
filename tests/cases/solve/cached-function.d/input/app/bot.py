from functools import lru_cache

from app.config import settings


@lru_cache(maxsize=None)
def name():
    return settings.name


def on_message(raw):
    return name()
