# sound: handlers in a list, all of them called in turn
from app.config import settings


def first(d):
    return settings.name


def second(d):
    return d["user"] + settings.name


HANDLERS = [first, second]


def handle(d):
    return [handler(d) for handler in HANDLERS]
