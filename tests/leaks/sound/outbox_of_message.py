# sound: the queue and its consumer are the message's
import asyncio

from app.config import settings


async def consume(outbox, sent):
    while (text := await outbox.get()) is not None:
        sent.append(text)


async def handle(d):
    outbox, sent = asyncio.Queue(), []
    consumer = asyncio.create_task(consume(outbox, sent))
    await outbox.put(f"{settings.name}: hi {d['user']}")
    await outbox.put(None)
    await consumer
    return sent
