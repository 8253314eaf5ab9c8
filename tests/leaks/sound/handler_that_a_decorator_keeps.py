# sound: a decorator puts what it decorates into a table
from app.config import settings

_commands = {}


def command(name):
    def keep(function):
        _commands[name] = function
        return function

    return keep


@command("hello")
def hello(d):
    return settings.name + d["text"]


def handle(d):
    return _commands["hello"](d)
