# leak: a renderer is registered at the first message
from functools import singledispatch

from app.config import settings


@singledispatch
def render(value):
    return repr(value)


@render.register
def _(value: int):
    return str(value)


def ensure_renderers(name):
    if str not in render.registry:
        render.register(str, lambda value: f"{name} says {value}")


async def handle(d):
    ensure_renderers(settings.name)
    return render(d["text"]) + render(3)
