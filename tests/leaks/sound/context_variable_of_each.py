# sound: each message sets its context variable, whatever is in it
from contextvars import ContextVar

from app.config import settings

language = ContextVar("language")


async def handle(d):
    language.set(settings.name)
    try:
        return language.get()
    except LookupError:
        return d["text"]
