# sound: tasks of one message
import asyncio

from app.config import settings


async def load():
    return settings.name


async def handle(d):
    return await asyncio.gather(load(), load())
