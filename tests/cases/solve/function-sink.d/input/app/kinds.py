"""Each kind of function that a rule may name, with a caller."""
import sys


def plain(text): return text


class Base:
    def method(self, value):
        return value


class Child(Base):
    def method(self, value):
        return super().method(value) + 1


class Made:
    def __init__(self):
        self.items = []

    @staticmethod
    def static():
        return plain("x")

    def use(self):
        return self.static(), Made.static()


def outer(numbers):
    def inner(number):  # the closure
        return number + 1

    return [inner(n) for n in numbers]


async def slow(*args, **kwargs):
    return args, kwargs


def twice(function):
    def wrapper(*args, **kwargs):
        function(*args, **kwargs)
        return function(*args, **kwargs)
    return wrapper


@twice
def decorated(a, /, b): return a, b


def with_default(key=lambda x: x, *, flag=False):
    return key(flag)


if sys.platform == "win32":
    def either(): return 1
else:
    def either(): return 2


async def entry(raw, base: Base):
    plain(plain("nested"))
    base.method(1)
    Child().method(2)
    Made().use()
    outer([1, 2])
    await slow()
    await slow(*raw, **{})
    decorated(1, 2)
    with_default(
        flag=True,  # why
    )
    either()
