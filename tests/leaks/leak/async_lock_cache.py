# leak: a cache filled under a lock
import asyncio

from app.config import settings

_lock = asyncio.Lock()
_cache = {}


async def handle(d):
    async with _lock:
        if "name" not in _cache:
            _cache["name"] = settings.name
    return _cache["name"]
