# sound: a context manager of the call
from contextlib import contextmanager

from app.config import settings


@contextmanager
def named():
    yield settings.name


def handle(d):
    with named() as name:
        return name
