# leak: a decorator that registers and keeps the last result of each command
from app.config import settings

_commands, _last = {}, {}


def command(function):
    def wrapped(d):
        _last.setdefault(function.__name__, function(d))
        return _last[function.__name__]

    _commands[function.__name__] = wrapped
    return wrapped


@command
def hello(d):
    return settings.name


def handle(d):
    return _commands["hello"](d)
