from typing import Optional

from app.config import settings
from app.message import Event, Note


def answer(event: Event):
    return event.greeting() + settings.name + helper("x")


def note(note: Note):
    return helper(note.sign())


def helper(text):
    return text + settings.suffix


def perhaps(event: Optional[Event]):
    return settings.name


def main(queue):
    for raw in queue:
        print(answer(Event(raw)), note(Note(raw)), perhaps(None))
