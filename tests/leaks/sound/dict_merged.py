# sound: a merged dictionary is a new one
from app.config import settings

_DEFAULTS = {"lang": "en"}


def handle(d):
    return {**_DEFAULTS, "name": settings.name}
