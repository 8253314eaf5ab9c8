from conf import settings
import functools


def make(n):
    total = 0

    def add(k):
        nonlocal total
        total += k
        return settings.name + str(total)

    class Inner:
        size = n

        def name(self):
            return settings.name + str(self.size)

        @classmethod
        def build(cls):
            return cls()

    return add, Inner, lambda: settings.name + str(n), functools.partial(add, 10)


ADD, INNER, LAM, PART = make(1)


def gen():
    x = yield settings.name
    while x:
        x = yield settings.name + str(x)


def deco(prefix):
    def outer(f):
        cache = {}

        @functools.wraps(f)
        def inner(*a, key=None, **k):
            return prefix + f(*a, **k) + settings.name
        inner.cache = cache
        return inner
    return outer


@deco("p")
def label(n, *, key2=1):
    return settings.name + str(n)


def handle(tenant):
    a, I, l, p = make(2)
    g = gen()
    return [a(1), I().name(), I.build().name(), l(), p(), LAM(), INNER().name(), ADD(0)[:6] + "", next(g), g.send(3), label(1), label(2, key=3), label.__wrapped__(3), label.cache]
