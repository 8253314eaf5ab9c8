"""The desk.

>>> for order in ("tea", "milk"):
...     print(sell(order))
bot
"""
from app.config import settings


def sell(order):
    return settings.name


def count(orders):
    r"""How many.

        >>> count([1,
        ...        2]) + \
        ...     count([3])
        6
    """
    return len(settings.name) + len(orders)


def label():
    return settings.name


def weigh():
    return settings.name


def close():
    return settings.name


def shut():
    return settings.name
