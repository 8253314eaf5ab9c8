from typing import Callable, Dict, Type
from app.tool import Tool
from app.config import settings

REGISTRY = {}
TYPED: Dict[str, Type[Tool]] = {}
LIST = []


def register(name):
    def deco(cls):
        REGISTRY[name] = cls
        return cls
    return deco


def add(cls):
    LIST.append(cls)
    return cls


@register("a")
class A:
    def run(self):
        return settings.a


@add
class B:
    def run(self):
        return settings.b


def e1(k):
    REGISTRY[k]().run()
    REGISTRY.get(k)().run()
    cls = REGISTRY[k]
    obj = cls()
    obj.run()
    TYPED[k]().use()
    for c in LIST:
        c().run()


def fa(x):
    return settings.fa


def fb(x):
    return settings.fb


HANDLERS = {"a": fa, "b": fb}
FLIST = [fa, fb]
FUNCS: dict[str, Callable] = {}


def command(f):
    FUNCS[f.__name__] = f
    return f


@command
def fc(x):
    return settings.fc


def e2(k):
    HANDLERS[k](1)
    h = HANDLERS.get(k)
    if h:
        h(1)
    for f in FLIST:
        f(1)
    FUNCS[k](1)
    [f(2) for f in FLIST]
    any(h(3) for h in HANDLERS.values())


class Bot:
    table = {"a": "ma"}
    funcs = {"x": fa}

    def __init__(self):
        self.handlers = {"a": self.ma, "b": self.mb}
        self.by = {}
        self.register("c", self.mc)

    def register(self, name, f):
        self.by[name] = f

    def ma(self):
        return settings.ma

    def mb(self):
        return settings.mb

    def mc(self):
        return settings.mc

    def md(self):
        return settings.md

    actions = {"d": md}

    def dispatch(self, k):
        self.handlers[k]()
        self.by[k]()
        self.funcs[k](1)
        self.actions[k](self)
        handlers = {"a": self.ma}
        handlers[k]()
        getattr(self, "ma")()
