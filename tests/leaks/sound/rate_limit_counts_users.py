# sound: a limiter that lasts knows users and hours, nothing of the settings; the notice is formatted anew
from app.config import settings


class RateLimiter:
    def __init__(self, size):
        self.size = size
        self.tokens = {}

    def take(self, user):
        left = self.tokens.setdefault(user, self.size)
        self.tokens[user] = max(left - 1, 0)
        return left > 0


limiter = RateLimiter(1000)


async def handle(d):
    if not limiter.take(d["user"]):
        return f"{settings.name} asks you to slow down"
    return f"{settings.name}: {d['text']}"
