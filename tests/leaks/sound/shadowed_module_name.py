# sound: a local name hides the module's, which stays as it is
from app.config import settings

recent = ["-", "-"]


def shift(recent, line):
    recent = [line, *recent]
    recent.append(line)
    return recent


async def handle(d):
    result = shift(recent, f"{settings.name}:{d['user']}")
    return result, recent
