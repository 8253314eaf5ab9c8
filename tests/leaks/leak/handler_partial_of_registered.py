# leak: a registered function whose partial was made by the first message
import functools

from app.config import settings

_ready = {}


def say(name, d):
    return name + d["text"]


def handle(d):
    if "say" not in _ready:
        _ready["say"] = functools.partial(say, settings.name)
    return _ready["say"](d)
