# leak: what a library keeps by name gets an attribute
import logging

from app.config import settings


def handle(d):
    log = logging.getLogger("bot")
    if not hasattr(log, "prefix"):
        log.prefix = settings.name
    return log.prefix
