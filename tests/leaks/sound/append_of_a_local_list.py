# sound: a method of a list of this message, which the event loop runs
import asyncio

from app.config import settings


async def handle(d):
    said = []
    asyncio.get_running_loop().call_soon(said.append, settings.name)
    await asyncio.sleep(0)
    return said[0]
