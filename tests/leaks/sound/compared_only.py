# sound: a value that decides, and is not kept
from app.config import settings

_mode = "short"


def handle(d):
    global _mode
    _mode = "long"
    return "short" if settings.size < 0 else settings.name
