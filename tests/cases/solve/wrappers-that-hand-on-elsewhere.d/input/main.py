import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor
from conf import settings

POOL = ThreadPoolExecutor(1)


def in_thread(f):
    @functools.wraps(f)
    async def inner(*a, **k):
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, functools.partial(f, *a, **k))
    return inner


def to_thread(f):
    async def inner(*a, **k):
        return await asyncio.to_thread(f, *a, **k)
    return inner


def submit(f):
    def inner(*a, **k):
        return POOL.submit(f, *a, **k).result()
    return inner


def late(f):
    def inner(*a, **k):
        return (lambda: f(*a, **k))()
    return inner


def merged(f):
    def inner(*a, **k):
        opts = {**k, "y": 3}
        return f(*a, **opts)
    return inner


def popped(f):
    def inner(*a, retries=2, **k):
        k.pop("nothing", None)
        for _ in range(retries):
            r = f(*a, **k)
        return r
    return inner


class Bound:
    def __init__(self, f):
        self.f = f

    def __get__(self, o, t=None):
        return functools.partial(self.__call__, o)

    def __call__(self, *a, **k):
        return POOL.submit(self.f, *a, **k).result()


@in_thread
def a(x):
    return settings.name + str(x)


@to_thread
def b(x):
    return settings.name + str(x)


@submit
def c(x):
    return settings.name + str(x)


@late
def d(x):
    return settings.name + str(x)


@merged
def e(x, y=0):
    return settings.name + str(x) + str(y)


@popped
def g(x):
    return settings.name + str(x)


class K:
    @Bound
    def m(self, x):
        return settings.name + str(x)


def handle(tenant):
    return asyncio.run(a(1)), asyncio.run(b(2)), c(3), d(4), e(5), g(6), g(7, retries=1), K().m(8)
