"""Values of one tenant that stay where the next one finds them."""
import atexit
import os
from app import stores
from app.config import settings

_names = {}
_current = None
_seen = []


class Cache:
    name = None


def label(text):
    return f"<{text}>"


def memo(function):
    kept = {}

    def wrapper(key):
        if key not in kept:
            kept[key] = function(key)
        return kept[key]

    return wrapper


@memo
def title(key):
    return settings.name + key


def shared_default(value, kept=[]):
    kept.append(value)
    return kept


def on_message(raw):
    global _current
    _names[raw] = settings.name + raw
    _current = label(settings.name)
    Cache.name = settings.name
    alias = _seen
    alias.append([settings.name])
    stores.store.remember(settings.name)
    os.environ["NAME"] = settings.name
    setattr(Cache, "size", settings.size)
    _names.setdefault(raw, settings.name)
    globals()["late"] = settings.name
    shared_default(settings.name)
    size = settings.size
    atexit.register(lambda: print(size))
    return title(raw)
