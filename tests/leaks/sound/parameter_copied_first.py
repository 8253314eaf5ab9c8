# sound: a function copies what it is given before it adds to it
from app.config import settings

COMMANDS = ["help", "stop"]
OPTIONS = {"color": "blue"}


def with_extra(rows, extra):
    rows = list(rows)
    rows.append(extra)
    return rows


def merged(options, name):
    options = dict(options or {})
    options["name"] = name
    options.update(size=len(name))
    return options


async def handle(d):
    return with_extra(COMMANDS, settings.name), merged(OPTIONS, settings.name), COMMANDS, OPTIONS
