# leak: a filter of the process's logger
import logging

from app.config import settings

log = logging.getLogger("leak")


class Tag(logging.Filter):
    def __init__(self, tag):
        super().__init__()
        self.tag = tag

    def filter(self, record):
        record.tag = self.tag
        return True


def handle(d):
    if not log.filters:
        log.addFilter(Tag(settings.name))
    record = log.makeRecord("leak", 20, "", 0, "", (), None)
    log.filter(record)
    return record.tag
