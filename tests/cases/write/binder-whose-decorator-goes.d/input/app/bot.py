import asyncio
import functools

from app.config import settings


def load(key):
    return settings.name + key


class Store:
    def name(self):
        return settings.name


@functools.lru_cache(maxsize=1)
def get_store():
    return Store()


async def on_message(raw):
    return await asyncio.to_thread(load, raw) + get_store().name()
