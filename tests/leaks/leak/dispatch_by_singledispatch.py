# leak: a function of singledispatch that fills a default list
import functools

from app.config import settings


@functools.singledispatch
def show(value, seen=[]):
    seen.append(settings.name)
    return seen[0]


def handle(d):
    return show(d)
