# leak: a dict with __missing__ keeps what it makes
from collections import OrderedDict

from app.config import settings


class Cache(OrderedDict):
    def __init__(self, limit):
        super().__init__()
        self.limit = limit

    def __missing__(self, key):
        value = f"{settings.name} remembers {key}"
        self[key] = value
        if len(self) > self.limit:
            self.popitem(last=False)
        return value


profiles = Cache(limit=64)


async def handle(d):
    return profiles[d["user"]]
