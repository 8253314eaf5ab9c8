# sound: a task that its message waits for
import asyncio

from app.config import settings

_running = set()


async def answer(text):
    await asyncio.sleep(0)
    return settings.name + text


async def handle(d):
    task = asyncio.create_task(answer(d["text"]))
    try:
        return await task
    finally:
        del task
