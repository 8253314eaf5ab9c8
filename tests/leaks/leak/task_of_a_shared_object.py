# leak: an object of all keeps a task that acts for whoever came first
import asyncio

from app.config import settings


class Desk:
    def __init__(self):
        self.task = None
        self.said = []
        self.wake = asyncio.Event()

    def ensure_running(self):
        if self.task is None or self.task.done():
            loop = asyncio.get_running_loop()
            self.task = loop.create_task(self.run())

    async def run(self):
        while True:
            await self.wake.wait()
            self.wake.clear()
            self.said.append(settings.name)


class Office:
    desk = Desk()


async def handle(d):
    Office.desk.ensure_running()
    Office.desk.wake.set()
    await asyncio.sleep(0.01)
    return Office.desk.said[-1]
