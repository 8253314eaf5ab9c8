# sound: a table of functions that read the settings when they run
from app.config import settings


def hello(d):
    return "hello " + settings.name


def bye(d):
    return "bye " + settings.name


_COMMANDS = {"hello": hello, "bye": bye}


def handle(d):
    return _COMMANDS["hello"](d)
