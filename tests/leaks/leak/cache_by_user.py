# leak: a cache whose key does not name the tenant
from app.config import settings


class Cache:
    def __init__(self):
        self._data = {}

    def get(self, key):
        return self._data.get(key)

    def put(self, key, value):
        self._data[key] = value


cache = Cache()


def handle(d):
    found = cache.get(d["user"])
    if found is None:
        found = settings.name
        cache.put(d["user"], found)
    return found
