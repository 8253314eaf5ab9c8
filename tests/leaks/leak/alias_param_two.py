# leak: what a function fills is remembered
from app.config import settings

known = {}


def put(rows, value):
    rows.append(value)


def fill(rows, text):
    put(rows, settings.name + text)


def ask(text):
    rows = []
    fill(rows, text)
    return rows[0]


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = ask(d["text"])
    return known[d["text"]]
