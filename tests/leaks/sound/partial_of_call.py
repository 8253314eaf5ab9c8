# sound: a partial of the call
import functools

from app.config import settings


def say(name, text):
    return name + text


def handle(d):
    return functools.partial(say, settings.name)("!")
