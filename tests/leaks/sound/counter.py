# sound: a count of messages, whoever sent them
from app.config import settings

_count = 0


def handle(d):
    global _count
    _count += 1
    return settings.name
