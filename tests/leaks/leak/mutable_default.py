# leak: a default that all calls share
from app.config import settings


def remember(value, kept=[]):
    if not kept:
        kept.append(value)
    return kept[0]


def handle(d):
    return remember(settings.name)
