# leak: __format__ keeps its specification
from app.config import settings

SEEN = []


class Tag:
    def __format__(self, spec):
        SEEN.append(spec)
        return spec


async def handle(d):
    f"{Tag():{settings.name}}"
    return list(SEEN)
