# leak: objects of a dataclass in a module's list
from dataclasses import dataclass, field

from app.config import settings

_ALL = []


@dataclass
class Entry:
    name: str = field(default_factory=lambda: settings.name)


def handle(d):
    if not _ALL:
        _ALL.append(Entry())
    return _ALL[0].name
