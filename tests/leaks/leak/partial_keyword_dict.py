# leak: a table that a partial is bound to by name
from functools import partial

from app.config import settings


def fetch(user, make, table):
    if user not in table:
        table[user] = make()
    return table[user]


get = partial(fetch, table={})


async def handle(d):
    return get(d["user"], lambda: settings.name)
