# leak: the defaults of a function are set by hand
from app.config import settings


def reply(text, sender=None, *, quoted=False):
    line = f"{sender}: {text}"
    return f"> {line}" if quoted else line


def configure_reply(sender):
    if reply.__defaults__ == (None,):
        reply.__defaults__ = (sender,)


async def handle(d):
    configure_reply(settings.name)
    return reply(d["text"])
