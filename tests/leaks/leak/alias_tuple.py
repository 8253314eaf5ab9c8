# leak: a list in a tuple of the caller
from app.config import settings

known = {}


def fill(job):
    text, out = job
    out.append(settings.name + text)


def ask(text):
    rows = []
    fill((text, rows))
    return rows[0]


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = ask(d["text"])
    return known[d["text"]]
