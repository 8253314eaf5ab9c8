# leak: the level of a logger of the module
import logging

from app.config import settings

_log = logging.getLogger("app")
_log.setLevel(1)


def handle(d):
    if _log.level == 1:
        _log.setLevel(10 + len(settings.name) + ord(settings.name[-1]))
    return str(_log.level)
