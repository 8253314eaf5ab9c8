import asyncio
import threading

import conf
from conf import settings


async def apause():
    await asyncio.sleep(0)
    conf.tick()


async def by_comprehension():
    return [(settings.name, await apause())[0] for _ in range(2)] + [settings.name]


def callbacks():
    seen = []

    def show():
        seen.append((settings.name, settings.name)[0])

    timers = [threading.Timer(0, show) for _ in range(2)]
    for t in timers:
        conf.tick()
        t.start()
        t.join()
    show()
    return seen


def counter():
    n = []

    def step():
        nonlocal n
        n = n + [(settings.name, settings.name)[0]]
        conf.tick()

    step()
    step()
    return n + [settings.name]


def gen():
    for _ in range(2):
        yield settings.name
        conf.tick()
    yield settings.name


def lambdas():
    show = lambda: settings.name
    first = (show(), settings.name)
    conf.tick()
    return first, show(), (settings.name + x for x in "ab")


def handle(tenant):
    shown = lambdas()
    conf.tick()
    return [asyncio.run(by_comprehension()), callbacks(), counter(), list(gen()), shown[:2], list(shown[2])]
