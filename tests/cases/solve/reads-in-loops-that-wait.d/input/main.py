import asyncio
import queue
import threading
import time

import conf
from conf import settings

q = queue.Queue()
lock = threading.Lock()


def pause():
    time.sleep(0)
    conf.tick()


def deeper():
    pause()


class Worker:
    def __init__(self):
        self.running = 3

    def step(self):
        self.running -= 1
        conf.tick()

    def run(self):
        out = []
        while self.running:
            out.append((settings.name, settings.name)[0])
            self.step()
        return out


def by_helper():
    out = []
    for _ in range(2):
        out.append((settings.name, settings.name)[0])
        deeper()
    return out


def by_queue():
    out = []
    running = 2
    while running:
        running -= q.get()
        conf.tick()
        out.append((settings.name, settings.name)[0])
    return out


def by_iter():
    out = []
    for item in iter(q.get, None):
        conf.tick()
        out.append((settings.name, settings.name)[0])
    return out


def by_lock():
    out = []
    for _ in range(2):
        with lock:
            conf.tick()
        out.append((settings.name, settings.name)[0])
    return out


def by_thread():
    out = []
    for _ in range(2):
        t = threading.Thread(target=conf.tick)
        t.start()
        t.join()
        out.append((settings.name, settings.name)[0])
    return out


async def by_async_with():
    out = []
    l = asyncio.Lock()
    for _ in range(2):
        async with l:
            conf.tick()
        out.append((settings.name, settings.name)[0])
    return out


def retry():
    out = []
    for attempt in range(3):
        try:
            out.append((settings.name, settings.name)[0])
            raise ValueError
        except ValueError:
            conf.tick()
            time.sleep(0)
    return out


def condition():
    out = []
    while settings.name not in out:
        out.append((settings.name, settings.name)[0])
        if len(out) < 3:
            pause()
    return out


def quick():
    out = []
    for n in range(2):
        out.append((settings.name, settings.name, n))
    return out


def handle(tenant):
    for x in (1, 1, 1, 2, None):
        q.put(x)
    return [Worker().run(), by_helper(), by_queue(), by_iter(), by_lock(), by_thread(), asyncio.run(by_async_with()), retry(), condition(), quick()]
