import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

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


class InTask(Other):
    def __init__(self, tag):
        self.tag = tag

    def body(self, key):
        return settings.owner + key


def in_thread(key):
    return InThread.build("t").body(key)


def in_pool(key):
    return InPool.build("t").body(key)


def in_loop(key):
    return InLoop.build("t").body(key)


async def in_task(key):
    return InTask.build("t").body(key)


async def on_message(raw):
    thread = threading.Thread(target=in_thread, args=(raw,))
    thread.start()
    asyncio.get_running_loop().run_in_executor(None, in_loop, raw)
    task = asyncio.create_task(in_task(raw))
    return pool.submit(in_pool, raw).result() + await task
