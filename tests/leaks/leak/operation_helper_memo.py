# leak: a helper that runs operations remembers what they gave
from app.config import settings

_results = {}


def run(name, operation):
    if name not in _results:
        _results[name] = operation()
    return _results[name]


def load():
    return settings.name


def handle(d):
    return run("load", load)
