# leak: a list that a partial is bound to
from functools import partial

from app.config import settings


def record(rows, word):
    rows.append(word)
    return list(rows)


RECORD = partial(record, [])


async def handle(d):
    return RECORD(settings.name)
