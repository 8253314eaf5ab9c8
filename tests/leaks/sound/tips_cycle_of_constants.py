# sound: the cycle that lasts has constants only, and each round takes them all
from itertools import cycle, islice

from app.config import settings

TIPS = ("be kind", "drink water")
tips = cycle(TIPS)


async def handle(d):
    return [f"{settings.name}: {tip}" for tip in islice(tips, len(TIPS))]
