# leak: an attribute of what a process-wide object owns
from app.config import settings


class Cache:
    def __init__(self):
        self.items = {}


class Service:
    def __init__(self):
        self.cache = Cache()


class Root:
    def __init__(self):
        self.service = Service()


root = Root()


def handle(d):
    items = root.service.cache.items
    if d["user"] not in items:
        items[d["user"]] = settings.name
    return items[d["user"]]
