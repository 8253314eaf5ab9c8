import functools
import inspect

from app.config import settings


def target(key, tail="t"):
    return settings.owner + key + tail


def call(work, *args, **kwargs):
    bound = inspect.signature(work).bind(*args, **kwargs)
    bound.apply_defaults()
    return work(*bound.args, **bound.kwargs)


def kept(function):
    signature = inspect.signature(function)
    known = {}

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        key = tuple(bound.arguments.values())
        if key not in known:
            known[key] = function(*args, **kwargs)
        return known[key]

    return wrapper


@kept
def slow(key, tail="s"):
    return settings.owner + key + tail


def part(key, tail="p"):
    return settings.owner + key + tail


def fill(bound):
    bound.apply_defaults()
    return bound


def call_part(work, *args):
    bound = fill(inspect.signature(work).bind_partial(*args))
    return work(*bound.args, **bound.kwargs)


def plain(key, tail="q"):
    return settings.owner + key + tail


def call_plain(work, *args, **kwargs):
    bound = inspect.signature(work).bind(*args, **kwargs)
    return work(*bound.args, **bound.kwargs)


def on_message(raw):
    return call(target, raw) + slow(raw) + call_part(part, raw) + call_plain(plain, raw)
