# sound: leaving the scope takes off what was put on it
from contextlib import contextmanager

from app.config import settings

_tags = []


@contextmanager
def tagged(tag):
    _tags.append(tag)
    try:
        yield tuple(_tags)
    finally:
        _tags.remove(tag)


async def handle(d):
    with tagged(f"bot={settings.name}") as tags, tagged(d["text"]):
        return list(tags)
