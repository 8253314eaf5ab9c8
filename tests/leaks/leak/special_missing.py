# leak: __missing__ of a dict of the tree
from app.config import settings

MADE = {}


class Table(dict):
    def __missing__(self, key):
        MADE.setdefault("first", key)
        return MADE["first"]


async def handle(d):
    return Table()[settings.name]
