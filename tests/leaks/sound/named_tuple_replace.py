# sound: _replace makes another tuple, and + another list
from typing import NamedTuple

from app.config import settings


class Channel(NamedTuple):
    name: str
    log: tuple = ()

    def post(self, line):
        return self._replace(log=self.log + (line,))


GENERAL = Channel("general")


async def handle(d):
    channel = GENERAL.post(f"{settings.name}: {d['text']}").post("ok")
    return channel.log, GENERAL.log
