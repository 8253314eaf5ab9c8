# sound: the renderers are registered at import and read the settings when they run
from functools import singledispatch

from app.config import settings


@singledispatch
def render(value):
    return repr(value)


@render.register
def _(value: int):
    return str(value)


@render.register
def _(value: str):
    return f"{settings.name} says {value}"


async def handle(d):
    return render(d["text"]) + render(3)
