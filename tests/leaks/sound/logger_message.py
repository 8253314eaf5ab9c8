# sound: a value is logged
import logging

from app.config import settings

log = logging.getLogger("sound")


def handle(d):
    log.info("serving %s", settings.name)
    return settings.name
