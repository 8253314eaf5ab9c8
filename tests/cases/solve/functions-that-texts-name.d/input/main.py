import importlib
import sys
from conf import settings


def label(n):
    return settings.name + str(n)


class Disp:
    def on_a(self):
        return settings.name

    def on_b(self):
        return "b"


def call(name, *a):
    return getattr(sys.modules[__name__], name)(*a)


def handle(tenant):
    m = importlib.import_module("main")
    return [call("label", 1), m.label(2), getattr(m, "label")(3), globals()["label"](4), vars(m)["label"](5),
            [getattr(Disp(), "on_" + x)() for x in "ab"], eval("label(6)"), getattr(importlib.import_module("conf"), "settings").name]
