# leak: a default of a method, filled by key
from app.config import settings


class Words:
    def get(self, key, cache={}):
        if key not in cache:
            cache[key] = settings.name
        return cache[key]


def handle(d):
    return Words().get(d["user"])
