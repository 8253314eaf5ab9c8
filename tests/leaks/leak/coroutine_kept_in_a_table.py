# leak: tasks by topic, and the topic says nothing of the tenant
import asyncio

from app.config import settings

_tasks = {}


async def load(topic, box):
    await asyncio.sleep(0)
    box.append(settings.name)
    return box


async def handle(d):
    task = _tasks.get(d["text"])
    if task is None:
        task = asyncio.create_task(load(d["text"], []))
        _tasks[d["text"]] = task
    return (await task)[0]
