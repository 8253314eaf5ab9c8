# leak: a starred unpack shifts the module's slots
from app.config import settings

recent = ["-", "-", "-"]


def shift(line):
    recent[0], *recent[1:] = line, recent[0], recent[1]


async def handle(d):
    shift(f"{settings.name}:{d['user']}")
    newest, *older = recent
    return {"newest": newest, "older": older}
