# sound: a partial of the message, made of a partial that lasts
from functools import partial

from app.config import settings


def send(text, *, channel, sender=None):
    return f"{sender} -> #{channel}: {text}"


announce = partial(send, channel="general")


async def handle(d):
    mine = partial(announce, sender=settings.name)
    return mine(d["text"]), sorted(announce.keywords)
