# leak: each object gets the same list
from dataclasses import dataclass, field

from app.config import settings

_seen = []


def seen():
    return _seen


@dataclass
class Page:
    names: list = field(default_factory=seen)


def handle(d):
    page = Page()
    page.names.append(settings.name)
    return page.names[0]
