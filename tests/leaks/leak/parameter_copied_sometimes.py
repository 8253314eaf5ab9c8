# leak: a function copies what it is given in one branch only
from app.config import settings

COMMANDS = ["help", "stop"]


def with_extra(rows, extra, keep):
    if not keep:
        rows = list(rows)
    rows.append(extra)
    return list(rows)


async def handle(d):
    return with_extra(COMMANDS, settings.name, d["text"] != "")
