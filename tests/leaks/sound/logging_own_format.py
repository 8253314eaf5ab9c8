# sound: a formatter that only formats
import io
import logging

from app.config import settings


class Short(logging.Formatter):
    def format(self, record):
        text = record.getMessage()
        return text[:20]


handler = logging.StreamHandler(io.StringIO())
handler.setFormatter(Short())
log = logging.getLogger("short")
log.addHandler(handler)


async def handle(d):
    log.error("%s failed", settings.name)
    return settings.name
