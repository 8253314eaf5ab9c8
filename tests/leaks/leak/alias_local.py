# leak: two names of a list
from app.config import settings

known = {}


def ask(text):
    rows = []
    out = rows
    out.append(settings.name + text)
    return rows[0]


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = ask(d["text"])
    return known[d["text"]]
