# leak: an exit stack of the module keeps what it was given
import contextlib

from app.config import settings

_said = []
_stack = contextlib.ExitStack()


def handle(d):
    _stack.callback(_said.append, settings.name)
    _stack.pop_all().close()
    return _said[0]
