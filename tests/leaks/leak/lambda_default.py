# leak: a lambda's default in a table
from app.config import settings

_commands = {}


def handle(d):
    if "who" not in _commands:
        _commands["who"] = lambda name=settings.name: name
    return _commands["who"]()
