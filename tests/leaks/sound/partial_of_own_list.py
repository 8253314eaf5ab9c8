# sound: a partial that each message makes with a list of its own
from functools import partial

from app.config import settings


def record(rows, word):
    rows.append(word)
    return list(rows)


async def handle(d):
    add = partial(record, [])
    add(settings.name)
    return add(d["text"])
