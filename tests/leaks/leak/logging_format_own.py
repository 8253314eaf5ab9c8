# leak: a formatter of the tree counts what it has formatted
import io
import logging

from app.config import settings


class Counting(logging.Formatter):
    def __init__(self):
        super().__init__()
        self.texts = []

    def format(self, record):
        self.texts.append(record.getMessage())
        return record.getMessage()


FORMATTER = Counting()
handler = logging.StreamHandler(io.StringIO())
handler.setFormatter(FORMATTER)
log = logging.getLogger("formatted")
log.addHandler(handler)


async def handle(d):
    log.error(f"{settings.name} failed")
    return list(FORMATTER.texts)
