# leak: a limiter makes its bucket for a user once, with the notice that is sent when it is empty
from dataclasses import dataclass

from app.config import settings


@dataclass
class Bucket:
    tokens: int
    notice: str

    def take(self):
        if self.tokens > 0:
            self.tokens -= 1
        return self.notice


class RateLimiter:
    def __init__(self, size):
        self.size = size
        self._buckets = {}

    def bucket(self, user):
        bucket = self._buckets.get(user)
        if bucket is None:
            bucket = Bucket(self.size, f"{settings.name} asks you to slow down")
            self._buckets[user] = bucket
        return bucket


limiter = RateLimiter(5)


async def handle(d):
    return limiter.bucket(d["user"]).take()
