# leak: == keeps what it was compared with
from app.config import settings

SEEN = []


class Any:
    def __eq__(self, other):
        SEEN.append(other)
        return True


async def handle(d):
    return [Any() == settings.name, list(SEEN)]
