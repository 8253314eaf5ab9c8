# leak: a ChainMap's child writes through to a map that all children share
from collections import ChainMap

from app.config import settings

variables = ChainMap({}, {"lang": "en"})


def scope(**names):
    child = variables.new_child(names)
    child.parents.setdefault("bot", settings.name)
    return child


def handle(d):
    names = scope(user=d["user"])
    return "{user} {lang} {bot}".format_map(names)
