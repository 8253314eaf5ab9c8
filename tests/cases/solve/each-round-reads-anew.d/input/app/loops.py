import asyncio
import time

from app.config import settings


async def awaits():
    while settings.enabled:
        await asyncio.sleep(settings.interval)


async def iterates(rows):
    async for row in rows:
        print(row, settings.a, settings.b)


def sleeps():
    for row in range(3):
        print(settings.a, settings.b)
        time.sleep(1)


def endless():
    while True:
        if settings.stop:
            return settings.reason


def ends(rows):
    # No time passes between its rounds.
    for row in rows:
        print(settings.a, settings.b)


def keeps(done):
    def callback():
        return settings.a, settings.b

    done.append(callback)
    return settings.c, settings.d
