from app.cache import cache
from app.plain import counter


def on_message(raw):
    counter.count += 1
    return cache.get(raw["key"])
