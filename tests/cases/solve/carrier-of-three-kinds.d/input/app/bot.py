from typing import Optional

from app.config import settings
from app.message import Message


def sure(message: Message):
    return settings.name


def perhaps(message: Optional[Message]):
    return settings.name


def reassigned(message: Message):
    message = message or None
    return settings.name


def sub_class(message: "Note"):
    return settings.name


class Note(Message):
    pass


def on_message(raw):
    message = Message(raw)
    return sure(message), perhaps(message), reassigned(message), sub_class(Note(raw))
