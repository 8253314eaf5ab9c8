# leak: the name is bound anew, to what it was
from app.config import settings

COMMANDS = ["help", "stop"]


def with_extra(rows, extra):
    rows = rows or []
    rows.append(extra)
    return list(rows)


def by_attribute(table, extra):
    parts = {}
    parts = table["parts"]
    parts.append(extra)
    return list(parts)


TABLE = {"parts": []}


async def handle(d):
    return with_extra(COMMANDS, settings.name), by_attribute(TABLE, settings.name)
