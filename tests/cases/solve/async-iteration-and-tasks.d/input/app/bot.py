import asyncio

from app.config import settings


async def step(x):
    return x * settings.factor


async def steps():
    for x in range(3):
        yield await step(x)


class Loop:
    async def run(self):
        async for x in steps():
            print(x)

    def start(self):
        self.task = asyncio.create_task(self.run())
        self.task.add_done_callback(self.done)

    def done(self, task):
        print(settings.done, task)


async def on_message(raw):
    Loop().start()
    await asyncio.gather(step(1), *(step(x) for x in raw))
    asyncio.create_task(step(2), name="x").add_done_callback(lambda t: print(settings.name))
