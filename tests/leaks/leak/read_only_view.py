# leak: a read-only view of a dictionary that is written to
from types import MappingProxyType

from app.config import settings


def registry():
    entries = {}

    def register(key, value):
        entries.setdefault(key, value)

    return register, MappingProxyType(entries)


register, ENTRIES = registry()


async def handle(d):
    register("owner", settings.name)
    return f"{ENTRIES['owner']} owns {len(ENTRIES)} entries"
