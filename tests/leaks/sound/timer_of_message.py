# sound: the timer and what it writes to are the message's
import asyncio

from app.config import settings


class Debounce:
    def __init__(self):
        self.written = asyncio.get_running_loop().create_future()

    def schedule(self, text):
        asyncio.get_running_loop().call_later(0.001, self.written.set_result, text)


async def handle(d):
    saver = Debounce()
    saver.schedule(f"saved for {settings.name}")
    return await saver.written
