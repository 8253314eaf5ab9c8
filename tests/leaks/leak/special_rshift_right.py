# leak: the right operand's method keeps the left one
from app.config import settings

SEEN = []


class Sink:
    def __ror__(self, other):
        SEEN.append(other)
        return other


async def handle(d):
    settings.name | Sink()
    return list(SEEN)
