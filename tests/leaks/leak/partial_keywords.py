# leak: the keywords of a partial that lasts are filled in
from functools import partial

from app.config import settings


def send(text, *, channel, sender=None):
    return f"{sender} -> #{channel}: {text}"


announce = partial(send, channel="general")


async def handle(d):
    announce.keywords.setdefault("sender", settings.name)
    return announce(d["text"])
