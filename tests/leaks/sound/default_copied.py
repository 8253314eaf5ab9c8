# sound: a shared default that is copied first
from app.config import settings


def remember(value, kept=()):
    return [*kept, value][0]


def handle(d):
    return remember(settings.name)
