# leak: += on a module's text
from app.config import settings

_log = ""


def handle(d):
    global _log
    if not _log:
        _log += settings.name
    return _log
