import operator
from functools import singledispatch, singledispatchmethod

from app.config import settings

try:
    from app.fast import encode
except ImportError:

    def encode(raw):
        return raw


def on(function):
    return function


@on
def _(raw):
    return 1


@on
def _(raw, more):
    return settings.first


@singledispatch
def show(x):
    return settings.name


@show.register
def _(x: str):
    return x


def show_number(x):
    return x


show.register(int, show_number)


class Printer:
    __slots__ = ()

    @singledispatchmethod
    def put(self, x):
        return settings.sign

    @put.register
    def _(self, x: str):
        return x


class Closer:
    __slots__ = ()

    def shut(self, how):
        return settings.how


def shut_all(things):
    return list(map(operator.methodcaller("shut", 1), things))
