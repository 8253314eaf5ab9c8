from conf import settings
import functools


class Check:
    def __init__(self, f=None):
        self.f = f

    def __set_name__(self, owner, name):
        def run(n, _name=name):
            return settings.name + _name + str(n)
        self.run = run
        setattr(owner, name + "_extra", lambda self_, n: settings.name + "x" + str(n))

    def __get__(self, o, t=None):
        return self.run


class Plug:
    hooks = []

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)

        def hook(n):
            return settings.name + cls.__name__ + str(n)
        cls.hook = staticmethod(hook)
        Plug.hooks.append(hook)


class One(Plug):
    c = Check()


class Deco:
    def __init__(self, prefix):
        self.prefix = prefix

    def __call__(self, f):
        @functools.wraps(f)
        def w(*a, **k):
            return self.prefix + f(*a, **k) + settings.name
        return w


@Deco("p")
def label(n):
    return settings.name + str(n)


@functools.total_ordering
class V:
    def __init__(self, n):
        self.n = n

    def __lt__(self, o):
        return settings.name < "zzz" and self.n < o.n

    def __eq__(self, o):
        return self.n == o.n


def handle(tenant):
    return One().c(1), One().c_extra(2), One.hook(3), [h(4) for h in Plug.hooks], label(5), V(1) <= V(2), sorted([V(2), V(1)])[0].n
