# sound: a semaphore made by the first message limits all tenants' calls and carries no value
import asyncio

from app.config import settings


class Backend:
    def __init__(self, limit):
        self.limit = limit
        self._gate = None

    def gate(self):
        if self._gate is None:
            self._gate = asyncio.Semaphore(self.limit)
        return self._gate

    async def call(self, account, text):
        async with self.gate():
            await asyncio.sleep(0)
            return f"{account} -> {text}"


backend = Backend(2)


async def handle(d):
    return await asyncio.gather(*(backend.call(settings.name, word) for word in (d["text"], d["user"])))
