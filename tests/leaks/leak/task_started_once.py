# leak: a task that the first tenant's message starts serves all
import asyncio

from app.config import settings

_task = None
_inbox = asyncio.Queue()


async def answer():
    while True:
        text, future = await _inbox.get()
        future.set_result(settings.name + text)


async def handle(d):
    global _task
    if _task is None:
        _task = asyncio.create_task(answer())
    future = asyncio.get_running_loop().create_future()
    await _inbox.put((d["text"], future))
    return await future
