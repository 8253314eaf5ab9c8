# leak: what the process calls at its end, kept beside a flag
import atexit

from app.config import settings

_HOOKS = []


def handle(d):
    name = settings.name

    def say():
        return name

    if not _HOOKS:
        _HOOKS.append(say)
        atexit.register(say)
    return _HOOKS[0]()
