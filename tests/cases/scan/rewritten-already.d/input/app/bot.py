"""Values of one tenant that stay where the next one finds them."""
import atexit
import os
from app import stores
from app.isolation import (
    IsolationContext,
    context_from_message,
    current_isolation_context,
    get_settings,
)

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
        isolation_context = current_isolation_context()
        if key not in kept:
            kept[key] = function(key, isolation_context=isolation_context)
        return kept[key]

    return wrapper


@memo
def title(key, *, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return get_settings(isolation_context).name + key


def shared_default(value, kept=[]):
    kept.append(value)
    return kept


def on_message(raw):
    isolation_context = context_from_message(raw)
    isolated_settings = get_settings(isolation_context)
    global _current
    _names[raw] = isolated_settings.name + raw
    _current = label(isolated_settings.name)
    Cache.name = isolated_settings.name
    alias = _seen
    alias.append([isolated_settings.name])
    stores.store.remember(isolated_settings.name)
    os.environ["NAME"] = isolated_settings.name
    setattr(Cache, "size", isolated_settings.size)
    _names.setdefault(raw, isolated_settings.name)
    globals()["late"] = isolated_settings.name
    shared_default(isolated_settings.name)
    size = isolated_settings.size
    atexit.register(lambda: print(size))
    return title(raw)


from app.jobs import fine


async def on_other_message(raw):
    isolation_context = context_from_message(raw)
    return fine(raw, isolation_context=isolation_context)
