import functools
def f(a, b): return a
f(1)
g = f
g(1)
class C:
    def m(self, x): pass
C().m()
C().m(1, 2)
h = functools.partial(f, 1)
f()
