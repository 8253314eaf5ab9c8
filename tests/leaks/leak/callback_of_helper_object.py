# leak: a callback object that lives in a registry and caches by user
from app.config import settings


class Cache:
    def __init__(self, load):
        self.load = load
        self.rows = {}

    def get(self, key):
        if key not in self.rows:
            self.rows[key] = self.load(key)
        return self.rows[key]


def load(user):
    return settings.name + user


_users = Cache(load)


def handle(d):
    return _users.get(d["user"])
