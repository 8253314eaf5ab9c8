# leak: the reminders are one heap, and the earliest is whoever's
import heapq
from itertools import count

from app.config import settings

reminders = []
_order = count()


def remind(delay, text):
    heapq.heappush(reminders, (delay, next(_order), text))


def upcoming():
    delay, _, text = reminders[0]
    return f"in {delay}s: {text}"


async def handle(d):
    remind(60, f"{d['user']} wanted {settings.name}")
    return upcoming()
