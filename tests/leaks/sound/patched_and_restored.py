# sound: a function of the module is patched for the message and put back
from unittest import mock

from app.config import settings


def prefix():
    return "bot"


def format_reply(text):
    return f"{prefix()}: {text}"


async def handle(d):
    before = format_reply(d["text"])
    with mock.patch(f"{__name__}.prefix", return_value=settings.name):
        return before, format_reply(d["text"])
