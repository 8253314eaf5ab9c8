# leak: a method of a list of the module, which the event loop runs
import asyncio

from app.config import settings

_said = []


async def handle(d):
    asyncio.get_running_loop().call_soon(_said.append, settings.name)
    await asyncio.sleep(0)
    return _said[0]
