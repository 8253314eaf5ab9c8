import asyncio

from app.config import settings


def counted(function):
    def wrapper(key):
        return function(key)

    return wrapper


def counted_all(function):
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@counted
def load(key):
    return settings.name + key


@counted_all
def load_all(key):
    return settings.name + key


async def on_message(raw):
    loop = asyncio.get_running_loop()
    first = await loop.run_in_executor(None, load, raw)
    second = await asyncio.to_thread(load_all, raw)
    return first + second + load(raw)
