import asyncio
import functools
import inspect
from conf import settings


def only_positional(f):
    def inner(x):
        return f(x)
    return inner


def explicit(f):
    @functools.wraps(f)
    def inner(x, *, flag=False):
        return f(x, flag=flag)
    return inner


def by_signature(f):
    sig = inspect.signature(f)

    @functools.wraps(f)
    def inner(*a, **k):
        b = sig.bind(*a, **k)
        b.apply_defaults()
        return f(*b.args, **b.kwargs), sorted(b.arguments)[0]
    return inner


def method_deco(f):
    def inner(self, *a, **k):
        self.calls = getattr(self, "calls", 0) + 1
        return f(self, *a, **k)
    return inner


def aretry(n):
    def outer(f):
        async def inner(*a, **k):
            for i in range(n):
                try:
                    return await f(*a, **k)
                except ValueError:
                    await asyncio.sleep(0)
        return inner
    return outer


@only_positional
def a(x):
    return settings.name + str(x)


@explicit
def b(x, *, flag):
    return settings.name + str(x) + str(flag)


@by_signature
def c(x, y=2):
    return settings.name + str(x)


class K:
    @method_deco
    def m(self, x):
        return settings.name + str(x)

    @property
    @functools.lru_cache(None)
    def p(self):
        return settings.name

    @staticmethod
    @only_positional
    def s(x):
        return settings.name + str(x)

    @classmethod
    @explicit
    def k(cls, *, flag):
        return settings.name + str(flag)


@aretry(2)
async def d(x):
    return settings.name + str(x)


def handle(tenant):
    return a(1), b(2), b(3, flag=True), c(4), K().m(5), K().p, K.s(6), K.k(), K.k(flag=7) if False else 0, asyncio.run(d(8))
