from functools import wraps

from app.config import settings

STORED = []
BY_NAME = {}


def cmd(func):
    def wrapper(event):
        return func(event)

    STORED.append(func)
    return wrapper


def named(name):
    def decorate(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            return func(*args, **kwargs)

        BY_NAME[name] = func
        return wrapper

    return decorate


def plain(func):
    @wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    wrapper.__wrapped__ = func
    return wrapper


@cmd
def on(event):
    return settings["a"]


@named("off")
def off(event):
    return settings["a"]


@plain
def neither(event):
    return settings["a"]


def run(event):
    return on(event), off(event), neither(event), [f(event) for f in STORED]
