import operator
from functools import singledispatch, singledispatchmethod, partialmethod, reduce
from conf import settings


class P:
    @singledispatchmethod
    def show(self, x):
        return settings.name

    @show.register
    def _(self, x: int):
        return "int"

    @show.register(str)
    def _s(self, x):
        return settings.name + x

    def plain(self, n, m=1):
        return settings.name + str(n) + str(m)

    two = partialmethod(plain, 2)


@singledispatch
def kind(x):
    return "?"


kind.register(list, lambda x: settings.name)


@kind.register(dict)
def kind_dict(x):
    return settings.name + "d"


def handle(tenant):
    p = P()
    return [p.show(1), p.show("x"), p.show(2.0), p.two(), p.two(m=3), operator.methodcaller("plain", 4)(p), kind([]), kind({}), kind(1), reduce(lambda a, b: a + p.plain(b), [1, 2], "")]
