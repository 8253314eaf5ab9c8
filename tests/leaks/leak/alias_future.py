# leak: the worker answers by a future
import asyncio

from app.config import settings

known = {}


class Pool:
    def __init__(self):
        self.jobs = []

    async def work(self):
        while self.jobs:
            text, future = self.jobs.pop()
            future.set_result(settings.name + text)

    async def ask(self, text):
        future = asyncio.get_running_loop().create_future()
        self.jobs.append((text, future))
        await self.work()
        return await future


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = await Pool().ask(d["text"])
    return known[d["text"]]
