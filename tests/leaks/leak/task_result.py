# leak: a finished task gives its result again and again
import asyncio

from app.config import settings

_task = None


async def load():
    return settings.name


async def handle(d):
    global _task
    if _task is None:
        _task = asyncio.ensure_future(load())
    return await _task
