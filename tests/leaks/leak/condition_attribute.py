# leak: the one that waits is told through an object of asyncio
import asyncio

from app.config import settings


class Mailbox:
    def __init__(self):
        self.condition = asyncio.Condition()
        self.letters = []

    async def deliver(self, letter):
        async with self.condition:
            self.letters.append(letter)
            self.condition.notify_all()

    async def collect(self, wanted):
        async with self.condition:
            await self.condition.wait_for(lambda: any(wanted in letter for letter in self.letters))
            return next(letter for letter in self.letters if wanted in letter)


mailbox = Mailbox()


async def handle(d):
    await mailbox.deliver(f"{settings.name} to {d['user']}: {d['text']}")
    return await mailbox.collect(d["user"])
