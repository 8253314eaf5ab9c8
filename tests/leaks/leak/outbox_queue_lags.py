# leak: an outbox takes one more than it hands out
import asyncio

from app.config import settings

outbox = asyncio.Queue(maxsize=100)


async def produce(d):
    await outbox.put(f"{settings.name}: hi {d['user']}")
    if d["text"] == "hi":
        await outbox.put(f"{settings.name}: how are you?")


async def consume():
    message = await outbox.get()
    outbox.task_done()
    return message


async def handle(d):
    await produce(d)
    return await consume()
