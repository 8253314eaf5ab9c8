import contextlib
from app.config import get_settings


@contextlib.contextmanager
def opened(key):
    yield get_settings().owner + key


@contextlib.asynccontextmanager
async def opened_later(key):
    yield get_settings().owner + key


@contextlib.contextmanager
def only_inside(key):
    yield get_settings().owner + key


@opened("log")
def wrapped(key):
    return key


class Desk:
    @opened_later("log")
    async def work(self, key):
        return key


def on_message(key):
    with opened(key) as name, only_inside(key):
        return wrapped(name)
