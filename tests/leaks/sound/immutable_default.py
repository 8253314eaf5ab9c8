# sound: a default of None
from app.config import settings


def remember(value, kept=None):
    kept = kept or []
    kept.append(value)
    return kept[0]


def handle(d):
    return remember(settings.name)
