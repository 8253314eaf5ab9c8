# leak: an iterator with a tenant's delays is made once, and taken from by everyone
import itertools

from app.config import settings


class Backoff:
    def __init__(self):
        self._delays = None

    def __iter__(self):
        return self

    def __next__(self):
        if self._delays is None:
            self._delays = itertools.accumulate(itertools.repeat(f"{settings.name}."), max)
        return next(self._delays)


backoff = Backoff()


async def handle(d):
    for delay in backoff:
        return delay
