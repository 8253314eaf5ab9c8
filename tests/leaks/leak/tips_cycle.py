# leak: the cycle of tips is made at the first message
from itertools import cycle

from app.config import settings


class Tips:
    _tips = None

    def next(self):
        if self._tips is None:
            self._tips = cycle([f"{settings.name} tip {n}" for n in range(3)])
        return next(self._tips)


tips = Tips()


async def handle(d):
    return f"@{d['user']} {tips.next()}"
