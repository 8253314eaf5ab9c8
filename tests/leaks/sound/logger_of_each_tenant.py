# sound: the name of the logger names the tenant
import logging

from app.config import settings


def handle(d):
    log = logging.getLogger("bot." + settings.name)
    log.prefix = settings.name
    return log.prefix
