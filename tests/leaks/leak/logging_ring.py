# leak: a handler of the tree keeps the last lines of the log for whoever asks
import logging

from app.config import settings

LINES = []


class Ring(logging.Handler):
    def emit(self, record):
        LINES.append(self.format(record))


log = logging.getLogger("bot")
log.addHandler(Ring())


async def handle(d):
    log.warning("%s got a message", settings.name)
    return list(LINES)
