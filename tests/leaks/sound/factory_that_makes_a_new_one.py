# sound: each object gets a list of its own
from dataclasses import dataclass, field

from app.config import settings


def words():
    return ["hello"]


@dataclass
class Page:
    names: list = field(default_factory=words)
    more: dict = field(default_factory=dict)


def handle(d):
    page = Page()
    page.names.append(settings.name)
    page.more["name"] = settings.name
    return page.names[1] + page.more["name"]
