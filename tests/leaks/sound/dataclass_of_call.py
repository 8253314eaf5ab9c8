# sound: a dataclass of the call
from dataclasses import dataclass, field

from app.config import settings


@dataclass
class Entry:
    words: list = field(default_factory=list)


def handle(d):
    entry = Entry()
    entry.words.append(settings.name)
    return entry.words
