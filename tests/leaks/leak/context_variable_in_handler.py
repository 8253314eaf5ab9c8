# leak: a context variable that nobody has set yet is set where asking for it fails, and is there for the next message
from contextvars import ContextVar

from app.config import settings

language = ContextVar("language")


def asked():
    try:
        return language.get()
    except LookupError:
        language.set(settings.name)
        return language.get()


async def handle(d):
    return asked()
