# sound: a callback of the loop that fills a future of the call
import asyncio

from app.config import settings


async def handle(d):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, settings.name)
    return await future
