# leak: the module's __getattr__ puts what it makes into the globals
import sys

from app.config import settings

_lazy = {
    "BANNER": lambda: f"*** {settings.name} ***",
    "LIMIT": lambda: 10,
}


def __getattr__(name):
    try:
        make = _lazy[name]
    except KeyError:
        raise AttributeError(name) from None
    value = globals()[name] = make()
    return value


async def handle(d):
    this = sys.modules[__name__]
    return f"{this.BANNER} {d['text'][:this.LIMIT]}"
