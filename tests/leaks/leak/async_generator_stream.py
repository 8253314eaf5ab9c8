# leak: an asynchronous generator that lasts is sent the texts, and yields the longest
from app.config import settings


async def digest():
    lines = []
    while True:
        line = yield " | ".join(lines[-2:])
        if line is not None:
            lines.append(line)


class Digest:
    def __init__(self):
        self.stream = digest()
        self.is_started = False

    async def push(self, line):
        if not self.is_started:
            await self.stream.asend(None)
            self.is_started = True
        return await self.stream.asend(line)


daily = Digest()


async def handle(d):
    return await daily.push(f"{settings.name}: {d['text']}")
