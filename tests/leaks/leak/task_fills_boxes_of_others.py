# leak: a task of the first tenant writes into what others hand it
import asyncio

from app.config import settings

_task = None
_inbox = asyncio.Queue()


async def work():
    while True:
        box, ready = await _inbox.get()
        box.append(settings.name)
        ready.set()


async def handle(d):
    global _task
    if _task is None or _task.done():
        _task = asyncio.create_task(work())
    box, ready = [], asyncio.Event()
    await _inbox.put((box, ready))
    await ready.wait()
    return box[0]
