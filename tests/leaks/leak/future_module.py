# leak: a future of the module
import asyncio

from app.config import settings

_ready = None


async def handle(d):
    global _ready
    if _ready is None:
        _ready = asyncio.get_running_loop().create_future()
        _ready.set_result(settings.name)
    return await _ready
