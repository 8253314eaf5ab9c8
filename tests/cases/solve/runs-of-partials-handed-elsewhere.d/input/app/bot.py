import asyncio
import functools
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from app.config import settings

pool = ThreadPoolExecutor(1)


class Base:
    @classmethod
    def build(cls, *args, **kwargs):
        return cls(*args, **kwargs)


class InThread(Base):
    def __init__(self, tag):
        self.tag = tag

    def body(self, key):
        return settings.owner + key


class InPool(Base):
    def __init__(self, tag):
        self.tag = tag

    def body(self, key):
        return settings.owner + key


class InLoop(Base):
    def __init__(self, tag):
        self.tag = tag

    def body(self, key):
        return settings.owner + key


class Other:
    @classmethod
    def build(cls, *args, **kwargs):
        return cls(*args, **kwargs)


class Here(Other):
    def __init__(self, tag):
        self.tag = tag

    def body(self, key):
        return settings.owner + key


def in_thread(key):
    return InThread.build("t").body(key)


def in_pool(key, *, tail):
    return InPool.build("t").body(key) + tail


def in_loop(key, tail):
    return InLoop.build("t").body(key) + tail


def here(key):
    return Here.build("t").body(key)


async def on_message(raw):
    threading.Thread(target=functools.partial(in_thread, raw)).start()
    later = asyncio.get_running_loop().run_in_executor(None, partial(in_loop, raw, "."))
    run = partial(here, raw)
    return pool.submit(partial(in_pool, raw, tail=".")).result() + await later + run()
