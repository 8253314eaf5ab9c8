# leak: a named tuple cannot be written to, but the list in it can
from typing import NamedTuple

from app.config import settings


class Channel(NamedTuple):
    name: str
    log: list = []

    def post(self, line):
        self.log.append(line)
        return self


async def handle(d):
    channel = Channel("general").post(f"{settings.name}: {d['text']}")
    return channel.log[:]
