# sound: the module's __getattr__ makes constants
import sys

from app.config import settings

_lazy = {"SEPARATOR": lambda: "-" * 5, "LIMIT": lambda: 2 * 5}


def __getattr__(name):
    if name not in _lazy:
        raise AttributeError(name)
    value = globals()[name] = _lazy[name]()
    return value


async def handle(d):
    this = sys.modules[__name__]
    return f"{settings.name} {this.SEPARATOR} {d['text'][:this.LIMIT]}"
