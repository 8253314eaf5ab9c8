# leak: the event loop's tasks are made by a factory that names them after who was first
import asyncio

from app.config import settings


def ensure_factory(loop, prefix):
    if loop.get_task_factory() is None:
        def factory(loop, coroutine, **options):
            return asyncio.Task(coroutine, loop=loop, name=f"{prefix}-task")
        loop.set_task_factory(factory)


async def reply(text):
    return f"{asyncio.current_task().get_name()}: {text}"


async def handle(d):
    loop = asyncio.get_running_loop()
    ensure_factory(loop, settings.name)
    return await loop.create_task(reply(d["text"]))
