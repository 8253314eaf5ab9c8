import operator
from operator import methodcaller, attrgetter, itemgetter
import functools


class C:
    def m(self, x, y=2, *, k=0):
        return x + y + k

    def n(self):
        return 1


c = C()
call = methodcaller("m", 1)
print(call(c), methodcaller("m", 1, k=3)(c), list(map(methodcaller("n"), [c])))
print(operator.methodcaller("m", 1, 2)(c), sorted([c], key=methodcaller("n")))
print(attrgetter("m")(c)(1), itemgetter(0)([1]))
add = functools.partialmethod(C.m, 5)


class D(C):
    five = functools.partialmethod(C.m, 5)
    g = lambda self, q=1: q
    s = staticmethod(lambda q: q)
    k = classmethod(lambda cls, q: q)


print(D().five(), D().g(2), D.s(3), D().s(3), D.k(4), D().k(4))
p = functools.partial(c.m, 1)
print(p(), p(2), p(k=3), functools.partial(functools.partial(C.m, c), 1)())
